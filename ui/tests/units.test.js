// Money, time and the rules of a brief, without a browser.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { runnerImport } from 'vite';

const load = async (path) => (await runnerImport(path, { configFile: false, logLevel: 'error' })).module;
const money = await load('./src/lib/money.ts');
const format = await load('./src/lib/format.ts');
const brief = await load('./src/lib/brief.ts');
const { en } = await load('./src/lib/messages/en.ts');
const { zh } = await load('./src/lib/messages/zh.ts');

test('wei and ether turn into each other exactly', () => {
  const pairs = [
    ['0', 0n],
    ['0.01', 10_000_000_000_000_000n],
    ['0.000000000000000001', 1n],
    ['1', 10n ** 18n],
    ['79228162514.264337593543950335', money.MAX_PRICE_WEI],
    ['123456789012345678901234567890.123456789012345678', 123456789012345678901234567890123456789012345678n],
  ];
  for (const [text, wei] of pairs) {
    assert.equal(money.weiOf(text), wei);
    assert.equal(money.etherOf(wei), text);
  }
});

test('a price is cleaned, not guessed', () => {
  assert.equal(money.cleanPrice(' 00.0100 '), '0.01');
  assert.equal(money.cleanPrice('１．５'), '1.5');
  for (const bad of ['', '.', '1.', '.5', '-1', '1e3', '0x1', '1,5', '0.0000000000000000001', 'Infinity', '1 2']) {
    assert.equal(money.cleanPrice(bad), null, bad);
  }
});

test('a price is neither nothing nor more than an order can hold', () => {
  assert.equal(money.priceProblem('0.01'), null);
  assert.equal(money.priceProblem('0.000'), 'zero');
  assert.equal(money.priceProblem('79228162514.264337593543950335'), null);
  assert.equal(money.priceProblem('79228162514.264337593543950336'), 'too_high');
  assert.equal(money.priceProblem('much'), 'not_a_number');
});

test('percentages are whole basis points', () => {
  assert.deepEqual(['0', '5', '2.5', '0.05', '50'].map(money.basisPointsOf), [0, 500, 250, 5, 5000]);
  assert.deepEqual(['', '50.01', '100', '-1', '1.234', 'five'].map(money.basisPointsOf), [null, null, null, null, null, null]);
  assert.equal(money.percentOf(250), '2.5');
});

test('amounts are shown in full in the digits of the language', () => {
  assert.equal(money.showAmount('1234567.000000000000000001', 'en'), '1,234,567.000000000000000001');
  assert.equal(money.showAmount('1234.5', 'de'), '1.234,5');
  assert.equal(money.showAmount('0.01', 'zh-CN'), '0.01');
});

test('times read as a clock', () => {
  const cases = [[0, '0:00'], [9.99, '0:09'], [65, '1:05'], [3599, '59:59'], [3723, '1:02:03'], [-4, '0:00'], [Number.NaN, '0:00'], [Infinity, '0:00']];
  for (const [seconds, text] of cases) assert.equal(format.clock(seconds), text);
});

test('long names keep their head and tail', () => {
  assert.equal(format.short('0x1234567890abcdef'), '0x1234…cdef');
  assert.equal(format.short('0x12345678'), '0x12345678');
});

const GOOD = { occasion: 'birthday', name: 'Mia', say: '', age: '7', about: 'dinosaurs\nher dog Biscuit', mood: 'joyful', style: 'pop', lyrics: '', seed: '', takes: '2' };

test('a good brief has no problems and becomes a request', () => {
  assert.deepEqual(brief.problemsOf(GOOD, en.make.errors), {});
  assert.deepEqual(brief.requestOf(GOOD), { ...GOOD, say: null, age: 7, language: 'en', lyrics: null, seed: null, takes: 2 });
});

test('each bad field of a brief is named', () => {
  const cases = [
    [{ name: '  ' }, ['name']],
    [{ name: 'a'.repeat(61) }, ['name']],
    [{ age: '151' }, ['age']],
    [{ age: 'seven' }, ['age']],
    [{ about: 'x'.repeat(201) }, ['about']],
    [{ about: 'x;'.repeat(9) }, ['about']],
    [{ seed: '-1' }, ['seed']],
    [{ seed: String(2n ** 64n) }, ['seed']],
    [{ seed: String(2n ** 64n - 1n) }, []],
    [{ about: 'x；y；z' }, []],
  ];
  for (const [change, fields] of cases) {
    assert.deepEqual(Object.keys(brief.problemsOf({ ...GOOD, ...change }, en.make.errors)), fields, JSON.stringify(change).slice(0, 60));
  }
});

test('a thin space parts Chinese from a Latin name, and from nothing else', () => {
  assert.equal(zh.kinds.make('Mia'), '写给\u2009Mia\u2009的歌');
  assert.equal(zh.takes.title('Zoë 2'), 'Zoë 2\u2009的歌写好了');
  assert.equal(zh.library.forName('小明'), '写给小明');
  assert.equal(zh.making.title('محمد'), '正在为محمد写歌');
});

test('Chinese fills every English word with words of its own', () => {
  const same = new Set(['wei', 'escape', 'exact', 'aboutPlaceholder']);
  const walk = (english, chinese, path) => {
    for (const [key, value] of Object.entries(english)) {
      const at = `${path}.${key}`;
      if (typeof value === 'object') walk(value, chinese[key], at);
      else if (typeof value === 'string' && !same.has(key)) {
        assert.ok(chinese[key].trim(), at);
        assert.notEqual(chinese[key], value, at);
      }
    }
  };
  walk(en, zh, 'messages');
});
