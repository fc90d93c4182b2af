// Every screen, its dialogs and its empty, full and failing states, in both languages and both themes: no axe
// violation, no complaint in the console, nothing wider than the window. A picture of each is kept.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { keep, openRig, sideways, violations } from './rig.js';


/** What is looked at: an address, a scene, and steps that open more. Steps find things by what both languages share. */
const VIEWS = [
  { name: 'make', hash: '#/make', steps: fillBrief },
  { name: 'make-empty', hash: '#/make', steps: (page) => page.locator('form button[type=submit]').click() },
  { name: 'make-more', hash: '#/make', steps: (page) => page.locator('summary').click() },
  { name: 'making', hash: '#/make/job-1', scene: 'full' },
  { name: 'making-failed', hash: '#/make/job-2', scene: 'error' },
  { name: 'takes', hash: '#/make/job-1', scene: 'some', ready: '.takes' },
  { name: 'library', hash: '#/library', ready: 'article' },
  { name: 'library-playing', hash: '#/library', scene: 'full', ready: 'article', steps: playFirst },
  { name: 'library-list', hash: '#/library', scene: 'full', ready: 'article', steps: (page) => page.locator('.views button').nth(1).click() },
  { name: 'library-empty', hash: '#/library', scene: 'empty' },
  { name: 'library-none', hash: '#/library', ready: 'article', steps: searchNothing },
  { name: 'library-mute', hash: '#/library', scene: 'mute', ready: 'article', steps: (page) => page.locator('article .play').first().click() },
  { name: 'library-error', hash: '#/library', scene: 'error', ready: '.problem' },
  { name: 'song', hash: '#/song/song-1', ready: '.words', steps: playSong },
  { name: 'song-listed', hash: '#/song/song-2', ready: '.words', steps: (page) => openAll(page) },
  { name: 'song-sold', hash: '#/market', ready: 'article', pace: 20, steps: buyThenOpen },
  { name: 'song-mint', hash: '#/song/song-1', ready: '.words', steps: (page) => page.locator('.sheet li').nth(1).locator('button').click(), dialog: true },
  { name: 'song-sell', hash: '#/song/song-8', ready: '.words', steps: sellAfterMint, pace: 20, dialog: true },
  { name: 'song-export', hash: '#/song/song-1', ready: '.words', steps: (page) => page.locator('.acts .icon-button').nth(1).click(), dialog: true },
  { name: 'song-gone', hash: '#/song/none', ready: '.problem' },
  { name: 'market', hash: '#/market', ready: 'article' },
  { name: 'market-buy', hash: '#/market', ready: 'article', steps: (page) => page.locator('article .button.primary').first().click(), dialog: true },
  { name: 'market-empty', hash: '#/market', scene: 'empty', ready: '.empty' },
  { name: 'activity', hash: '#/activity', scene: 'full' },
  { name: 'activity-empty', hash: '#/activity', scene: 'empty' },
  { name: 'settings', hash: '#/settings', ready: '.balance' },
  { name: 'settings-error', hash: '#/settings', scene: 'error', ready: '.problem' },
  { name: 'locked', hash: '#/make', scene: 'locked' },
];

async function fillBrief(page) {
  await page.locator('input[name=name]').fill('Mia');
  await page.locator('input[name=age]').fill('7');
  await page.locator('textarea[name=about]').fill('dinosaurs\nher dog Biscuit');
  await blur(page);
}

/** Pictures without a focus ring. */
const blur = (page) => page.evaluate(() => document.activeElement?.blur());

async function playFirst(page) {
  await page.locator('article .play').first().click();
  await page.locator('article .acts button:first-child').nth(1).click();
  await page.locator('.bar .queue').click();
  await page.locator('aside ol').waitFor();
}

async function searchNothing(page) {
  await page.locator('[data-search]').fill('xyzzy');
  await page.locator('.empty').waitFor();
}

async function playSong(page) {
  await page.locator('.acts .primary').click();
  await page.locator('.wave [role=slider]').first().press('PageUp');
  await page.locator('.wave [role=slider]').first().press('ArrowUp');
  await page.locator('.sung').first().waitFor();
  await blur(page);
}

async function openAll(page) {
  for (const summary of await page.locator('summary').all()) await summary.click();
}

/** Buys a song of ours as a friend, then opens its page. */
async function buyThenOpen(page) {
  const row = page.locator('article', { hasText: 'Two Umbrellas' });
  await row.locator('.acts button').last().click();
  await page.locator('dialog input[value=friend]').check();
  await page.locator('dialog .primary:enabled').click();
  await row.locator('.tag').waitFor();
  await row.locator('a.title').click();
  await page.locator('.words').first().waitFor();
}

async function sellAfterMint(page) {
  const step = (index) => page.locator('.sheet ol > li').nth(index);
  if (await step(0).locator('button.primary').isVisible()) await step(0).locator('button.primary').click();
  await step(1).locator('button.primary').click();
  await page.locator('dialog .primary').click();
  await step(2).locator('button.primary').click();
}

let rig;
before(async () => {
  rig = await openRig();
});
after(() => rig.close());

for (const language of ['en', 'zh']) {
  for (const theme of ['light', 'dark']) {
    test(`every screen is sound (${language}, ${theme})`, async (t) => {
      for (const view of VIEWS) {
        await t.test(view.name, async () => {
          const page = await rig.open(view.hash, { scene: view.scene, pace: view.pace, language, theme });
          try {
            if (view.ready) await page.locator(view.ready).first().waitFor();
            await view.steps?.(page);
            if (view.dialog) await page.locator('dialog[open] .primary:enabled').waitFor();
            await keep(page, `${view.name}-${language}-${theme}`);
            assert.deepEqual(await violations(page), []);
            assert.equal(await sideways(page), 0, 'scrolls sideways');
            assert.deepEqual(page.complaints, []);
          } finally {
            await page.context().close();
          }
        });
      }
    });
  }
}

test('every screen fits a window of 900 pixels', async (t) => {
  for (const view of VIEWS) {
    await t.test(view.name, async () => {
      const page = await rig.open(view.hash, { scene: view.scene, pace: view.pace, width: 900, height: 640 });
      try {
        if (view.ready) await page.locator(view.ready).first().waitFor();
        await view.steps?.(page);
        await keep(page, `${view.name}-narrow`);
        assert.equal(await sideways(page), 0, 'scrolls sideways');
        assert.deepEqual(page.complaints, []);
      } finally {
        await page.context().close();
      }
    });
  }
});

test('a long Chinese title and a name in any script stay inside', async () => {
  const page = await rig.open('#/make', { language: 'zh', width: 1100 });
  await page.locator('input[name=name]').fill('🎂محمد'.repeat(12));
  await page.locator('textarea[name=about]').fill('x'.repeat(5000));
  await page.locator('form button[type=submit]').click();
  await page.locator('[aria-invalid=true]').first().waitFor();
  assert.equal(await sideways(page), 0);
  await page.context().close();
});
