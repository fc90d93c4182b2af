// The app as a whole: what it said at the start, the settings, and the stream of events.

import { type ApiError, type AppInfo, backend, type Settings } from '../../backend';
import { i18n } from '../i18n.svelte';
import { jobs } from './jobs.svelte';
import { player } from './player.svelte';
import { asApiError, attempt } from './toasts.svelte';

const DARK = matchMedia('(prefers-color-scheme: dark)');

class App {
  info: AppInfo | null = $state.raw(null);
  /** Why the app could not start. */
  failure: ApiError | null = $state.raw(null);
  /** Counts up when songs, listings or balances changed; an effect that reads it loads again. */
  changes = $state(0);
  /** The theme now shown. */
  theme: 'light' | 'dark' = $state('light');

  async start(): Promise<void> {
    DARK.addEventListener('change', () => this.dress());
    await backend.onEvent((event) => {
      if (event.kind === 'job') jobs.apply(event.value);
      else if (event.kind === 'player') player.apply(event.value);
      else this.changes += 1;
    });
    await this.load();
  }

  async load(): Promise<void> {
    try {
      this.info = await backend.appInfo();
      this.failure = null;
      this.dress();
      await Promise.all([jobs.load(), player.load()]);
    } catch (error) {
      this.failure = asApiError(error);
      this.dress();
    }
  }

  async save(changes: Partial<Settings>): Promise<void> {
    if (!this.info) return;
    const settings = { ...this.info.settings, ...changes };
    if (await attempt(backend.saveSettings(settings))) {
      this.info = { ...this.info, settings };
      this.dress();
    }
  }

  /** Puts the chosen language and theme on the document. */
  private dress(): void {
    const chosen = this.info?.settings.theme ?? 'auto';
    this.theme = chosen === 'dark' || (chosen === 'auto' && DARK.matches) ? 'dark' : 'light';
    document.documentElement.dataset['theme'] = this.theme;
    i18n.choose(this.info?.settings.language ?? 'auto');
  }
}

export const app = new App();
