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

  constructor() {
    addEventListener('hashchange', () => {
      this.route = parse(location.hash);
      void this.focusHeading();
    });
  }

  go(screen: Screen, id?: string): void {
    location.hash = href(screen, id);
  }

  /** Moves the focus to the new screen's heading, so that a keyboard or a screen reader starts there. */
  private async focusHeading(): Promise<void> {
    await tick();
    document.querySelector('main')?.scrollTo(0, 0);
    document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true });
  }
}

export function href(screen: Screen, id?: string): string {
  return id ? `#/${screen}/${encodeURIComponent(id)}` : `#/${screen}`;
}

export const router = new Router();
