// The app in memory, for a plain browser: believable songs, jobs that progress, practice money. Nothing is random
// and nothing leaves the page.
//
// Query parameters: `fake=empty` (first start), `full` (1,240 songs, every kind of job), `error` (everything fails),
// `locked` (the home is in use), `mute` (no sound device); `pace=N` makes fake time run N times as fast, 0 stops it.

import type { AppEvent, AppInfo, Backend, ListingView, MakeRequest, Settings, SongView } from './backend';
import { type Account, failure, FakeChain } from './fake/chain';
import { coverArt } from './fake/cover';
import { FakeJobs } from './fake/jobs';
import { FakePlayer } from './fake/player';
import { hex, START } from './fake/random';
import { fillMarket, fillPast } from './fake/scenes';
import { finishedSong, keptNames, songFor } from './fake/songs';

const TICK_MS = 100;
const SCENES = ['some', 'empty', 'full', 'error', 'locked', 'mute'] as const;
type Scene = (typeof SCENES)[number];
const CHOICES = {
  occasions: ['birthday', 'wedding', 'anniversary', 'new-baby', 'graduation', 'thank-you', 'farewell', 'lullaby'],
  moods: ['joyful', 'playful', 'tender', 'proud', 'calm'],
  styles: ['pop', 'folk', 'rock', 'ballad', 'swing', 'lullaby'],
};

