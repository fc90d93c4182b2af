// Short messages at the edge of the window, with at most one action.

import { type ApiError, isApiError } from '../../backend';

export type Toast = {
  id: number;
  /** Words are asked for when they are drawn, so that they follow a change of language. */
  text: () => string;
  error: ApiError | null;
  action: { label: () => string; run: () => void } | null;
};

const SHOWN_MS = 9_000;
const MOST = 3;

class Toasts {
  list: Toast[] = $state([]);
  private next = 1;
  private readonly timers = new Map<number, ReturnType<typeof setTimeout>>();

  say(text: Toast['text'], action: Toast['action'] = null): void {
    this.push({ id: this.next++, text, error: null, action });
  }

  /** Shows why something failed; anything but an {@link ApiError} is a bug of ours and reads so. */
  fail(error: unknown): void {
    this.push({ id: this.next++, text: () => '', error: asApiError(error), action: null });
  }

  dismiss(id: number): void {
    clearTimeout(this.timers.get(id));
    this.timers.delete(id);
    this.list = this.list.filter((toast) => toast.id !== id);
  }

  /** Holds a toast while it is pointed at or focused. */
  hold(id: number): void {
    clearTimeout(this.timers.get(id));
  }

  release(id: number): void {
    clearTimeout(this.timers.get(id));
    this.timers.set(id, setTimeout(() => this.dismiss(id), SHOWN_MS));
  }

  private push(toast: Toast): void {
    this.list = [...this.list, toast].slice(-MOST);
    this.release(toast.id);
  }
}

export function asApiError(error: unknown): ApiError {
  if (isApiError(error)) return error;
  return { code: 'internal', message: error instanceof Error ? error.message : String(error) };
}

export const toasts = new Toasts();

/** Runs a command whose failure is worth a toast; resolves to whether it worked. */
export async function attempt(work: Promise<unknown>): Promise<boolean> {
  try {
    await work;
    return true;
  } catch (error) {
    toasts.fail(error);
    return false;
  }
}
