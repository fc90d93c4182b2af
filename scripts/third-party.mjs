// Writes THIRD-PARTY.md: everything that is shipped and is not ours, with its licence. Run: node scripts/third-party.mjs
// `--check` fails when the committed file is stale.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const ASSETS = [
  ['cmu_us_slt_arctic_hts voice', 'Debian package festvox-us-slt-hts', 'CMU licence: free use and change, with its notice'],
  ['FluidR3 GM SoundFont', 'Debian package fluid-soundfont-gm', 'MIT'],
  ['CMU Pronouncing Dictionary', 'crate cmudict-fast', 'BSD-2-Clause'],
  ['Seaport 1.6', 'npm packages seaport-core, seaport-types', 'MIT'],
  ['Svelte runtime', 'npm package svelte', 'MIT'],
  ['OpenZeppelin Contracts', 'npm package @openzeppelin/contracts', 'MIT'],
];

/** Crates that the two programs link on this platform: no dev-dependencies. */
function crates() {
  const out = execFileSync('cargo', ['tree', '--locked', '--offline', '-p', 'cli', '-p', 'desktop', '-e', 'normal', '--prefix', 'none', '--format', '{p}\t{l}'], {
    encoding: 'utf8',
    maxBuffer: 64 << 20,
  });
  const rows = new Map();
  for (const line of out.split('\n')) {
    const [name, licence] = line.replace(/ \(\*\)|\(proc-macro\)/g, '').split('\t');
    if (!licence || name.includes('(/')) continue;
    rows.set(name.trim(), licence.trim());
  }
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** npm packages that the screens bundle. */
function npmPackages() {
  const lock = JSON.parse(readFileSync('ui/package-lock.json', 'utf8')).packages;
  return Object.entries(lock)
    .filter(([path, entry]) => path && !entry.dev && !entry.devOptional)
    .map(([path, entry]) => [`${path.replace(/^.*node_modules\//, '')} ${entry.version}`, entry.license ?? 'see package'])
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

const table = (head, rows) => [`| ${head.join(' | ')} |`, `|${head.map(() => '---').join('|')}|`, ...rows.map((row) => `| ${row.join(' | ')} |`)].join('\n');

const text = `# What Keepsong is made with

Written by \`node scripts/third-party.mjs\`. Licence texts are in each package.

## Sounds, words and contracts
${table(['What', 'From', 'Licence'], ASSETS)}

## In the window
${table(['npm package', 'Licence'], npmPackages())}

## In the programs
${table(['Crate', 'Licence'], crates())}
`;

if (process.argv.includes('--check')) {
  if (readFileSync('THIRD-PARTY.md', 'utf8') !== text) {
    console.error('THIRD-PARTY.md is stale; run: node scripts/third-party.mjs');
    process.exit(1);
  }
} else {
  writeFileSync('THIRD-PARTY.md', text);
}
