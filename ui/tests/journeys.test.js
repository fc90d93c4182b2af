// What a person does, on the fake backend: make, choose, play, cancel, fail, delete and undo, keep, mint, sell, buy.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { openRig } from './rig.js';

let rig;
before(async () => {
  rig = await openRig();
});
after(() => rig.close());

/** Opens a page for one test, runs it, and asks that nothing was complained about. */
function journey(name, hash, options, steps) {
  test(name, async () => {
    const page = await rig.open(hash, options);
    try {
      await steps(page);
      assert.deepEqual(page.complaints, []);
    } finally {
      await page.context().close();
    }
  });
}

const role = (page, kind, name, exact = true) => page.getByRole(kind, { name, exact });
const text = (page, words) => page.getByText(words, { exact: true }).first();
const focused = (page) => page.evaluate(() => document.activeElement?.textContent ?? '');

journey('make a song, choose a take, play it', '#/make', { scene: 'empty', pace: 20 }, async (page) => {
  await role(page, 'textbox', 'Their name').fill('Nina');
  await role(page, 'radio', 'Wedding').check();
  await role(page, 'button', 'Make the song').click();
  await role(page, 'heading', 'Nina’s song is ready').waitFor();
  assert.equal(await role(page, 'button', 'Choose this take').count(), 1);
  await role(page, 'button', 'Play Take 2').click();
  await role(page, 'button', 'Pause Take 2').waitFor();
  await role(page, 'article', 'Take 2').getByRole('button', { name: 'Choose this take' }).click();
  await role(page, 'article', 'Take 2').getByRole('button', { name: 'Chosen' }).waitFor();
  await role(page, 'link', 'Open the song').click();
  await role(page, 'heading', 'Two Umbrellas (Nina)').waitFor();
  assert.ok((await page.locator('.words').first().innerText()).includes('Nina, we’ll burn the toast together,'));
});

journey('phases are shown and the work can be stopped', '#/make/job-1', { scene: 'full' }, async (page) => {
  assert.equal(await page.getByRole('progressbar').first().getAttribute('aria-valuenow'), '43');
  await text(page, 'Singing').waitFor();
  assert.equal(await page.locator('[aria-current=step]').innerText(), 'Voice');
  await role(page, 'button', 'Stop').click();
  await text(page, 'Stopped. Nothing was saved.').waitFor();
  await role(page, 'link', 'Activity', false).click();
  await role(page, 'article', 'A song for Ada').getByText('Cancelled', { exact: true }).waitFor();
});

journey('an empty name is named, focused and not sent', '#/make', {}, async (page) => {
  await role(page, 'button', 'Make the song').click();
  await text(page, 'Say who the song is for.').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('name')), 'name');
  assert.equal(await page.locator('[name=name]').getAttribute('aria-invalid'), 'true');
  assert.ok(page.url().endsWith('#/make'));
});

journey('what the app refuses is said in our words with its sentence below', '#/make', {}, async (page) => {
  await role(page, 'textbox', 'Their name').fill('محمد');
  await role(page, 'button', 'Make the song').click();
  const problem = page.getByRole('alert');
  await problem.getByText('Something needs a change.').waitFor();
  assert.match(await problem.innerText(), /spell how it sounds in Latin letters/);
});

journey('the brief stays while another screen is looked at', '#/make', {}, async (page) => {
  await role(page, 'button', 'Fill in an example').click();
  await role(page, 'link', 'Settings').click();
  await role(page, 'heading', 'Settings').waitFor();
  await role(page, 'link', 'Make').click();
  assert.equal(await role(page, 'textbox', 'Their name').inputValue(), 'Mia');
});

journey('a brief whose song is made gives way to an empty one', '#/make', { pace: 20 }, async (page) => {
  await role(page, 'button', 'Fill in an example').click();
  await role(page, 'button', 'Make the song').click();
  await role(page, 'heading', 'Mia’s song is ready').waitFor();
  await role(page, 'link', 'Make another').click();
  assert.equal(await role(page, 'textbox', 'Their name').inputValue(), '');
  assert.equal(await role(page, 'textbox', 'What should the song know?').inputValue(), '');
});

journey('a brief stays when its song is stopped, or when it was changed while its song was made', '#/make', { pace: 1 }, async (page) => {
  await role(page, 'button', 'Fill in an example').click();
  await role(page, 'button', 'Make the song').click();
  await role(page, 'button', 'Stop').click();
  await role(page, 'link', 'Make another').click();
  assert.equal(await role(page, 'textbox', 'Their name').inputValue(), 'Mia');
  await page.goto(page.url().replace('pace=1', 'pace=20'));
  await role(page, 'textbox', 'Their name').fill('Nina');
  await role(page, 'button', 'Make the song').click();
  await role(page, 'heading', 'Making a song for Nina').waitFor();
  await role(page, 'link', 'Make').click();
  await role(page, 'textbox', 'Their name').fill('Rosa');
  await page.getByText('The song for Nina is ready.').first().waitFor();
  await role(page, 'link', 'Settings').click();
  await role(page, 'link', 'Make').click();
  assert.equal(await role(page, 'textbox', 'Their name').inputValue(), 'Rosa');
});

