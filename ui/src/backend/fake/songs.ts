// Songs of the fake backend: words laid out in time, peaks, takes.

import type { LineView, MakeRequest, SectionView, SongCard, SongView, TakeView } from '../backend';
import { contentName, hex, randomFrom, START } from './random';
import { SONGBOOK, syllabify, type Words } from './verses';

const KEYS = ['C major', 'G major', 'A minor', 'D major', 'F major', 'E minor'];
const SLICES = 560;

/** Lays the words on a timeline, one syllable per beat fraction, after a short intro. */
function timed(words: Words, name: string, beat: number): { lyrics: LineView[]; sections: SectionView[]; end: number } {
  let at = beat * 8;
  const lyrics: LineView[] = [];
  const sections: SectionView[] = [{ name: 'Intro', start_s: 0, end_s: at }];
  for (const verse of words.verses) {
    const start = at;
    for (const line of verse.lines) {
      const pieces = line.replaceAll('NAME', syllabify(name)).split(' ').flatMap((word) => {
        const parts = word.split('-');
        return parts.map((part, index) => (index === parts.length - 1 ? `${part} ` : part));
      });
      const syllables = pieces.map((text, index) => {
        const long = index === pieces.length - 1 ? 2.2 : 1;
        const syllable = { start_s: at, end_s: at + beat * long * 0.94, text };
        at += beat * long;
        return syllable;
      });
      const first = syllables[0];
      const last = syllables.at(-1);
      if (first && last) {
        lyrics.push({ start_s: first.start_s, end_s: last.end_s, text: pieces.join('').trim(), syllables });
      }
      at += beat * 1.2;
    }
    sections.push({ name: verse.section, start_s: start, end_s: at });
    at += beat * 2;
  }
  const end = at + beat * 6;
  sections.push({ name: 'Outro', start_s: at, end_s: end });
  return { lyrics, sections, end };
}

/** Peaks that rise and fall with the sections and breathe with the beat. */
function peaksOf(seed: number, duration: number, sections: SectionView[]): [number, number][] {
  const next = randomFrom(seed);
  return Array.from({ length: SLICES }, (_, index) => {
    const time = (index / SLICES) * duration;
    const section = sections.find((one) => time >= one.start_s && time < one.end_s);
    const level = section ? (section.name === 'Chorus' ? 0.92 : section.name.startsWith('Verse') ? 0.66 : 0.34) : 0.14;
    const fade = Math.min(1, time / 2, (duration - time) / 4);
    const pulse = 0.72 + 0.28 * Math.cos((time * Math.PI * 2) / 1.3);
    const high = level * fade * pulse * (0.55 + 0.45 * next());
    return [-high * (0.8 + 0.2 * next()), high];
  });
}

export function makeTake(words: Words, name: string, number: number, seed: string, title: string): TakeView {
  const salt = Number(BigInt(seed) % 65_521n) + number * 31;
  const bpm = 88 + (salt % 5) * 8;
  const { lyrics, sections, end } = timed(words, name, 30 / bpm + 0.12);
  return {
    number,
    seed,
    title,
    duration_s: end,
    lufs: -14 + ((salt % 7) - 3) / 10,
    true_peak_dbtp: -1.1,
    key: KEYS[salt % KEYS.length] ?? 'C major',
    bpm,
    peaks: peaksOf(salt, end, sections),
    sections,
    lyrics,
  };
}

function card(id: string, words: Words, created: number, duration: number): SongCard {
  return {
    id,
    title: words.title,
    name: words.name,
    occasion: words.occasion,
    style: words.style,
    duration_s: duration,
    cover: `/fake/covers/${id}`,
    created,
    kept: false,
    minted: false,
    listed: false,
    owned_by_you: true,
  };
}

function view(song: SongCard, takes: TakeView[], about: string[], unused: string[]): SongView {
  return {
    card: song,
    chosen: 1,
    takes,
    about,
    unused_facts: unused,
    provenance: {
      engine: 'songsmith',
      engine_version: '0.1.0',
      seed: takes[0]?.seed ?? '0',
      assets: [
        ['cmu_us_slt', hex(11, 64), 'BSD-style (CMU)'],
        ['GeneralUser GS', hex(12, 64), 'GeneralUser GS licence 2.0'],
        ['cmudict', hex(13, 64), 'BSD-2-Clause'],
      ],
    },
    kept: null,
    minted: null,
    listing: null,
    folder: `/home/mia/.local/share/keepsong/songs/${song.id}`,
  };
}

/** A finished song of the songbook; `index` beyond the book repeats it with other names. */
export function finishedSong(index: number): SongView {
  const words = SONGBOOK[index % SONGBOOK.length] as Words;
  const round = Math.floor(index / SONGBOOK.length);
  const renamed = round === 0 ? words : { ...words, title: `${words.title} ${round + 1}` };
  const seed = String(7_000_000_000_000_000_001n + BigInt(index) * 104_729n);
  const takes = [1, 2].map((number) => makeTake(renamed, words.name, number, String(BigInt(seed) + BigInt(number - 1)), renamed.title));
  const id = `song-${index + 1}`;
  return view(card(id, renamed, START - index * 86_400 - 3_600, takes[0]?.duration_s ?? 0), takes, words.about, []);
}

/** The song that a request makes. */
export function songFor(request: MakeRequest, id: string, created: number): SongView {
  const words = SONGBOOK.find((one) => one.occasion === request.occasion) ?? (SONGBOOK[0] as Words);
  const name = request.name.trim();
  const title = request.occasion === 'birthday' ? `Candles for ${name}` : `${words.title} (${name})`;
  const seed = BigInt(request.seed ?? '4242424242');
  const own = request.lyrics ? [{ section: 'Verse 1', lines: request.lyrics.split('\n').filter((line) => line && !line.startsWith('[')) }] : words.verses;
  const used = { ...words, name, title, style: request.style, verses: own };
  const takes = Array.from({ length: request.takes }, (_, index) =>
    makeTake(used, name, index + 1, String(seed + BigInt(index)), index === 0 ? title : `${title}, again`),
  );
  const facts = request.about.split(/[;；\n]/).map((fact) => fact.trim()).filter(Boolean);
  return view(card(id, used, created, takes[0]?.duration_s ?? 0), takes, facts.slice(0, 4), facts.slice(4));
}

export function keptNames(id: string) {
  const salt = [...id].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) >>> 0;
  return { audio: contentName(salt), cover: contentName(salt + 1), metadata: contentName(salt + 2) };
}
