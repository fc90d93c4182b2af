// Times, dates and long names as people read them.

/** Seconds as "1:05"; an hour and more as "1:02:03". Negative and unknown times read "0:00". */
export function clock(seconds: number): string {
  const total = Number.isFinite(seconds) && seconds > 0 ? Math.floor(seconds) : 0;
  const hours = Math.floor(total / 3600);
  const minutes = Math.floor((total % 3600) / 60);
  const rest = String(total % 60).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`;
}

/** A Unix moment as a short date. */
export function day(moment: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(new Date(moment * 1000));
}

/** A Unix moment as a short date with the time. */
export function dayAndTime(moment: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(moment * 1000));
}

/** A long name with its middle left out ("0x12ab…90ef"). */
export function short(name: string, head = 6, tail = 4): string {
  return name.length > head + tail + 1 ? `${name.slice(0, head)}…${name.slice(-tail)}` : name;
}

/** A whole number in the digits of `locale`. */
export function count(value: number, locale: string): string {
  return new Intl.NumberFormat(locale).format(value);
}

/** A share of 1 as a whole percentage. */
export function percent(share: number, locale: string): string {
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }).format(share);
}