journey('words light up syllable by syllable', '#/song/song-1', {}, async (page) => {
  await role(page, 'button', 'Play').first().click();
  await role(page, 'button', 'Pause').first().click();
  const slider = role(page, 'slider', 'Waveform of Seven Candles');
  await slider.press('Home');
  await page.waitForFunction(() => document.querySelector('.wave [role=slider]')?.getAttribute('aria-valuenow') === '0');
  assert.equal(await page.locator('.sung').count(), 0);
  await slider.press('ArrowRight');
  await page.locator('.now').waitFor();
  assert.equal(await page.locator('.now').textContent(), 'Seven candles in a row, ');
  assert.deepEqual(await page.locator('.now .sung').allTextContents(), ['Sev', 'en ', 'can', 'dles ', 'in ', 'a ']);
  assert.deepEqual(await page.locator('.now .lit').allTextContents(), ['a ']);
  await slider.press('ArrowRight');
  await page.locator('.now', { hasText: 'dinosaurs across the floor' }).waitFor();
});

journey('the waveform seeks where it is pressed', '#/song/song-1', {}, async (page) => {
  const slider = role(page, 'slider', 'Waveform of Seven Candles');
  const box = await slider.boundingBox();
  await page.mouse.click(box.x + box.width * 0.5, box.y + box.height / 2);
  await role(page, 'button', 'Pause').first().waitFor();
  const [now, all] = await slider.evaluate((one) => [Number(one.ariaValueNow), Number(one.ariaValueMax)]);
  assert.ok(Math.abs(now - all / 2) <= 1, `${now} of ${all}`);
});

journey('a song plays on by itself and stops at its end', '#/song/song-1', { pace: 20 }, async (page) => {
  await role(page, 'button', 'Play').first().click();
  const slider = role(page, 'slider', 'Position in the song');
  await page.waitForFunction(() => Number(document.querySelector('.bar [role=slider]')?.getAttribute('aria-valuenow')) > 3);
  await slider.press('End');
  await role(page, 'button', 'Play').first().waitFor();
});

journey('only the keyboard: play, pause, seek, search, leave', '#/library', {}, async (page) => {
  await role(page, 'link', 'Seven Candles').waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('umbrella');
  await page.waitForFunction(() => document.querySelectorAll('main article').length === 1);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Escape');
  for (let tab = 0; tab < 12 && !(await focused(page)).includes('Two Umbrellas'); tab += 1) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await role(page, 'heading', 'Two Umbrellas').waitFor();
  await page.waitForFunction(() => document.activeElement?.tagName === 'H1');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  const bar = page.getByRole('region', { name: 'Player' });
  await bar.getByRole('button', { name: 'Pause' }).waitFor();
  await page.evaluate(() => document.querySelector('h1').focus());
  await page.keyboard.press('Space');
  await bar.getByRole('button', { name: 'Play' }).waitFor();
  await page.keyboard.press('ArrowRight');
  await page.waitForFunction(() => document.querySelector('.bar [role=slider]')?.getAttribute('aria-valuenow') === '5');
});

journey('keys that are typed stay in the field', '#/make', {}, async (page) => {
  await page.evaluate(() => (location.hash = '#/library'));
  await page.locator('article .play').first().click();
  await role(page, 'link', 'Make').click();
  await role(page, 'textbox', 'Their name').focus();
  await page.keyboard.type('a b/c');
  assert.equal(await role(page, 'textbox', 'Their name').inputValue(), 'a b/c');
  await page.getByRole('region', { name: 'Player' }).getByRole('button', { name: 'Pause' }).waitFor();
});

journey('delete and undo', '#/library', {}, async (page) => {
  await role(page, 'button', 'Delete Seven Candles').click();
  await text(page, '7 songs').waitFor();
  assert.equal(await role(page, 'link', 'Seven Candles').count(), 0);
  await role(page, 'button', 'Undo').click();
  await role(page, 'link', 'Seven Candles').waitFor();
  await text(page, '8 songs').waitFor();
});

journey('the queue takes songs and gives them back', '#/library', {}, async (page) => {
  await role(page, 'button', 'Play Seven Candles').click();
  await role(page, 'button', 'Add Two Umbrellas to the queue').click();
  await role(page, 'button', 'Add Coffee at Six to the queue').click();
  await role(page, 'button', 'Queue, 2 songs').click();
  await role(page, 'button', 'Take Two Umbrellas out of the queue').click();
  await role(page, 'button', 'Next song').click();
  await page.getByRole('region', { name: 'Player' }).getByText('Coffee at Six').waitFor();
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => !document.querySelector('aside.sheet'));
});

