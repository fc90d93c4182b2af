// Make a song in the window, choose a take, and hear it while its words light up.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { newHome } from './home.js';
import { measure, record } from './sound.js';
import { until } from './until.js';
import { openWindow } from './window.js';

/** Two takes on a slow, busy machine. */
const MADE_MS = 150_000;

test('make a song and play it', { timeout: 300_000 }, async (test) => {
  const home = newHome(test);
  const window = await openWindow(home);

  await window.heading(/Who is this song for\?/);
  await window.fill('Their name', 'Mia');
  await window.fill('Age', '7');
  await window.fill('What should the song know?', 'dinosaurs', 'her dog Biscuit');
  await window.text(/2 of 8/);
  await window.picture('1-make');
  await window.press('Make the song');

  await test.test('the progress goes through the real phases', async () => {
    const seen = await watchMaking(window);
    assert.deepEqual(seen.takes, ['Take 1 of 2', 'Take 2 of 2']);
    for (const step of ['Words', 'Tune', 'Voice', 'Band', 'Mix']) assert.ok(seen.steps.includes(step), `${step} in ${seen.steps}`);
    assert.deepEqual([...seen.shares].sort((a, b) => a - b), seen.shares, 'progress never goes back');
  });

  await test.test('two takes are there to choose from', async () => {
    await window.at('//article[@aria-label="Take 1"]');
    await window.press('Choose this take', '//article[@aria-label="Take 2"]');
    await window.at('//article[@aria-label="Take 2"]//button[@aria-pressed="true" and contains(., "Chosen")]');
    await window.picture('1-takes');
  });

  await test.test('the chosen take plays: the position advances, the waveform moves, the words light up', async () => {
    await window.press('Open the song');
    const words = await window.text(/Mia/, '[data-words]');
    assert.match(words, /dinosaur/i);
    assert.match(words, /Biscuit/i);
    await window.press('Play', '//main');
    await until('two seconds played', async () => (await window.position()) >= 2);
    const before = await drawing(window);
    const lit = await watchWords(window);
    assert.notEqual(await drawing(window), before, 'the waveform is drawn anew');
    assert.ok(new Set(lit).size >= 3, `lit syllables: ${lit}`);
    await window.picture('1-playing');
  });

  await test.test('what is heard is music', async () => {
    const heard = measure(await record(4));
    assert.ok(heard.seconds > 2, `recorded ${heard.seconds} s`);
    assert.ok(heard.rms > -30 && heard.rms < -8, `loudness ${heard.rms} dBFS`);
    assert.ok(heard.peak < 0, `peak ${heard.peak} dBFS`);
  });

  await test.test('seeking by keyboard and by pointer, then pausing', async () => {
    const slider = await window.at('//main//*[@role="slider"]');
    await slider.click();
    const length = await window.inside(() => Number(document.querySelector('main [role=slider]').getAttribute('aria-valuemax')));
    await until('the middle of the song', async () => Math.abs((await window.position()) - length / 2) <= 3);
    await window.inside(() => document.querySelector('main [role=slider]').focus());
    await window.browser.keys('Home');
    await until('the start of the song', async () => (await window.position()) <= 3);
    await window.press('Pause', '//section[@aria-label="Player"]');
    await window.at('//section[@aria-label="Player"]//button[@aria-label="Play"]');
    await sleep(500); // What was already on its way to the sound server is heard.
    const [still, silence] = [await window.position(), measure(await record(1))];
    assert.equal(await window.position(), still, 'a paused song stands still');
    assert.ok(silence.peak < -80, `paused, yet heard at ${silence.peak} dBFS`);
  });

  await test.test('the library shows it, in English and in Chinese', async () => {
    await window.go('Library');
    await window.text(/1 song\b[^]*for Mia · Birthday/);
    await window.picture('1-library');
    await window.speak('Settings', '简体中文', /设置/);
    await window.picture('1-settings-zh');
    await window.inside(() => (location.hash = '#/library'));
    await window.text(/Mia/);
    await window.picture('1-library-zh');
    await window.inside(() => document.querySelector('main article a.title').click());
    await window.text(/Mia/, '[data-words]');
    await window.picture('1-song-zh');
    await window.inside(() => (location.hash = '#/make'));
    await window.heading(/./);
    await window.picture('1-make-zh');
  });

  await window.close();
  const library = home.keepsong('library');
  assert.equal(library.total, 1);
  const song = home.keepsong('show', library.songs[0].id);
  assert.equal(song.takes.length, 2);
  assert.equal(song.chosen, 2, 'the chosen take is saved');
});

/** Looks at the making until the takes are shown; gives the steps, the takes and the shares that were shown, in order. */
async function watchMaking(window) {
  await window.heading(/Making a song for Mia/);
  await window.inside(noteMaking);
  await window.at('//main//*[@aria-current="step" and contains(., "Voice")]');
  await window.picture('1-making');
  await window.heading(/Mia’s song is ready/, MADE_MS);
  return window.inside(() => window.making);
}

/** Notes, inside the window, whatever the making shows from now on: a phase may be shorter than a question from here. */
function noteMaking() {
  const seen = (window.making = { steps: [], takes: [], shares: [] });
  const add = (list, value) => value !== undefined && list.at(-1) !== value && list.push(value);
  const note = () => {
    add(seen.steps, document.querySelector('main [aria-current=step]')?.textContent.trim());
    const text = document.querySelector('main').textContent;
    add(seen.takes, /Take \d of \d/.exec(text)?.[0]);
    const share = /(\d+)\s?%/.exec(text)?.[1];
    if (share !== undefined) add(seen.shares, Number(share));
  };
  note();
  new MutationObserver(note).observe(document.querySelector('main'), { subtree: true, childList: true, characterData: true, attributes: true });
}

/** The syllables that light up, in order, until there are eight. */
async function watchWords(window) {
  const lit = [];
  await until('eight syllables to light up', async () => {
    const now = await window.inside(() => document.querySelector('[data-words] .lit')?.textContent);
    if (now && lit.at(-1) !== now) lit.push(now);
    return lit.length >= 8;
  }, 40_000);
  return lit;
}

/** The picture in the player's waveform. */
function drawing(window) {
  return window.inside(() => document.querySelector('section.bar canvas').toDataURL());
}
