// Words for the songs of the fake backend. A hyphen splits syllables; `NAME` is sung as the person's name.

export type Verse = { section: string; lines: string[] };
export type Words = { occasion: string; title: string; name: string; style: string; about: string[]; verses: Verse[] };

/** The name as sung syllables: a cut before each consonant that starts a new vowel group. */
export function syllabify(name: string): string {
  return name.replace(/([aeiouy])([bcdfghjklmnpqrstvwxz])(?=[aeiouy])/gi, '$1-$2').replace(/i(?=[ao])/gi, 'i-');
}

export const SONGBOOK: Words[] = [
  {
    occasion: 'birthday',
    title: 'Seven Candles',
    name: 'Mia',
    style: 'pop',
    about: ['dinosaurs', 'her dog Biscuit'],
    verses: [
      { section: 'Verse 1', lines: ['Sev-en can-dles in a row,', 'NAME takes a breath to blow,', 'di-no-saurs a-cross the floor', 'let out one tre-men-dous roar.'] },
      { section: 'Chorus', lines: ['NAME, NAME, this one is for you,', 'Bis-cuit barks the rhy-thm too!', 'NAME, NAME, sing it loud and clear:', 'best of all is that you are here.'] },
      { section: 'Verse 2', lines: ['Mud-dy paws up-on the stair,', 'frost-ing in the pup-py’s hair,', 'make a wish and hold on tight,', 'we’ll be sing-ing half the night.'] },
      { section: 'Chorus', lines: ['NAME, NAME, this one is for you,', 'Bis-cuit barks the rhy-thm too!', 'NAME, NAME, sing it loud and clear:', 'best of all is that you are here.'] },
    ],
  },
  {
    occasion: 'wedding',
    title: 'Two Umbrellas',
    name: 'Ada',
    style: 'ballad',
    about: ['met in the rain at the tram stop', 'Tom burns every pancake'],
    verses: [
      { section: 'Verse 1', lines: ['Rain came down on Har-bour Street,', 'you had plas-ters on your feet,', 'two um-brel-las, one was mine,', 'both for-got-ten on the line.'] },
      { section: 'Chorus', lines: ['So stand with me in an-y weath-er,', 'NAME, we’ll burn the toast to-geth-er,', 'all the small and all the grand,', 'all of it with you in hand.'] },
      { section: 'Verse 2', lines: ['Pan-cakes black as Sun-day tea,', 'still you saved the best for me,', 'now the bells and now the bread,', 'ev-ery-thing we nev-er said.'] },
    ],
  },
  {
    occasion: 'lullaby',
    title: 'Moon over Wren Lane',
    name: 'Theo',
    style: 'lullaby',
    about: ['a grey rabbit called Button', 'the night train'],
    verses: [
      { section: 'Verse 1', lines: ['Moon is climb-ing up Wren Lane,', 'lis-ten for the mid-night train,', 'But-ton folds one vel-vet ear,', 'noth-ing but the dark is here.'] },
      { section: 'Chorus', lines: ['Hush now, NAME, the day is done,', 'stars are light-ing one by one,', 'hush now, NAME, the rails will keep', 'hum-ming till you fall a-sleep.'] },
    ],
  },
  {
    occasion: 'thank-you',
    title: 'Coffee at Six',
    name: 'Rosa',
    style: 'swing',
    about: ['opens the bakery before dawn', 'never forgets a name'],
    verses: [
      { section: 'Verse 1', lines: ['Cof-fee on at quar-ter to,', 'no one’s in the street but you,', 'flour on your sleeves a-gain,', 'know-ing ev-ery-bod-y’s name.'] },
      { section: 'Chorus', lines: ['Thank you, NAME, for morn-ing light,', 'thank you for the ov-en’s bite,', 'for the warm and for the round,', 'best good morn-ing in the town.'] },
    ],
  },
  {
    occasion: 'graduation',
    title: 'Cap in the Air',
    name: 'Jonas',
    style: 'rock',
    about: ['first engineer in the family', 'built a radio at nine'],
    verses: [
      { section: 'Verse 1', lines: ['Nine years old with cop-per wire,', 'NAME, you set the fuse on fire,', 'ev-ery blown-up tran-sis-tor', 'knocked a-gain up-on the door.'] },
      { section: 'Chorus', lines: ['Throw it high, throw it high,', 'let the square cap find the sky,', 'turn the di-al, turn it loud,', 'NAME, you’ve made the whole street proud.'] },
    ],
  },
  {
    occasion: 'anniversary',
    title: 'Forty Summers',
    name: 'Li Wei',
    style: 'folk',
    about: ['plums from the garden', 'the old blue car'],
    verses: [
      { section: 'Verse 1', lines: ['For-ty sum-mers, plums and rain,', 'old blue car comes home a-gain,', 'your coat hung be-side my own', 'where it al-ways should have grown.'] },
      { section: 'Chorus', lines: ['Drive me slow-ly round the bend,', 'days like this should nev-er end,', 'NAME, the win-dow’s open wide,', 'for-ty sum-mers side by side.'] },
    ],
  },
  {
    occasion: 'new-baby',
    title: 'Hello, Little One',
    name: 'Noor',
    style: 'folk',
    about: ['born in the first snow', 'two big brothers'],
    verses: [
      { section: 'Verse 1', lines: ['First snow on the win-dow sill,', 'all the street was ver-y still,', 'then a cry like some-thing new', 'and the whole house turned to you.'] },
      { section: 'Chorus', lines: ['Hel-lo, NAME, come in, sit down,', 'here’s your street and here’s your town,', 'here are broth-ers, one and two,', 'ev-ery-bod-y waits for you.'] },
    ],
  },
  {
    occasion: 'farewell',
    title: 'Leave the Light On',
    name: 'Sam',
    style: 'ballad',
    about: ['moves to Lisbon', 'eleven years at the same desk'],
    verses: [
      { section: 'Verse 1', lines: ['Box of pens and half a plant,', 'one last joke be-cause you can’t', 'say good-bye the prop-er way', 'af-ter for-ty hun-dred days.'] },
      { section: 'Chorus', lines: ['Leave the light on when you go,', 'Lis-bon’s wait-ing, well, we know,', 'leave the light on by your chair,', 'NAME, we’ll pre-tend you’re there.'] },
    ],
  },
];
