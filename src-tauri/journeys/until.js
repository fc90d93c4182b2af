// Waiting that always ends.

import { setTimeout as sleep } from 'node:timers/promises';

/** How long anything but the making of a song may take to show, in milliseconds. */
export const SOON = 20_000;

/** Waits until `probe` gives something truthy, and gives that. */
export async function until(what, probe, timeout = SOON) {
  const end = Date.now() + timeout;
  for (;;) {
    const found = await probe();
    if (found) return found;
    if (Date.now() > end) throw new Error(`not seen within ${timeout / 1000} s: ${what}`);
    await sleep(100);
  }
}
