// The brief being typed; it stays while other screens are looked at, until its song is made.

import type { Draft } from '../brief';
import { jobs } from './jobs.svelte';

const BLANK: Draft = {
  occasion: 'birthday',
  name: '',
  say: '',
  age: '',
  about: '',
  mood: 'joyful',
  style: 'pop',
  lyrics: '',
  seed: '',
  takes: '2',
};

export const draft: Draft = $state({ ...BLANK });

/** The last job that the brief was sent as, and what it said then. */
let sent: { job: string; words: string } | null = null;

/** Notes that the brief, as it stands now, was sent as this job. */
export function noteSent(job: string): void {
  sent = { job, words: JSON.stringify(draft) };
}

/** Empties the brief once its song is made. One that was changed after it was sent is a new one, and stays. */
export function startFresh(): void {
  if (!sent || jobs.find(sent.job)?.state !== 'succeeded') return;
  if (JSON.stringify(draft) === sent.words) Object.assign(draft, BLANK);
  sent = null;
}
