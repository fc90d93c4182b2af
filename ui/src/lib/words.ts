// Small phrases that several screens put together.

import { short } from './format';
import { i18n } from './i18n.svelte';
import { showAmount } from './money';

/** An amount with its unit: "0.01 practice ETH". */
export function ether(amount: string): string {
  return `${showAmount(amount, i18n.t.locale)} ${i18n.t.common.unit}`;
}

/** A key such as "A minor" in the language shown. */
export function keyName(key: string): string {
  const [, tonic = key, mode = ''] = /^(\S+) (major|minor)$/.exec(key) ?? [];
  return mode === 'major' ? i18n.t.takes.major(tonic) : mode === 'minor' ? i18n.t.takes.minor(tonic) : key;
}

/** A practice account in words, an address shortened. */
export function accountName(name: string): string {
  return i18n.t.accounts[name] ?? short(name);
}
