// A home of its own for one journey, looked at from outside with the command line while no window is open on it.

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const target = join(resolve(import.meta.dirname, '../..'), 'target');
const program = join(target, 'debug/keepsong');

/** A new home, removed when the test it is for ends, also when it fails. */
export function newHome(test) {
  const folder = mkdtempSync(join(tmpdir(), 'keepsong-journey-'));
  const ends = [];
  test.after(async () => {
    for (const end of ends) await end();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    folder,
    /** Runs `end` before the home is removed. */
    atEnd: (end) => ends.push(end),
    /** True while a Keepsong holds the home. */
    held: () => spawnSync('flock', ['--nonblock', join(folder, 'lock'), 'true']).status !== 0,
    /** Runs `keepsong --json` on this home and gives its document. */
    keepsong(...args) {
      const options = { encoding: 'utf8', timeout: 120_000, maxBuffer: 64 << 20, stdio: ['ignore', 'pipe', 'pipe'] };
      return JSON.parse(execFileSync(program, ['--home', folder, '--json', ...args], options));
    },
  };
}

/** The practice accounts and what they hold in wei. */
export function balances(home) {
  return Object.fromEntries(home.keepsong('wallet', 'show').accounts.map(({ name, balance_wei }) => [name, BigInt(balance_wei)]));
}
