// The rules of a brief, checked while it is written. The app checks them again.

import type { MakeRequest } from '../backend';
import type { Messages } from './messages/en';

export const MAX_FACTS = 8;
const MAX_FACT_CHARS = 200;
const MAX_NAME_CHARS = 60;

/** The form as it is typed. */
export type Draft = {
  occasion: string;
  name: string;
  say: string;
  age: string;
  about: string;
  mood: string;
  style: string;
  lyrics: string;
  seed: string;
  takes: string;
};
export type Field = 'name' | 'age' | 'about' | 'seed';
export type Problems = Partial<Record<Field, string>>;

/** The facts of free text, split where the app splits them. */
export function factsOf(about: string): string[] {
  return about.split(/[;；\n]/).map((fact) => fact.trim()).filter(Boolean);
}

/** What must change before the brief can be sent, in words; empty when nothing must. */
export function problemsOf(draft: Draft, words: Messages['make']['errors']): Problems {
  const problems: Problems = {};
  const name = draft.name.trim();
  if (!name) problems.name = words.name;
  else if ([...name].length > MAX_NAME_CHARS) problems.name = words.nameLong;
  if (draft.age.trim() && !(/^\d{1,3}$/.test(draft.age.trim()) && Number(draft.age) <= 150)) problems.age = words.age;
  const facts = factsOf(draft.about);
  const long = facts.findIndex((fact) => [...fact].length > MAX_FACT_CHARS);
  if (long >= 0) problems.about = words.longFact(long + 1);
  else if (facts.length > MAX_FACTS) problems.about = words.manyFacts;
  if (draft.seed.trim() && !(/^\d{1,20}$/.test(draft.seed.trim()) && BigInt(draft.seed.trim()) < 2n ** 64n)) problems.seed = words.seed;
  return problems;
}

/** The request of a draft without problems. */
export function requestOf(draft: Draft): MakeRequest {
  const orNull = (text: string) => text.trim() || null;
  return {
    occasion: draft.occasion,
    name: draft.name.trim(),
    say: orNull(draft.say),
    age: draft.age.trim() ? Number(draft.age) : null,
    about: draft.about,
    mood: draft.mood,
    style: draft.style,
    language: 'en',
    lyrics: orNull(draft.lyrics),
    seed: orNull(draft.seed),
    takes: Number(draft.takes),
  };
}
