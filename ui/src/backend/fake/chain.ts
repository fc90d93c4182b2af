// The practice chain of the fake backend: accounts, terms, listings. All amounts are BigInt wei.

import { etherOf, priceProblem, weiOf } from '../../lib/money';
import type { ApiError, ErrorCode, ListingView, SaleTerms, WalletView } from '../backend';
import { hex } from './random';

export type Account = 'you' | 'friend' | 'stranger';
const ACCOUNTS: Account[] = ['you', 'friend', 'stranger'];
const GAS = 210_000_000_000_000n;

export function failure(code: ErrorCode, message: string): ApiError {
  return { code, message };
}

export class FakeChain {
  readonly balances: Record<Account, bigint>;
  listings: ListingView[] = [];

  constructor(rich: boolean) {
    const start = rich ? weiOf('10') : 0n;
    this.balances = { you: start, friend: start, stranger: rich ? weiOf('0.002') : 0n };
  }

  address(account: Account): string {
    return `0x${hex(500 + ACCOUNTS.indexOf(account), 40)}`;
  }

  account(name: string): Account {
    const found = ACCOUNTS.find((one) => one === name);
    if (!found) throw failure('not_found', `There is no practice account called “${name}”; choose you, friend or stranger.`);
    return found;
  }

  wallet(): WalletView {
    return {
      chain: 'Practice chain',
      chain_id: '7777331',
      accounts: ACCOUNTS.map((name) => ({
        name,
        address: this.address(name),
        balance_wei: String(this.balances[name]),
        balance: etherOf(this.balances[name]),
      })),
    };
  }

  /** What a sale at `wei` does, with the royalty floored. */
  terms(title: string, wei: bigint, royaltyBps: number, account: Account): SaleTerms {
    const royalty = (wei * BigInt(royaltyBps)) / 10_000n;
    return {
      title,
      price_wei: String(wei),
      price: etherOf(wei),
      royalty_wei: String(royalty),
      royalty: etherOf(royalty),
      royalty_to: this.address('you'),
      seller_gets_wei: String(wei - royalty),
      seller_gets: etherOf(wei - royalty),
      account: account,
      balance: etherOf(this.balances[account]),
    };
  }

  price(text: string): bigint {
    const problem = priceProblem(text);
    if (problem === 'zero') throw failure('bad_input', 'The price is 0; ask for at least 0.000000000000000001 ETH.');
    if (problem === 'too_high') throw failure('bad_input', 'The price is above 2^96 - 1 wei; ask for less.');
    if (problem) throw failure('bad_input', `“${text}” is not an amount; write it like 0.01.`);
    return weiOf(text);
  }

  /** Rejects when the account cannot pay `wei` and the gas. */
  check(account: Account, wei: bigint): void {
    const need = wei + GAS;
    if (this.balances[account] < need) {
      throw failure(
        'underfunded',
        `The account “${account}” holds ${etherOf(this.balances[account])} practice ETH and needs ${etherOf(need)}; take some from the faucet in Settings.`,
      );
    }
  }

  spend(account: Account, wei: bigint): void {
    this.check(account, wei);
    this.balances[account] -= wei + GAS;
  }

  find(orderHash: string): ListingView {
    const found = this.listings.find((one) => one.order_hash === orderHash);
    if (!found) throw failure('not_found', 'This listing is gone; look at the market again.');
    return found;
  }
}