journey('a long library keeps only what is in sight in the document', '#/library', { scene: 'full' }, async (page) => {
  await text(page, '1,240 songs').waitFor();
  await page.locator('main article').first().waitFor();
  const rows = () => page.locator('main li[aria-posinset]').count();
  assert.ok((await rows()) < 60, `${await rows()} tiles`);
  await page.locator('main').evaluate((main) => main.scrollTo(0, main.scrollHeight));
  await page.locator('li[aria-posinset="1240"] article').waitFor();
  assert.ok((await rows()) < 60, `${await rows()} tiles`);
  await page.locator('[data-search]').fill('rosa');
  await text(page, '155 songs').waitFor();
  await page.locator('li[aria-posinset="1"] article').waitFor();
});

journey('keep, mint and sell show their terms first', '#/song/song-3', { pace: 20 }, async (page) => {
  assert.ok(await role(page, 'button', 'Mint it').isDisabled());
  await role(page, 'button', 'Keep it').click();
  await role(page, 'heading', 'Kept').waitFor();
  await role(page, 'button', 'Mint it').click();
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'INPUT', 'the first field has the focus');
  await dialog.getByRole('textbox').fill('51');
  await dialog.getByText('Write a percentage from 0 to 50, like 5 or 2.5.').waitFor();
  assert.ok(await dialog.getByRole('button', { name: 'Mint it' }).isDisabled());
  await dialog.getByRole('textbox').fill('2.5');
  await dialog.getByRole('button', { name: 'Mint it' }).click();
  await role(page, 'heading', 'Minted').waitFor();
  await role(page, 'button', 'Sell it').click();
  await dialog.getByRole('textbox').fill('0');
  await dialog.getByText('The price is 0. Ask for a little.').waitFor();
  assert.ok(await dialog.getByRole('button', { name: 'Put it up for sale' }).isDisabled());
  await dialog.getByRole('textbox').fill('79228162514.264337593543950336');
  await dialog.getByText('That is more than an order can hold. Ask for less.').waitFor();
  await dialog.getByRole('textbox').fill('0.04');
  await dialog.getByText('40000000000000000 wei').waitFor();
  await dialog.getByText('39000000000000000 wei').waitFor();
  await dialog.getByText('1000000000000000 wei').waitFor();
  await dialog.getByRole('button', { name: 'Put it up for sale' }).click();
  await text(page, 'For sale for 0.04 practice ETH').waitFor();
  await role(page, 'heading', 'For sale').waitFor();
  await role(page, 'button', 'Take it down').click();
  await role(page, 'button', 'Sell it').waitFor();
});

journey('buying shows exact terms, who pays, and moves the song', '#/market', { pace: 20 }, async (page) => {
  await role(page, 'button', 'Buy Coffee at Six').click();
  const dialog = page.getByRole('dialog');
  for (const exact of ['24000000000000000 wei', '22800000000000000 wei', '1200000000000000 wei']) await dialog.getByText(exact).waitFor();
  assert.equal(await dialog.getByRole('radio', { name: 'A friend' }).count(), 0, 'the seller cannot pay');
  await dialog.getByRole('radio', { name: 'A stranger' }).check();
  await dialog.getByRole('alert').getByText('There is too little practice money.').waitFor();
  assert.ok(await dialog.getByRole('button', { name: /^Buy for/ }).isDisabled());
  await dialog.getByRole('radio', { name: 'You' }).check();
  await dialog.getByRole('button', { name: 'Buy for 0.024 practice ETH' }).click();
  await role(page, 'link', 'Coffee at Six').locator('xpath=ancestor::article').getByText('Sold', { exact: true }).waitFor();
  await role(page, 'link', 'Settings').click();
  await text(page, '10.0228 practice ETH').waitFor();
});

journey('a song that was sold says whose it is', '#/market', { pace: 20 }, async (page) => {
  await role(page, 'button', 'Buy Two Umbrellas').click();
  await page.getByRole('dialog').getByRole('radio', { name: 'A friend' }).check();
  await page.getByRole('dialog').getByRole('button', { name: /^Buy for/ }).click();
  await role(page, 'link', 'Two Umbrellas').locator('xpath=ancestor::article').getByText('Sold', { exact: true }).waitFor();
  await role(page, 'link', 'Two Umbrellas').click();
  await role(page, 'heading', 'Sold').waitFor();
  await text(page, 'It belongs to: A friend').waitFor();
  await page.getByText('Owner: A friend').waitFor();
  assert.equal(await role(page, 'button', 'Sell it').count(), 0);
});

