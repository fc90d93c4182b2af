// Amounts of money as exact text. Nothing here is ever a floating-point number.

/** The largest price an order can hold, in wei: 2^96 - 1. */
export const MAX_PRICE_WEI = 2n ** 96n - 1n;
const WEI_DIGITS = 18;

/** Full-width digits and stops, as Chinese keyboards write them, become plain ones. */
function plain(text: string): string {
  return text.normalize('NFKC').replaceAll('。', '.').trim();
}

/** The amount as the app reads it ("0.01"), or `null` when it is not one. */
export function cleanPrice(text: string): string | null {
  const match = /^(\d+)(?:\.(\d{1,18}))?$/.exec(plain(text));
  if (!match) return null;
  const whole = (match[1] ?? '0').replace(/^0+(?=\d)/, '');
  const fraction = (match[2] ?? '').replace(/0+$/, '');
  return fraction ? `${whole}.${fraction}` : whole;
}

/** Wei of an amount that {@link cleanPrice} accepts; 0 for anything else. */
export function weiOf(text: string): bigint {
  const clean = cleanPrice(text);
  if (clean === null) return 0n;
  const [whole = '0', fraction = ''] = clean.split('.');
  return BigInt(whole + fraction.padEnd(WEI_DIGITS, '0'));
}

/** Wei as a decimal amount without trailing zeros ("0.01"). */
export function etherOf(wei: bigint): string {
  const digits = wei.toString().padStart(WEI_DIGITS + 1, '0');
  const fraction = digits.slice(-WEI_DIGITS).replace(/0+$/, '');
  const whole = digits.slice(0, -WEI_DIGITS);
  return fraction ? `${whole}.${fraction}` : whole;
}

/** Why a price cannot be asked, or `null` when it can. */
export function priceProblem(text: string): 'not_a_number' | 'zero' | 'too_high' | null {
  if (cleanPrice(text) === null) return 'not_a_number';
  const wei = weiOf(text);
  if (wei === 0n) return 'zero';
  return wei > MAX_PRICE_WEI ? 'too_high' : null;
}

/** A decimal amount in the digits and grouping of `locale`, exactly. */
export function showAmount(amount: string, locale: string): string {
  const [whole = '0', fraction = ''] = amount.split('.');
  if (!/^\d+$/.test(whole)) return amount;
  const grouped = new Intl.NumberFormat(locale).format(BigInt(whole));
  const point = new Intl.NumberFormat(locale).formatToParts(0.5).find((part) => part.type === 'decimal')?.value ?? '.';
  return fraction ? `${grouped}${point}${fraction}` : grouped;
}

/** Basis points of a percentage like "5" or "2.5"; `null` when it is none, has more than two decimals or is above 50 %. */
export function basisPointsOf(text: string): number | null {
  const match = /^(\d{1,2})(?:\.(\d{1,2}))?$/.exec(plain(text));
  if (!match) return null;
  const points = Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'));
  return points <= 5_000 ? points : null;
}

/** Basis points as a percentage ("5", "2.5"). */
export function percentOf(points: number): string {
  return String(points / 100);
}
