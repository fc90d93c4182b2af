// Jobs of the fake backend: each walks through its real phases in small steps of fake time.

import { type ApiError, isApiError, type JobKind, type JobPhase, type JobView } from '../backend';
import { failure } from './chain';

type Step = { phase: JobPhase; seconds: number; take: number | null };
type Effect = () => string | null;
type Running = { view: JobView; steps: Step[]; elapsed: number; effect: Effect; fails: ApiError | null };

const MAKING: [JobPhase, number][] = [['words', 0.9], ['tune', 0.8], ['sing', 1.5], ['band', 1.1], ['mix', 0.6]];
const CHAIN: [JobPhase, number][] = [['sign', 0.5], ['send', 0.6], ['confirm', 0.9]];

function plan(kind: JobKind, takes: number): Step[] {
  if (kind === 'make') {
    const perTake = Array.from({ length: takes }, (_, index) =>
      MAKING.map(([phase, seconds]) => ({ phase, seconds, take: index + 1 })),
    );
    return [...perTake.flat(), { phase: 'save', seconds: 0.4, take: null }];
  }
  const steps = kind === 'keep' ? ([['store', 1.2]] as [JobPhase, number][]) : CHAIN;
  return steps.map(([phase, seconds]) => ({ phase, seconds, take: null }));
}

export class FakeJobs {
  private readonly all = new Map<string, Running>();
  private made = 0;

  constructor(
    private readonly now: () => number,
    private readonly tell: (job: JobView) => void,
  ) {}

  /** Queues a job whose `effect` runs once, at the end, and names the song it is about. */
  start(kind: JobKind, subject: string, song: string | null, takes: number, effect: Effect, fails: ApiError | null = null): string {
    this.made += 1;
    const id = `job-${this.made}`;
    const view: JobView = {
      id, kind, state: 'queued', phase: 'queued', progress: 0, subject, song,
      take: kind === 'make' ? [1, takes] : null, error: null, created: this.now(), updated: this.now(),
    };
    this.all.set(id, { view, steps: plan(kind, takes), elapsed: 0, effect, fails });
    this.tell({ ...view });
    return id;
  }

  /** Puts a job of the past on the list. */
  remember(view: Omit<JobView, 'id'>): void {
    this.made += 1;
    const id = `job-${this.made}`;
    const steps = plan(view.kind, view.take?.[1] ?? 1);
    const length = steps.reduce((sum, step) => sum + step.seconds, 0);
    this.all.set(id, { view: { ...view, id }, steps, elapsed: view.progress * length, effect: () => view.song, fails: null });
  }

  list(): JobView[] {
    return [...this.all.values()].map((job) => ({ ...job.view })).sort((a, b) => b.created - a.created);
  }

  cancel(id: string): void {
    const { view } = this.get(id);
    if (!['queued', 'running', 'waiting'].includes(view.state)) throw failure('not_ready', 'This job has already ended.');
    this.change(id, { state: 'cancelled' });
  }

  retry(id: string): void {
    const job = this.get(id);
    if (!['failed', 'interrupted', 'cancelled'].includes(job.view.state)) throw failure('not_ready', 'This job needs no retry.');
    job.fails = null;
    if (job.view.state !== 'interrupted') job.elapsed = 0;
    this.change(id, { state: 'queued', phase: 'queued', error: null });
  }

  dismiss(id: string): void {
    this.get(id);
    this.all.delete(id);
  }

  /** Moves every job on by `seconds` of fake time. */
  step(seconds: number): void {
    for (const [id, job] of this.all) {
      if (!['queued', 'running', 'waiting'].includes(job.view.state)) continue;
      job.elapsed += seconds;
      const total = job.steps.reduce((sum, one) => sum + one.seconds, 0);
      if (job.fails && job.elapsed > total / 2) {
        this.change(id, { state: 'failed', error: job.fails });
      } else if (job.elapsed >= total) {
        this.finish(id, job);
      } else {
        this.change(id, this.at(job, total));
      }
    }
  }

  private finish(id: string, job: Running): void {
    try {
      const song = job.effect();
      this.change(id, { state: 'succeeded', phase: 'done', progress: 1, song: song ?? job.view.song });
    } catch (error) {
      if (!isApiError(error)) throw error;
      this.change(id, { state: 'failed', error });
    }
  }

  private at(job: Running, total: number): Partial<JobView> {
    let left = job.elapsed;
    const step = job.steps.find((one) => (left -= one.seconds) < 0) ?? job.steps.at(-1);
    const takes = job.view.take?.[1] ?? 1;
    return {
      state: step?.phase === 'send' || step?.phase === 'confirm' ? 'waiting' : 'running',
      phase: step?.phase ?? 'queued',
      progress: job.elapsed / total,
      take: job.view.kind === 'make' ? [step?.take ?? takes, takes] : null,
    };
  }

  private change(id: string, fields: Partial<JobView>): void {
    const job = this.get(id);
    job.view = { ...job.view, ...fields, updated: this.now() };
    this.tell({ ...job.view });
  }

  private get(id: string): Running {
    const job = this.all.get(id);
    if (!job) throw failure('not_found', 'This job is no longer on the list.');
    return job;
  }
}