export function fakeBackend(query: URLSearchParams): Backend {
  const scene: Scene = SCENES.find((one) => one === query.get('fake')) ?? 'some';
  const pace = Math.max(0, Number(query.get('pace') ?? '1') || 0);
  const listeners = new Set<(event: AppEvent) => void>();
  const tell = (event: AppEvent) => listeners.forEach((listener) => listener(structuredClone(event)));
  const changed = () => tell({ kind: 'changed' });

  let now = START;
  let settings: Settings = {
    language: query.get('language') ?? 'auto', theme: query.get('theme') ?? 'auto', device: null, volume: 0.9,
  };
  const songs = new Map<string, SongView>();
  const deleted = new Map<string, SongView>();
  const songCount = { some: 8, empty: 0, full: 1240, error: 0, locked: 0, mute: 8 }[scene];
  for (let index = 0; index < songCount; index += 1) {
    const song = finishedSong(index);
    songs.set(song.card.id, song);
  }

  const find = (id: string): SongView => {
    const song = songs.get(id);
    if (!song) throw failure('not_found', 'This song is not in the library any more; look there for others.');
    return song;
  };
  const chain = new FakeChain(scene !== 'empty');
  const jobs = new FakeJobs(() => now, (value) => tell({ kind: 'job', value }));
  const player = new FakePlayer(settings.volume, find, (value) => tell({ kind: 'player', value }), scene === 'mute');
  if (scene === 'some' || scene === 'full' || scene === 'mute') fillMarket(songs, chain, scene === 'full');
  if (scene !== 'empty' && scene !== 'locked') fillPast(jobs, scene === 'mute' ? 'some' : scene);

  if (pace > 0) {
    setInterval(() => {
      const seconds = (TICK_MS / 1000) * pace;
      now += seconds;
      jobs.step(seconds);
      player.step(seconds);
    }, TICK_MS);
  }

  /** Runs one command: a fresh copy of its value, or its failure. */
  async function answer<T>(work: () => T): Promise<T> {
    if (scene === 'locked') throw failure('home_in_use', 'Another Keepsong already works on /home/mia/.local/share/keepsong; close it and open this window again.');
    return structuredClone(work());
  }
  /** The same, but it fails in the scene where everything fails. */
  async function risky<T>(work: () => T): Promise<T> {
    if (scene === 'error') throw failure('damaged', 'The catalogue at /home/mia/.local/share/keepsong/keepsong.db cannot be read; a copy was put aside, run “keepsong library” to rebuild it.');
    return answer(work);
  }

  const saleOf = (orderHash: string, account: string) => {
    const listing = chain.find(orderHash);
    if (listing.status !== 'open') throw failure('rejected', 'This listing is no longer open; look at the market again.');
    const payer = chain.account(account);
    if (listing.seller_name === payer) throw failure('rejected', 'The seller cannot buy their own listing; choose another account.');
    const song = listing.song ? songs.get(listing.song) : undefined;
    const royalty = Number((BigInt(listing.royalty_wei) * 10_000n) / BigInt(listing.price_wei));
    return { listing, payer, song, terms: chain.terms(listing.title, BigInt(listing.price_wei), royalty, payer) };
  };

  function makeSong(request: MakeRequest): string {
    const name = request.name.trim();
    if (!name) throw failure('bad_input', 'The song needs a name: say who it is for.');
    if (!request.say && !/\p{Script=Latin}/u.test(name)) {
      throw failure('bad_input', `The singer cannot read the name “${name}”; spell how it sounds in Latin letters under “sounds like”.`);
    }
    const id = `song-new-${songs.size + deleted.size + 1}`;
    return jobs.start('make', name, null, request.takes, () => {
      songs.set(id, songFor(request, id, now));
      changed();
      return id;
    });
  }

  function list(id: string, price: string): string {
    const song = find(id);
    const wei = chain.price(price);
    if (!song.minted) throw failure('not_ready', 'Mint the song before you sell it.');
    const terms = chain.terms(song.card.title, wei, song.minted.royalty_bps, 'you');
    return jobs.start('list', song.card.title, id, 1, () => {
      const listing: ListingView = {
        order_hash: `0x${hex(now, 64)}`, song: id, title: song.card.title, cover: song.card.cover, token_id: song.minted?.token_id ?? '0',
        price_wei: terms.price_wei, price: terms.price, royalty_wei: terms.royalty_wei, seller: chain.address('you'), seller_name: 'you',
        status: 'open', listed: now,
      };
      chain.listings.unshift(listing);
      song.listing = listing;
      song.card.listed = true;
      changed();
      return id;
    });
  }

  function buy(orderHash: string, account: string): string {
    const { listing, payer, song, terms } = saleOf(orderHash, account);
    return jobs.start('buy', listing.title, listing.song, 1, () => {
      chain.spend(payer, BigInt(terms.price_wei));
      chain.balances[chain.account(listing.seller_name)] += BigInt(terms.seller_gets_wei);
      chain.balances.you += BigInt(terms.royalty_wei);
      listing.status = 'sold';
      if (song?.minted) {
        song.minted.owner = chain.address(payer);
        song.minted.owner_name = payer;
        song.card.owned_by_you = payer === 'you';
        song.card.listed = false;
        song.listing = null;
      }
      changed();
      return listing.song;
    });
  }

  function mint(id: string, royaltyBps: number): string {
    const song = find(id);
    if (!song.kept) throw failure('not_ready', 'Keep the song before you mint it.');
    return jobs.start('mint', song.card.title, id, 1, () => {
      chain.spend('you', 0n);
      song.minted = {
        contract: `0x${hex(900, 40)}`, token_id: String(songs.size + 40), tx: `0x${hex(now, 64)}`, creator: chain.address('you'),
        owner: chain.address('you'), owner_name: 'you', royalty_bps: royaltyBps,
      };
      song.card.minted = true;
      changed();
      return id;
    });
  }

  return {
    appInfo: () => answer((): AppInfo => ({
      version: '0.1.0', home: '/home/mia/.local/share/keepsong', singer: 'slt', band: 'GeneralUser-GS.sf2', settings, choices: CHOICES,
    })),
    saveSettings: (next) => answer(() => void (settings = next)),
    devices: () => risky(() => [
      { id: 'pulse', name: 'Built-in speakers', default: true },
      { id: 'usb', name: 'USB headphones', default: false },
    ]),

    makeSong: (request) => risky(() => makeSong(request)),
    jobs: () => answer(() => jobs.list()),
    cancelJob: (id) => risky(() => jobs.cancel(id)),
    retryJob: (id) => risky(() => jobs.retry(id)),
    dismissJob: (id) => risky(() => jobs.dismiss(id)),

    songs: ({ search, offset, limit }) => risky(() => {
      const sought = search.trim().toLowerCase();
      const cards = [...songs.values()].map((song) => song.card)
        .filter((card) => `${card.title} ${card.name} ${card.occasion} ${card.style}`.toLowerCase().includes(sought))
        .sort((a, b) => b.created - a.created);
      return { total: cards.length, songs: cards.slice(offset, offset + limit) };
    }),
    song: (id) => risky(() => find(id)),
    chooseTake: (id, number) => risky(() => {
      find(id).chosen = number;
      changed();
    }),
    renameSong: (id, title) => risky(() => {
      find(id).card.title = title;
      changed();
    }),
    deleteSong: (id) => risky(() => {
      deleted.set(id, find(id));
      songs.delete(id);
      player.forget(id);
      changed();
    }),
    restoreSong: (id) => risky(() => {
      const song = deleted.get(id);
      if (!song) throw failure('not_found', 'This song cannot be brought back any more.');
      songs.set(id, song);
      deleted.delete(id);
      changed();
    }),
    exportSong: (id, format, folder) => risky(() => {
      const { card } = find(id);
      if (!folder.startsWith('/')) throw failure('bad_input', `“${folder}” is not a full path; write one that starts with /.`);
      const name = card.title.toLowerCase().replaceAll(/\W+/g, '-');
      return format === 'stems' ? ['vocals', 'drums', 'bass', 'keys'].map((stem) => `${folder}/${name}-${stem}.wav`) : [`${folder}/${name}.${format === 'midi' ? 'mid' : format}`];
    }),

    play: (id, take) => answer(() => player.play(id, take)),
    pause: () => answer(() => player.pause()),
    resume: () => answer(() => player.resume()),
    seek: (seconds) => answer(() => player.seek(seconds)),
    setVolume: (volume) => answer(() => player.volume(volume)),
    nextSong: () => answer(() => player.next()),
    enqueue: (id) => risky(() => player.enqueue(id)),
    unqueue: (index) => answer(() => player.unqueue(index)),
    player: () => answer(() => player.view),

    keepSong: (id) => risky(() => {
      const song = find(id);
      return jobs.start('keep', song.card.title, id, 1, () => {
        song.kept = keptNames(id);
        song.card.kept = true;
        changed();
        return id;
      });
    }),
    mintTerms: (id, royaltyBps) => risky(() => chain.terms(find(id).card.title, 0n, royaltyBps, 'you')),
    mintSong: (id, royaltyBps) => risky(() => mint(id, royaltyBps)),
    listTerms: (id, price) => risky(() => chain.terms(find(id).card.title, chain.price(price), find(id).minted?.royalty_bps ?? 0, 'you')),
    listSong: (id, price) => risky(() => list(id, price)),
    unlist: (orderHash) => risky(() => {
      const listing = chain.find(orderHash);
      return jobs.start('unlist', listing.title, listing.song, 1, () => {
        listing.status = 'cancelled';
        const song = listing.song ? songs.get(listing.song) : undefined;
        if (song) {
          song.listing = null;
          song.card.listed = false;
        }
        changed();
        return listing.song;
      });
    }),
    market: (search) => risky(() => chain.listings.filter((one) => one.title.toLowerCase().includes(search.trim().toLowerCase()))),
    buyTerms: (orderHash, account) => risky(() => {
      const { payer, terms } = saleOf(orderHash, account);
      chain.check(payer, BigInt(terms.price_wei));
      return terms;
    }),
    buy: (orderHash, account) => risky(() => buy(orderHash, account)),
    wallet: () => risky(() => chain.wallet()),
    faucet: (account) => risky(() => {
      chain.balances[chain.account(account) as Account] += 10n ** 18n;
      changed();
    }),

    async onEvent(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    assetUrl: (path) => coverArt(Number(/(\d+)$/.exec(path)?.[1] ?? '1')),
  };
}
