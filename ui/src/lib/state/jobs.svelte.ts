// The jobs, newest first, and what is said aloud about them.

import { backend, type JobView } from '../../backend';
import { percent } from '../format';
import { i18n } from '../i18n.svelte';
import { router } from './router.svelte';
import { attempt, toasts } from './toasts.svelte';

/** The least time between two spoken reports of progress, in milliseconds. */
const SPEAK_EVERY_MS = 4_000;
const LIVE: readonly JobView['state'][] = ['queued', 'running', 'waiting'];

export function isLive(job: JobView): boolean {
  return LIVE.includes(job.state);
}

class Jobs {
  list: JobView[] = $state.raw([]);
  loaded = $state(false);
  /** What the status line says; changes at most every few seconds while a job runs. */
  spoken = $state('');
  readonly live = $derived(this.list.filter(isLive));
  private spokenAt = 0;

  async load(): Promise<void> {
    this.list = await backend.jobs();
    this.loaded = true;
  }

  find(id: string): JobView | undefined {
    return this.list.find((job) => job.id === id);
  }

  /** The newest job of these kinds that still works on a song. */
  liveFor(song: string): JobView | undefined {
    return this.live.find((job) => job.song === song);
  }

  apply(job: JobView): void {
    const known = this.find(job.id);
    this.list = known ? this.list.map((one) => (one.id === job.id ? job : one)) : [job, ...this.list];
    this.speak(job);
    if (!known || isLive(known)) this.tellEnd(job);
  }

  async cancel(id: string): Promise<void> {
    await attempt(backend.cancelJob(id));
  }

  async retry(id: string): Promise<void> {
    await attempt(backend.retryJob(id));
  }

  async dismiss(id: string): Promise<void> {
    if (await attempt(backend.dismissJob(id))) this.list = this.list.filter((job) => job.id !== id);
  }

  /** A job that ends while another screen is looked at says so there. */
  private tellEnd(job: JobView): void {
    const { screen, id } = router.route;
    if ((screen === 'make' && id === job.id) || screen === 'activity') return;
    if (job.state === 'failed' && job.error) toasts.fail(job.error);
    if (job.state === 'succeeded' && job.kind === 'make') {
      toasts.say(() => i18n.t.status.ready(job.subject), { label: () => i18n.t.activity.open, run: () => router.go('make', job.id) });
    }
  }

  private speak(job: JobView): void {
    const { t } = i18n;
    const what = t.kinds[job.kind](job.subject);
    if (job.state === 'succeeded') this.spoken = job.kind === 'make' ? t.status.ready(job.subject) : t.status.finished(what);
    else if (job.state === 'failed') this.spoken = t.status.failed(what);
    else if (isLive(job) && performance.now() - this.spokenAt > SPEAK_EVERY_MS) {
      this.spokenAt = performance.now();
      this.spoken = t.status.making(job.subject, t.phases[job.phase], percent(job.progress, t.locale));
    }
  }
}

export const jobs = new Jobs();
