// Chooses the backend once: the app inside the window, the fake everywhere else.

import type { Backend } from './backend';

export type * from './backend';
export { isApiError } from './backend';

async function choose(): Promise<Backend> {
  if ('__TAURI_INTERNALS__' in window) return (await import('./tauri')).tauriBackend();
  return (await import('./fake')).fakeBackend(new URLSearchParams(location.search));
}

export const backend: Backend = await choose();
