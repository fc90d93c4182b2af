// What is heard now. The app reports about ten times a second; between reports the position runs on smoothly.

import { backend, type PlayerView } from '../../backend';
import { asApiError, attempt, toasts } from './toasts.svelte';

/** How far the position may run ahead of the last report, in seconds: a silent app never looks as if it played. */
const AHEAD_S = 0.25;
const SILENT: PlayerView = {
  state: 'stopped', song: null, take: null, title: null, position_s: 0, duration_s: 0, volume: 0.9, queue: [], error: null,
};

class Player {
  view: PlayerView = $state.raw(SILENT);
  /** The position to draw, in seconds. */
  position = $state(0);
  readonly playing = $derived(this.view.state === 'playing');
  private reported = 0;
  private frame = 0;

  async load(): Promise<void> {
    this.apply(await backend.player());
  }

  apply(view: PlayerView): void {
    this.view = view;
    this.position = view.position_s;
    this.reported = performance.now();
    if (view.state === 'playing' && this.frame === 0) this.frame = requestAnimationFrame(() => this.run());
  }

  /** True when this take (or any take, with `null`) of the song is the one in the player. */
  holds(song: string, take: number | null): boolean {
    return this.view.song === song && (take === null || this.view.take === take);
  }

  /** Plays a song from its start. What the player says itself (no device) is not said twice. */
  async play(song: string, take: number | null = null): Promise<boolean> {
    try {
      await backend.play(song, take);
      return true;
    } catch (error) {
      if (asApiError(error).code !== this.view.error?.code) toasts.fail(error);
      return false;
    }
  }

  /** Plays the take from the given second on. */
  async playFrom(song: string, take: number | null, seconds: number): Promise<void> {
    if (!this.holds(song, take) && !(await this.play(song, take))) return;
    await this.seek(seconds);
  }

  /** Plays or pauses what is in the player. */
  async toggle(): Promise<void> {
    if (this.view.song) await attempt(this.playing ? backend.pause() : backend.resume());
  }

  /** Plays this take, or pauses it when it is the one that plays. */
  async toggleSong(song: string, take: number | null = null): Promise<void> {
    const here = this.holds(song, take) && this.view.state !== 'stopped' && this.view.state !== 'device_lost';
    if (here) await this.toggle();
    else await this.play(song, take);
  }

  async seek(seconds: number): Promise<void> {
    if (this.view.song) await attempt(backend.seek(Math.min(Math.max(seconds, 0), this.view.duration_s)));
  }

  seekBy(seconds: number): Promise<void> {
    return this.seek(this.position + seconds);
  }

  async volume(value: number): Promise<void> {
    await attempt(backend.setVolume(Math.min(Math.max(value, 0), 1)));
  }

  private run(): void {
    this.frame = 0;
    if (this.view.state !== 'playing') return;
    const ahead = Math.min((performance.now() - this.reported) / 1000, AHEAD_S);
    this.position = Math.min(this.view.position_s + ahead, this.view.duration_s);
    this.frame = requestAnimationFrame(() => this.run());
  }
}

export const player = new Player();
