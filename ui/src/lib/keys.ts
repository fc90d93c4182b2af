// Keys that work on every screen: space plays and pauses, arrows seek, a slash searches.

import { tick } from 'svelte';

import { player } from './state/player.svelte';
import { router } from './state/router.svelte';

const SEEK_S = 5;
/** What handles these keys itself. */
const TYPING = 'input, textarea, select, [contenteditable]';
const PRESSING = 'button, summary, [role="button"]';
const SLIDING = '[role="slider"], [role="tablist"]';

export function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (document.querySelector('dialog[open]')) return;
  const at = event.target instanceof Element ? event.target : document.body;
  if (at.closest(TYPING)) return;
  if (event.key === ' ' && !at.closest(PRESSING)) {
    event.preventDefault();
    void player.toggle();
  } else if ((event.key === 'ArrowLeft' || event.key === 'ArrowRight') && !at.closest(SLIDING)) {
    event.preventDefault();
    void player.seekBy(event.key === 'ArrowLeft' ? -SEEK_S : SEEK_S);
  } else if (event.key === '/') {
    event.preventDefault();
    void focusSearch();
  }
}

/** Focuses the search of this screen, or goes to the library's. */
async function focusSearch(): Promise<void> {
  const here = document.querySelector<HTMLInputElement>('[data-search]');
  if (here) {
    here.focus();
    return;
  }
  addEventListener('hashchange', () => void tick().then(() => document.querySelector<HTMLInputElement>('[data-search]')?.focus()), { once: true });
  router.go('library');
}
