// The player of the fake backend: a position that moves while it plays, and a queue.

import type { PlayerView, SongView } from '../backend';
import { failure } from './chain';

export class FakePlayer {
  view: PlayerView;

  constructor(
    volume: number,
    private readonly song: (id: string) => SongView,
    private readonly tell: (view: PlayerView) => void,
    private readonly broken: boolean,
  ) {
    this.view = {
      state: 'stopped', song: null, take: null, title: null, position_s: 0, duration_s: 0, volume, queue: [], error: null,
    };
  }

  play(id: string, number: number | null): void {
    if (this.broken) {
      const error = failure('no_device', 'No sound device answers; plug one in or choose another in Settings.');
      this.change({ state: 'device_lost', error });
      throw error;
    }
    const song = this.song(id);
    const take = song.takes.find((one) => one.number === (number ?? song.chosen));
    if (!take) throw failure('not_found', 'This song has no such take; choose another.');
    this.change({
      state: 'playing', song: id, take: take.number, title: song.card.title, position_s: 0, duration_s: take.duration_s, error: null,
    });
  }

  pause(): void {
    if (this.view.state === 'playing') this.change({ state: 'paused' });
  }

  resume(): void {
    if (this.view.state === 'paused') this.change({ state: 'playing' });
    else if (this.view.state === 'ended' && this.view.song) this.play(this.view.song, this.view.take);
  }

  seek(seconds: number): void {
    const position = Math.min(Math.max(seconds, 0), this.view.duration_s);
    const state = this.view.state === 'ended' ? 'playing' : this.view.state;
    this.change({ position_s: position, state });
  }

  volume(value: number): void {
    this.change({ volume: Math.min(Math.max(value, 0), 1) });
  }

  next(): void {
    const [first, ...rest] = this.view.queue;
    if (!first) {
      this.change({ state: 'ended', position_s: this.view.duration_s });
      return;
    }
    this.change({ queue: rest });
    this.play(first.song, null);
  }

  enqueue(id: string): void {
    const { card } = this.song(id);
    this.change({ queue: [...this.view.queue, { song: id, title: card.title }] });
  }

  unqueue(index: number): void {
    this.change({ queue: this.view.queue.filter((_, at) => at !== index) });
  }

  forget(id: string): void {
    const queue = this.view.queue.filter((item) => item.song !== id);
    if (this.view.song === id) this.change({ state: 'stopped', song: null, take: null, title: null, position_s: 0, duration_s: 0, queue });
    else this.change({ queue });
  }

  step(seconds: number): void {
    if (this.view.state !== 'playing') return;
    const position = this.view.position_s + seconds;
    if (position < this.view.duration_s) this.change({ position_s: position });
    else this.next();
  }

  private change(fields: Partial<PlayerView>): void {
    this.view = { ...this.view, ...fields };
    this.tell({ ...this.view });
  }
}
