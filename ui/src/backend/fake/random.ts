// Repeatable randomness and time for the fake backend.

/** Numbers in [0, 1) that depend on the seed alone (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A hexadecimal string of `length` digits. */
export function hex(seed: number, length: number): string {
  const next = randomFrom(seed);
  return Array.from({ length }, () => Math.floor(next() * 16).toString(16)).join('');
}

/** Something that reads like a CIDv1 in base 32. */
export function contentName(seed: number): string {
  const next = randomFrom(seed);
  const letters = 'abcdefghijklmnopqrstuvwxyz234567';
  return `bafybei${Array.from({ length: 52 }, () => letters[Math.floor(next() * 32)]).join('')}`;
}

/** The moment at which the fake's story starts: 2026-11-21, 18:00 UTC. */
export const START = 1_795_284_000;
