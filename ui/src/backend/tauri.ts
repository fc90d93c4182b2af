// The app behind the window: the generated commands, with their results turned into plain promises.

import { convertFileSrc } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';

import type { AppEvent, Backend } from './backend';
import { commands } from './bindings';

type Commands = typeof commands;
type Data<R> = R extends { status: 'ok'; data: infer D } ? D : R extends { status: 'error' } ? never : R;

/** Resolves with the data of a result, or rejects with its error. */
async function unwrap<R>(result: Promise<R>): Promise<Data<R>> {
  const value: unknown = await result;
  if (typeof value === 'object' && value !== null && 'status' in value) {
    if (value.status === 'ok' && 'data' in value) return value.data as Data<R>;
    if (value.status === 'error' && 'error' in value) throw value.error;
  }
  return value as Data<R>;
}

/** Each generated command, unwrapped; the promise's type is fixed by {@link Backend}. */
function unwrapped(): Omit<Backend, 'onEvent' | 'assetUrl'> {
  const names = Object.keys(commands) as (keyof Commands)[];
  const entries = names.map((name) => {
    const command = commands[name] as (...args: unknown[]) => Promise<unknown>;
    return [name, (...args: unknown[]) => unwrap(command(...args))];
  });
  return Object.fromEntries(entries) as Omit<Backend, 'onEvent' | 'assetUrl'>;
}

type Asked = Omit<Backend, 'onEvent' | 'assetUrl'>;
/** The commands that the generated file lacks, or that take something else than the screens send. */
type Unfit = {
  [K in keyof Asked]: K extends keyof Commands ? (Parameters<Asked[K]> extends Parameters<Commands[K]> ? never : K) : K;
}[keyof Asked];
/** Fails the type check, naming the commands, unless every one fits. */
const fits: [Unfit] extends [never] ? true : Unfit = true;
void fits;

export function tauriBackend(): Backend {
  return {
    ...unwrapped(),
    onEvent: (listener) => listen<AppEvent>('app-event', (event) => listener(event.payload)),
    assetUrl: (path) => convertFileSrc(path),
  };
}
