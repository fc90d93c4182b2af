// Covers of the fake backend: a drawn record for each song, as an SVG data address.

import { randomFrom } from './random';

const PALETTES = [
  ['#2b1433', '#f2a65a', '#f7e6da', '#d8315b'],
  ['#153243', '#f0c808', '#eef0eb', '#dd4b39'],
  ['#5b1a3f', '#ffb4a2', '#fff1e6', '#2f6f6a'],
  ['#20402f', '#f4d35e', '#faf3dd', '#ee7a5b'],
  ['#31255a', '#8fd3c8', '#f6efe6', '#f2638b'],
  ['#7a2430', '#f6bd60', '#f7ede2', '#234e70'],
];

/** Draws the punched strip of a music box curled around a sun. */
export function coverArt(seed: number): string {
  const next = randomFrom(seed * 7919 + 13);
  const [ground, sun, paper, mark] = PALETTES[Math.floor(next() * PALETTES.length)] as [string, string, string, string];
  const x = 110 + next() * 180;
  const y = 100 + next() * 130;
  const radius = 60 + next() * 60;
  const rows = 5 + Math.floor(next() * 3);
  const tilt = -14 + next() * 28;
  let holes = '';
  for (let row = 0; row < rows; row += 1) {
    let at = 16 + next() * 40;
    while (at < 520) {
      const length = 12 + next() * 60;
      const colour = next() < 0.18 ? mark : ground;
      holes += `<rect x="${(at - 60).toFixed(0)}" y="${(250 + row * 18).toFixed(0)}" width="${length.toFixed(0)}" height="8" rx="4" fill="${colour}"/>`;
      at += length + 14 + next() * 54;
    }
  }
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400"><rect width="400" height="400" fill="${ground}"/>` +
    `<circle cx="${x.toFixed(0)}" cy="${y.toFixed(0)}" r="${radius.toFixed(0)}" fill="${sun}"/>` +
    `<circle cx="${(x + radius * 0.35).toFixed(0)}" cy="${(y - radius * 0.2).toFixed(0)}" r="${(radius * 0.82).toFixed(0)}" fill="${ground}" opacity="0.16"/>` +
    `<g transform="rotate(${tilt.toFixed(1)} 200 290)"><rect x="-90" y="236" width="580" height="${rows * 18 + 18}" fill="${paper}"/>${holes}</g></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
