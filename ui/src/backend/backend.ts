// What the screens may ask of the app. Two implementations: `tauri.ts` (the window) and `fake.ts` (a plain browser).

import type * as wire from './bindings';

/**
 * A value as the screens use it. The generator writes every float as `number | null`, because JSON has no NaN;
 * the app never sends one. The two real optional integers keep their `null`.
 */
type Sure<T> = [T] extends [null]
  ? null
  : [T] extends [number | null]
    ? number
    : T extends object
      ? { [K in keyof T]: K extends 'take' | 'age' ? T[K] : Sure<T[K]> }
      : T;

export type AccountView = Sure<wire.AccountView>;
export type ApiError = Sure<wire.ApiError>;
export type AppEvent = Sure<wire.AppEvent>;
export type AppInfo = Sure<wire.AppInfo>;
export type DeviceView = Sure<wire.DeviceView>;
export type ErrorCode = wire.ErrorCode;
export type JobKind = wire.JobKind;
export type JobPhase = wire.JobPhase;
export type JobState = wire.JobState;
export type JobView = Sure<wire.JobView>;
export type LineView = Sure<wire.LineView>;
export type ListingView = Sure<wire.ListingView>;
export type MakeRequest = Sure<wire.MakeRequest>;
export type PlayerView = Sure<wire.PlayerView>;
export type SaleTerms = Sure<wire.SaleTerms>;
export type SectionView = Sure<wire.SectionView>;
export type Settings = Sure<wire.Settings>;
export type SongCard = Sure<wire.SongCard>;
export type SongPage = Sure<wire.SongPage>;
export type SongQuery = Sure<wire.SongQuery>;
export type SongView = Sure<wire.SongView>;
export type SyllableView = Sure<wire.SyllableView>;
export type TakeView = Sure<wire.TakeView>;
export type WalletView = Sure<wire.WalletView>;

/** Every method may reject with an {@link ApiError}. Methods that return a job's id are watched through events. */
export interface Backend {
  appInfo(): Promise<AppInfo>;
  saveSettings(settings: Settings): Promise<void>;
  devices(): Promise<DeviceView[]>;

  makeSong(request: MakeRequest): Promise<string>;
  jobs(): Promise<JobView[]>;
  cancelJob(id: string): Promise<void>;
  retryJob(id: string): Promise<void>;
  dismissJob(id: string): Promise<void>;

  songs(query: SongQuery): Promise<SongPage>;
  song(id: string): Promise<SongView>;
  chooseTake(id: string, number: number): Promise<void>;
  renameSong(id: string, title: string): Promise<void>;
  deleteSong(id: string): Promise<void>;
  restoreSong(id: string): Promise<void>;
  exportSong(id: string, format: string, folder: string): Promise<string[]>;

  play(id: string, take: number | null): Promise<void>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  seek(seconds: number): Promise<void>;
  setVolume(volume: number): Promise<void>;
  nextSong(): Promise<void>;
  enqueue(id: string): Promise<void>;
  unqueue(index: number): Promise<void>;
  player(): Promise<PlayerView>;

  keepSong(id: string): Promise<string>;
  mintTerms(id: string, royaltyBps: number): Promise<SaleTerms>;
  mintSong(id: string, royaltyBps: number): Promise<string>;
  listTerms(id: string, price: string): Promise<SaleTerms>;
  listSong(id: string, price: string): Promise<string>;
  unlist(orderHash: string): Promise<string>;
  market(search: string): Promise<ListingView[]>;
  buyTerms(orderHash: string, account: string): Promise<SaleTerms>;
  buy(orderHash: string, account: string): Promise<string>;
  wallet(): Promise<WalletView>;
  faucet(account: string): Promise<void>;

  /** Calls `listener` for every event; none is missed once this resolves. The function it resolves to stops it. */
  onEvent(listener: (event: AppEvent) => void): Promise<() => void>;
  /** An address that an `<img>` can load for a file on disk. */
  assetUrl(path: string): string;
}

/** True for what a {@link Backend} method rejects with. */
export function isApiError(value: unknown): value is ApiError {
  return typeof value === 'object' && value !== null && 'code' in value && 'message' in value && typeof value.message === 'string';
}
