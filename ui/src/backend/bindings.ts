// The commands and values of the app as TypeScript. Replaced by the file that `src-tauri` generates from
// `crates/app/src/types.rs`; the names and shapes are the same.

import { invoke } from '@tauri-apps/api/core';

type Result<T> = { status: 'ok'; data: T } | { status: 'error'; error: ApiError };

async function call<T>(command: string, args?: Record<string, unknown>): Promise<Result<T>> {
  try {
    return { status: 'ok', data: await invoke<T>(command, args) };
  } catch (error) {
    if (error instanceof Error) throw error;
    return { status: 'error', error: error as ApiError };
  }
}

export const commands = {
  appInfo: () => call<AppInfo>('app_info'),
  saveSettings: (settings: Settings) => call<null>('save_settings', { settings }),
  makeSong: (request: MakeRequest) => call<string>('make_song', { request }),
  jobs: () => call<JobView[]>('jobs'),
  cancelJob: (id: string) => call<null>('cancel_job', { id }),
  retryJob: (id: string) => call<null>('retry_job', { id }),
  dismissJob: (id: string) => call<null>('dismiss_job', { id }),
  songs: (query: SongQuery) => call<SongPage>('songs', { query }),
  song: (id: string) => call<SongView>('song', { id }),
  chooseTake: (id: string, number: number) => call<null>('choose_take', { id, number }),
  renameSong: (id: string, title: string) => call<null>('rename_song', { id, title }),
  deleteSong: (id: string) => call<null>('delete_song', { id }),
  restoreSong: (id: string) => call<null>('restore_song', { id }),
  play: (id: string, take: number | null) => call<null>('play', { id, take }),
  pause: () => call<null>('pause'),
  resume: () => call<null>('resume'),
  seek: (seconds: number) => call<null>('seek', { seconds }),
  setVolume: (volume: number) => call<null>('set_volume', { volume }),
  nextSong: () => call<null>('next_song'),
  enqueue: (id: string) => call<null>('enqueue', { id }),
  unqueue: (index: number) => call<null>('unqueue', { index }),
  player: () => call<PlayerView>('player'),
  devices: () => call<DeviceView[]>('devices'),
  keepSong: (id: string) => call<string>('keep_song', { id }),
  mintTerms: (id: string, royaltyBps: number) => call<SaleTerms>('mint_terms', { id, royaltyBps }),
  mintSong: (id: string, royaltyBps: number) => call<string>('mint_song', { id, royaltyBps }),
  listTerms: (id: string, price: string) => call<SaleTerms>('list_terms', { id, price }),
  listSong: (id: string, price: string) => call<string>('list_song', { id, price }),
  unlist: (orderHash: string) => call<string>('unlist', { orderHash }),
  market: (search: string) => call<ListingView[]>('market', { search }),
  buyTerms: (orderHash: string, account: string) => call<SaleTerms>('buy_terms', { orderHash, account }),
  buy: (orderHash: string, account: string) => call<string>('buy', { orderHash, account }),
  wallet: () => call<WalletView>('wallet'),
  faucet: (account: string) => call<null>('faucet', { account }),
  exportSong: (id: string, format: string, folder: string) => call<string[]>('export_song', { id, format, folder }),
};

export type MakeRequest = {
  occasion: string;
  name: string;
  say: string | null;
  age: number | null;
  about: string;
  mood: string;
  style: string;
  language: string;
  lyrics: string | null;
  seed: string | null;
  takes: number;
};
export type Choices = { occasions: string[]; moods: string[]; styles: string[] };
export type JobKind = 'make' | 'keep' | 'mint' | 'list' | 'buy' | 'unlist';
export type JobState = 'queued' | 'running' | 'waiting' | 'succeeded' | 'failed' | 'cancelled' | 'interrupted';
export type JobPhase =
  | 'queued'
  | 'words'
  | 'tune'
  | 'sing'
  | 'band'
  | 'mix'
  | 'save'
  | 'store'
  | 'sign'
  | 'send'
  | 'confirm'
  | 'done';
