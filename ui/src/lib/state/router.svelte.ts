// Which screen is shown, kept in the address after the hash: `#/library`, `#/song/<id>`, `#/make/<job id>`.

import { tick } from 'svelte';

export const SCREENS = ['make', 'library', 'song', 'market', 'activity', 'settings'] as const;
export type Screen = (typeof SCREENS)[number];
export type Route = { screen: Screen; id: string | null };

export function parse(hash: string): Route {
  const [name = '', id = ''] = hash.replace(/^#\/?/, '').split('/');
  const screen = SCREENS.find((one) => one === name) ?? 'make';
  if (screen === 'song' && !id) return { screen: 'library', id: null };
  return { screen, id: id ? decodeURIComponent(id) : null };
}

class Router {
  route: Route = $state.raw(parse(location.hash));

  private arriving: MutationObserver | undefined;

  constructor() {
    addEventListener('hashchange', () => {
      this.route = parse(location.hash);
      void this.focusHeading();
    });
  }

  go(screen: Screen, id?: string): void {
    location.hash = href(screen, id);
  }

  /**
   * Moves the focus to the new screen's heading, so that a keyboard or a screen reader starts there. A screen that
   * loads first has its heading later; it is waited for until the next change of screen.
   */
  private async focusHeading(): Promise<void> {
    this.arriving?.disconnect();
    await tick();
    const main = document.querySelector('main');
    if (!main) return;
    main.scrollTo(0, 0);
    const found = () => {
      const heading = main.querySelector<HTMLElement>('h1');
      heading?.focus({ preventScroll: true });
      return heading !== null;
    };
    if (found()) return;
    this.arriving = new MutationObserver((_, observer) => {
      if (found()) observer.disconnect();
    });
    this.arriving.observe(main, { childList: true, subtree: true });
  }
}

export function href(screen: Screen, id?: string): string {
  return id ? `#/${screen}/${encodeURIComponent(id)}` : `#/${screen}`;
}

export const router = new Router();
