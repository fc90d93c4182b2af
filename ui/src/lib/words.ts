// Small phrases that several screens put together.

import { short } from './format';
import { i18n } from './i18n.svelte';
import { showAmount } from './money';

/** An amount with its unit: "0.01 practice ETH". */
export function ether(amount: string): string {
  return `${showAmount(amount, i18n.t.locale)} ${i18n.t.common.unit}`;
}

/** A practice account in words, an address shortened. */
export function accountName(name: string): string {
  return i18n.t.accounts[name] ?? short(name);
}
