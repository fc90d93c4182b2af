// Keep a song, mint it, put it up for sale, close the window, open it again, and buy the song as a friend.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { balances, newHome } from './home.js';
import { openWindow } from './window.js';

const PRICE_WEI = 10_000_000_000_000_000n; // 0.01
const DIALOG = '//dialog[@open]';

test('keep, mint, sell and buy a song', { timeout: 240_000 }, async (test) => {
  const home = newHome(test);
  const made = home.keepsong('make', '--name', 'Mia', '--age', '7', '--about', 'dinosaurs; her dog Biscuit', '--seed', '7');
  let window = await openWindow(home);

  await test.test('keeping shows the names of the content', async () => {
    await openSong(window, made.title);
    await window.press('Keep it');
    await window.text(/Every copy of this song can be checked/);
    await window.inside(() => document.querySelectorAll('main details').forEach((details) => (details.open = true)));
    await window.text(/Song\s+baf[^]*Cover\s+baf[^]*Description\s+baf/);
    await window.picture('2-kept');
  });

  await test.test('minting shows its terms first', async () => {
    await window.press('Mint it', '//main');
    await window.text(/Royalty\s+5\s?%[^]*Signed by\s+You[^]*stays there/, 'dialog[open]');
    await window.picture('2-mint-terms');
    await window.press('Mint it', DIALOG);
    await window.text(/Owner: You · Royalty: 5 %/);
  });

  await test.test('selling shows who gets what first', async () => {
    await window.press('Sell it', '//main');
    await window.fill('Price in practice ETH', '0.01');
    const terms = await window.text(new RegExp(`Price\\s+0\\.01 practice ETH\\s+${PRICE_WEI} wei`), 'dialog[open]');
    const share = (name) => BigInt(new RegExp(`${name}\\s+\\S+ practice ETH\\s+(\\d+) wei`).exec(terms)[1]);
    assert.equal(share('You get') + share('Royalty to the maker'), PRICE_WEI, terms);
    await window.picture('2-sell-terms');
    await window.press('Put it up for sale', DIALOG);
    await window.text(/For sale for 0\.01 practice ETH/);
    await window.picture('2-for-sale');
  });

  await window.close();
  const [order] = home.keepsong('market');
  assert.equal(order.price_wei, `${PRICE_WEI}`);
  assert.equal(order.seller_name, 'you');
  const before = balances(home);
  window = await openWindow(home);

  await test.test('a friend reads the terms and buys', async () => {
    await window.go('Market');
    await window.text(new RegExp(`${made.title}[^]*from: You[^]*0\\.01 practice ETH`));
    await window.picture('2-market');
    await window.press(`Buy ${made.title}`);
    await window.choose('A friend');
    await window.text(new RegExp(`Song\\s+${made.title}\\s+Price\\s+0\\.01 practice ETH\\s+${PRICE_WEI} wei[^]*Paid by\\s+A friend[^]*It holds\\s+10 practice ETH`), 'dialog[open]');
    await window.picture('2-buy-terms');
    await window.press('Buy for 0.01 practice ETH', DIALOG);
    await window.text(/Sold|The market is quiet/);
    await window.picture('2-market-sold');
    await openSong(window, made.title);
    await window.text(/Owner: A friend[^]*It belongs to: A friend/);
    await window.picture('2-sold');
  });

  await test.test('the activity shows every job done', async () => {
    await window.go('Activity');
    for (const what of ['A song for Mia', `Keep “${made.title}”`, `Mint “${made.title}”`, `Put “${made.title}” up for sale`, `Buy “${made.title}”`]) {
      await window.at(`//main//article[@aria-label="${what}"]//*[normalize-space(.)="Done"]`);
    }
    await window.picture('2-activity');
    await window.speak('Settings', '简体中文', /设置/);
    await openSong(window, made.title);
    await window.text(/5 %/);
    await window.picture('2-sold-zh');
    await window.inside(() => (location.hash = '#/activity'));
    await window.text(/Mia/);
    await window.picture('2-activity-zh');
    await window.inside(() => (location.hash = '#/market'));
    await window.heading(/./);
    await window.picture('2-market-zh');
  });

  await window.close();
  const song = home.keepsong('show', made.song);
  assert.equal(song.minted.owner_name, 'friend');
  assert.equal(song.minted.royalty_bps, 500);
  assert.equal(song.listing, null);
  const after = balances(home);
  assert.equal(after.you - before.you, PRICE_WEI, 'seller and maker are one here: the whole price arrives');
  assert.ok(before.friend - after.friend > PRICE_WEI, 'the friend pays the price and the gas');
  assert.equal(after.stranger, before.stranger);
  assert.deepEqual(home.keepsong('jobs').map(({ kind, state }) => `${kind} ${state}`).sort(), [
    'buy succeeded', 'keep succeeded', 'list succeeded', 'make succeeded', 'mint succeeded',
  ]);
});

/** Opens a song's page from the library, in any language. */
async function openSong(window, title) {
  await window.inside(() => (location.hash = '#/library'));
  await (await window.at(`//main//article//a[normalize-space(.)="${title}"]`)).click();
  await window.text(new RegExp(title), 'main h1');
}
