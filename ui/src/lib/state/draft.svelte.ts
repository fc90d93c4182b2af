// The brief being typed; it stays while other screens are looked at.

import type { Draft } from '../brief';

export const draft: Draft = $state({
  occasion: 'birthday',
  name: '',
  say: '',
  age: '',
  about: '',
  mood: 'joyful',
  style: 'pop',
  lyrics: '',
  seed: '',
  takes: '2',
});
