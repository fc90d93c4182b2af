// What is already there when the fake backend starts: kept and listed songs, jobs of the past.

import type { JobView, ListingView, SongView } from '../backend';
import { type FakeChain, failure } from './chain';
import type { FakeJobs } from './jobs';
import { hex, START } from './random';
import { keptNames } from './songs';

/** Keeps, mints and lists some songs. */
export function fillMarket(songs: Map<string, SongView>, chain: FakeChain, full: boolean): void {
  const all = [...songs.values()];
  for (const [index, song] of all.slice(0, full ? 60 : 6).entries()) {
    if (index % 3 === 2) continue;
    song.kept = keptNames(song.card.id);
    song.card.kept = true;
    if (index % 2 === 0) continue;
    const seller = index % 4 === 3 ? 'friend' : 'you';
    song.minted = {
      contract: `0x${hex(900, 40)}`, token_id: String(index + 1), tx: `0x${hex(700 + index, 64)}`, creator: chain.address('you'),
      owner: chain.address(seller), owner_name: seller, royalty_bps: 500,
    };
    song.card.minted = true;
    song.card.owned_by_you = seller === 'you';
    list(song, chain, seller, BigInt(index + 3) * 4_000_000_000_000_000n, index);
  }
  chain.listings.push(foreign(chain, 'River Road, Slowly', 21), foreign(chain, 'Grandpa’s Radio', 22));
}

function list(song: SongView, chain: FakeChain, seller: 'you' | 'friend', wei: bigint, index: number): void {
  const terms = chain.terms(song.card.title, wei, 500, seller);
  const listing: ListingView = {
    order_hash: `0x${hex(300 + index, 64)}`, song: song.card.id, title: song.card.title, cover: song.card.cover, token_id: String(index + 1),
    price_wei: terms.price_wei, price: terms.price, royalty_wei: terms.royalty_wei, seller: chain.address(seller), seller_name: seller,
    status: 'open', listed: START - index * 7_200,
  };
  chain.listings.push(listing);
  song.listing = listing;
  song.card.listed = true;
}

/** A listing of a song that is not on this machine. */
function foreign(chain: FakeChain, title: string, token: number): ListingView {
  const terms = chain.terms(title, 25_000_000_000_000_000n, 750, 'stranger');
  return {
    order_hash: `0x${hex(300 + token, 64)}`, song: null, title, cover: `/fake/covers/song-${token}`, token_id: String(token),
    price_wei: terms.price_wei, price: terms.price, royalty_wei: terms.royalty_wei, seller: chain.address('stranger'),
    seller_name: 'stranger', status: token === 22 ? 'sold' : 'open', listed: START - token * 9_000,
  };
}

/** Puts jobs on the list: one of each state in the full scene. */
export function fillPast(jobs: FakeJobs, scene: 'some' | 'full' | 'error'): void {
  const past = (fields: Partial<JobView>, age: number): Omit<JobView, 'id'> => ({
    kind: 'make', state: 'succeeded', phase: 'done', progress: 1, subject: 'Mia', song: 'song-1', take: [2, 2], error: null,
    created: START - age, updated: START - age + 9, ...fields,
  });
  if (scene !== 'full') {
    jobs.remember(past({}, 3_600));
    if (scene === 'error') {
      jobs.remember(past({
        state: 'failed', phase: 'save', progress: 0.9, song: null, subject: 'Theo',
        error: failure('disk_full', 'The disk is full: free 40 MB under /home/mia, then press Retry; the finished take is kept.'),
      }, 600));
    }
    return;
  }
  jobs.remember(past({ state: 'running', phase: 'sing', progress: 0.43, song: null, subject: 'Ada', take: [1, 2] }, 10));
  jobs.remember(past({ kind: 'mint', state: 'waiting', phase: 'confirm', progress: 0.8, subject: 'Two Umbrellas', song: 'song-2', take: null }, 20));
  jobs.remember(past({ state: 'queued', phase: 'queued', progress: 0, song: null, subject: 'Rosa', take: [1, 2] }, 30));
  jobs.remember(past({ state: 'interrupted', phase: 'band', progress: 0.66, song: null, subject: 'Jonas', take: [2, 2] }, 4_000));
  jobs.remember(past({
    kind: 'buy', state: 'failed', phase: 'sign', progress: 0.3, subject: 'River Road, Slowly', song: null, take: null,
    error: failure('underfunded', 'The account “stranger” holds 0.002 practice ETH and needs 0.02521; take some from the faucet in Settings.'),
  }, 5_000));
  jobs.remember(past({ state: 'cancelled', phase: 'tune', progress: 0.12, song: null, subject: 'Sam' }, 9_000));
  jobs.remember(past({ kind: 'keep', subject: 'Moon over Wren Lane', song: 'song-3', take: null }, 12_000));
  jobs.remember(past({}, 20_000));
}