export type JobView = {
  id: string;
  kind: JobKind;
  state: JobState;
  phase: JobPhase;
  progress: number | null;
  subject: string;
  song: string | null;
  take: [number, number] | null;
  error: ApiError | null;
  created: number | null;
  updated: number | null;
};
export type ApiError = { code: ErrorCode; message: string };
export type ErrorCode =
  | 'bad_input'
  | 'not_found'
  | 'cancelled'
  | 'disk_full'
  | 'no_device'
  | 'home_in_use'
  | 'damaged'
  | 'underfunded'
  | 'wrong_chain'
  | 'not_ready'
  | 'rejected'
  | 'io'
  | 'internal';
export type SongCard = {
  id: string;
  title: string;
  name: string;
  occasion: string;
  style: string;
  duration_s: number | null;
  cover: string;
  created: number | null;
  kept: boolean;
  minted: boolean;
  listed: boolean;
  owned_by_you: boolean;
};
export type SongPage = { total: number; songs: SongCard[] };
export type SongQuery = { search: string; offset: number; limit: number };
export type SongView = {
  card: SongCard;
  chosen: number;
  takes: TakeView[];
  about: string[];
  unused_facts: string[];
  provenance: ProvenanceView;
  kept: KeptView | null;
  minted: MintView | null;
  listing: ListingView | null;
  folder: string;
};
export type TakeView = {
  number: number;
  seed: string;
  title: string;
  duration_s: number | null;
  lufs: number | null;
  true_peak_dbtp: number | null;
  key: string;
  bpm: number | null;
  peaks: [number | null, number | null][];
  sections: SectionView[];
  lyrics: LineView[];
};
export type SectionView = { name: string; start_s: number | null; end_s: number | null };
export type LineView = { start_s: number | null; end_s: number | null; text: string; syllables: SyllableView[] };
export type SyllableView = { start_s: number | null; end_s: number | null; text: string };
export type ProvenanceView = {
  engine: string;
  engine_version: string;
  seed: string;
  assets: [string, string, string][];
};
export type KeptView = { audio: string; cover: string; metadata: string };
export type MintView = {
  contract: string;
  token_id: string;
  tx: string;
  creator: string;
  owner: string;
  owner_name: string;
  royalty_bps: number;
};
export type ListingView = {
  order_hash: string;
  song: string | null;
  title: string;
  cover: string | null;
  token_id: string;
  price_wei: string;
  price: string;
  royalty_wei: string;
  seller: string;
  seller_name: string;
  status: ListingStatus;
  listed: number | null;
};
export type ListingStatus = 'open' | 'sold' | 'cancelled' | 'stale';
export type SaleTerms = {
  title: string;
  price_wei: string;
  price: string;
  royalty_wei: string;
  royalty: string;
  royalty_to: string;
  seller_gets_wei: string;
  seller_gets: string;
  account: string;
  balance: string;
};
export type AccountView = { name: string; address: string; balance_wei: string; balance: string };
export type WalletView = { chain: string; chain_id: string; accounts: AccountView[] };
export type PlayState = 'stopped' | 'playing' | 'paused' | 'ended' | 'device_lost';
export type PlayerView = {
  state: PlayState;
  song: string | null;
  take: number | null;
  title: string | null;
  position_s: number | null;
  duration_s: number | null;
  volume: number | null;
  queue: QueueItem[];
  error: ApiError | null;
};
export type QueueItem = { song: string; title: string };
export type DeviceView = { id: string; name: string; default: boolean };
export type Settings = { language: string; theme: string; device: string | null; volume: number | null };
export type AppInfo = {
  version: string;
  home: string;
  singer: string;
  band: string;
  settings: Settings;
  choices: Choices;
};
export type AppEvent = { kind: 'job'; value: JobView } | { kind: 'player'; value: PlayerView } | { kind: 'changed' };
