// Kill the window in the middle of a song, open it again, and find exactly one whole song. And: one home, one window.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { newHome } from './home.js';
import { until } from './until.js';
import { application, openWindow } from './window.js';

const MADE_MS = 150_000;
const JOB = '//main//article[@aria-label="A song for Mia"]';

test('a killed window goes on with its song', { timeout: 300_000 }, async (test) => {
  const home = newHome(test);
  let window = await openWindow(home);
  await window.fill('Their name', 'Mia');
  await window.fill('Age', '7');
  await (await window.at('//summary[normalize-space(.)="More choices"]')).click();
  await (await window.field('Takes to choose from')).selectByVisibleText('3');
  await window.press('Make the song');
  await window.text(/Take 2 of 3/, 'main', MADE_MS);
  await window.kill();
  const saved = takes(home).filter(({ written }) => written);
  assert.deepEqual(saved.map(({ name }) => name), ['take-1'], 'killed in the middle: one take is saved, two are not');

  window = await openWindow(home);
  await window.go('Activity');
  await window.at(JOB);
  await window.picture('3-resumed');
  if (await window.has(`${JOB}//*[normalize-space(.)="Interrupted"]`)) await window.press('Try again: A song for Mia');
  await window.at(`${JOB}//*[normalize-space(.)="Done"]`, MADE_MS);
  await window.picture('3-done');
  await window.go('Library');
  await window.text(/1 song\b[^]*for Mia/);
  await window.speak('Settings', '简体中文', /设置/);
  await window.inside(() => (location.hash = '#/activity'));
  await window.text(/Mia/);
  await window.picture('3-done-zh');
  await window.close();

  const library = home.keepsong('library');
  assert.equal(library.total, 1);
  assert.deepEqual(home.keepsong('jobs').map(({ kind, state }) => ({ kind, state })), [{ kind: 'make', state: 'succeeded' }]);
  assert.equal(home.keepsong('show', library.songs[0].id).takes.length, 3);
  const now = takes(home);
  assert.deepEqual(now.map(({ name }) => name), ['take-1', 'take-2', 'take-3'], 'nothing doubled, nothing half done');
  assert.equal(now[0].written, saved[0].written, 'the take that was ready is not made again');
});

test('a second window on the same home says so', { timeout: 120_000 }, async (test) => {
  const home = newHome(test);
  const first = spawn(application, ['--home', home.folder], { stdio: 'ignore' });
  const ended = once(first, 'close');
  const endFirst = () => first.kill() && ended;
  home.atEnd(endFirst);
  await until('the first window to hold the home', () => home.held());

  const second = await openWindow(home);
  await second.heading(/Keepsong cannot start/);
  const words = await second.text(/Keepsong is already open/);
  assert.match(words, /Close it first/);
  assert.doesNotMatch(words, /panick|\bat .*:\d+|undefined|\[object/);
  await second.picture('4-second-window');

  await endFirst();
  await second.close();
});

/** Each take's folder and when it was written, over all songs. */
function takes(home) {
  const songs = join(home.folder, 'songs');
  return readdirSync(songs)
    .flatMap((song) => readdirSync(join(songs, song)).map((name) => ({ name, written: statSync(join(songs, song, name, 'take.json'), { throwIfNoEntry: false })?.mtimeMs })))
    .sort((a, b) => a.name.localeCompare(b.name));
}