journey('a dialog keeps the focus and gives it back', '#/market', {}, async (page) => {
  await role(page, 'button', 'Buy Coffee at Six').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: /^Buy for/ }).waitFor();
  for (let tab = 0; tab < 12; tab += 1) {
    await page.keyboard.press('Tab');
    assert.ok(await page.evaluate(() => document.activeElement?.closest('dialog') !== null), `left the dialog after ${tab + 1}`);
  }
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('aria-label')), 'Buy Coffee at Six');
});

journey('own listings can be taken down from the market', '#/market', { pace: 20 }, async (page) => {
  await role(page, 'button', 'Take down: Two Umbrellas').click();
  await text(page, 'Taken down').waitFor();
});

journey('a failed job says why and can be tried again', '#/activity', { scene: 'full', pace: 20 }, async (page) => {
  const row = role(page, 'article', 'Buy “River Road, Slowly”');
  await row.getByText('There is too little practice money.').waitFor();
  await row.getByRole('button', { name: /^Try again/ }).click();
  await row.getByText('Done', { exact: true }).waitFor();
  const interrupted = role(page, 'article', 'A song for Jonas');
  await interrupted.getByRole('button', { name: /^Remove/ }).click();
  await interrupted.waitFor({ state: 'detached' });
});

journey('a job that ends elsewhere says so and leads there', '#/make', { pace: 20 }, async (page) => {
  await role(page, 'textbox', 'Their name').fill('Nina');
  await role(page, 'button', 'Make the song').click();
  await role(page, 'link', 'Settings').click();
  await page.getByText('The song for Nina is ready.').first().waitFor();
  await role(page, 'button', 'Open').click();
  await role(page, 'heading', 'Nina’s song is ready').waitFor();
});

journey('no sound device is said in the player', '#/library', { scene: 'mute' }, async (page) => {
  await role(page, 'button', 'Play Seven Candles').click();
  const problem = page.getByRole('region', { name: 'Player' }).getByRole('alert');
  await problem.getByText('Nothing can be heard.').waitFor();
  assert.match(await problem.innerText(), /plug one in or choose another in Settings/);
});

journey('a damaged catalogue is said and can be tried again', '#/library', { scene: 'error' }, async (page) => {
  const problem = page.getByRole('alert');
  await problem.getByText('A file is damaged. Nothing was overwritten.').waitFor();
  await problem.getByRole('button', { name: 'Try again' }).click();
  await problem.getByText('A file is damaged. Nothing was overwritten.').waitFor();
});

journey('a home in use stops with a sentence', '#/make', { scene: 'locked' }, async (page) => {
  await role(page, 'heading', 'Keepsong cannot start').waitFor();
  assert.equal(await page.getByRole('link').count(), 0, 'there is nowhere to go');
  assert.equal(await page.getByRole('region', { name: 'Player' }).count(), 0);
  await page.keyboard.press('/');
  assert.ok(page.url().endsWith('#/make'));
  assert.match(await page.getByRole('alert').innerText(), /close it and open this window again/);
});

journey('language and theme change at once', '#/settings', {}, async (page) => {
  await role(page, 'radio', '简体中文').check();
  await role(page, 'heading', '设置').waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'zh-CN');
  await role(page, 'radio', '深色').check();
  await page.waitForFunction(() => document.documentElement.dataset.theme === 'dark');
});

journey('a message follows the language', '#/library', {}, async (page) => {
  await role(page, 'button', 'Delete Seven Candles').click();
  await role(page, 'link', 'Settings').click();
  await page.getByText('“Seven Candles” was deleted.').waitFor();
  await role(page, 'radio', '简体中文').check();
  await page.getByText('《Seven Candles》已删除。').waitFor();
  await role(page, 'button', '撤销').waitFor();
});

journey('the faucet fills an account', '#/settings', {}, async (page) => {
  await role(page, 'button', 'Get some: A stranger').click();
  await text(page, '1.002 practice ETH').waitFor();
});

journey('export names the files it wrote', '#/song/song-1', {}, async (page) => {
  await role(page, 'button', 'Export').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio', { name: 'Stems (WAV)' }).check();
  await dialog.getByRole('button', { name: 'Export' }).click();
  await dialog.getByText('4 files were written:').waitFor();
  await dialog.getByRole('textbox').fill('music');
  await dialog.getByRole('button', { name: 'Export' }).click();
  await dialog.getByText(/write one that starts with \//).waitFor();
});

journey('a new title is kept', '#/song/song-1', {}, async (page) => {
  await role(page, 'button', 'Rename').click();
  await role(page, 'textbox', 'Title of the song').fill('Seven Loud Candles');
  await page.keyboard.press('Enter');
  await role(page, 'heading', 'Seven Loud Candles').waitFor();
  await page.waitForFunction(() => document.activeElement?.getAttribute('aria-label') === 'Rename');
});
