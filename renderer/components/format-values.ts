import type { Language } from '../../engine/contract/domain.ts';
import { americanOf, fractionOf } from './odds-format.ts';
import type { OddsFormat } from './odds-format.ts';

/** What numbers and times depend on: chosen by the analyst, never by the machine's own locale. */
export interface FormatPreferences {
  readonly language: Language;
  /** IANA zone in which instants are shown. */
  readonly zone: string;
  readonly oddsFormat: OddsFormat;
}

/** What may be absent; shown as a dash, never as 0. */
export type Maybe<Value> = Value | null | undefined;

export const dash = '–';

/** Everything that turns a value into text. Digits are for reading alone: copies and exports keep full precision. */
export interface Format {
  readonly preferences: FormatPreferences;
  /** A plain number with exactly `digits` decimals. */
  number(value: Maybe<number>, digits?: number): string;
  /** A number with its sign always shown. */
  signed(value: Maybe<number>, digits?: number): string;
  /** A whole number with separators of thousands. */
  count(value: Maybe<number>): string;
  /** A tick of an axis: as many decimals as it needs, and no more. */
  tick(value: number): string;
  /** A number of any size by its first digits, and by a power of ten where it is all but zero: `0.001`, `1E-8`. */
  significant(value: number, digits?: number): string;
  /** A share of 1 as per cent. */
  percent(value: Maybe<number>, digits?: number): string;
  /** A probability as per cent; never shown as 0 % or 100 % unless it is exactly that. */
  probability(value: Maybe<number>, digits?: number): string;
  /** A decimal price in the analyst's format. */
  odds(decimal: Maybe<number>): string;
  /** A low and a high end written by `one`. */
  range(low: Maybe<number>, high: Maybe<number>, one: (value: number) => string): string;
  /** An ISO day: `21 Nov 2026`. */
  day(day: Maybe<string>, width?: 'short' | 'medium' | 'long' | 'weekday'): string;
  /** The month of an ISO day: `Nov 2026`. */
  month(day: Maybe<string>): string;
  /** An instant with its zone: `21 Nov 2026, 18:00 GMT+3`. */
  instant(instant: Maybe<number>): string;
  /** The clock alone: `18:00`. */
  time(instant: Maybe<number>): string;
  /** `2 h 5 min`, `3.2 s`. */
  duration(milliseconds: Maybe<number>): string;
  /** How long ago or ahead, in the largest unit that is not zero: `3 hours ago`. */
  relative(instant: Maybe<number>, now: number): string;
  bytes(value: Maybe<number>): string;
  /** A list in words: `a, b and c`. */
  list(parts: readonly string[]): string;
}

/** Smaller numbers are written by a power of ten: so many zeros cannot be counted. */
const leastPlain = 1e-5;

const locales: Readonly<Record<Language, string>> = { en: 'en-GB', ru: 'ru-RU' };
const made = new Map<string, Format>();

/** The formatter of some preferences; made once each, since `Intl` objects are slow to make. */
export function createFormat(preferences: FormatPreferences): Format {
  const key = `${preferences.language}|${preferences.zone}|${preferences.oddsFormat}`;
  let format = made.get(key);
  if (format === undefined) made.set(key, (format = makeFormat(preferences)));
  return format;
}

function makeFormat(preferences: FormatPreferences): Format {
  const locale = locales[preferences.language];
  const numbers = numberFormats(locale);
  const number = (value: Maybe<number>, digits = 2) => {
    if (!isThere(value)) return dash;
    // A value that rounds to zero has no sign.
    return numbers({ digits }).format(roundsToZero(value, digits) ? 0 : value);
  };
  return {
    preferences,
    number,
    signed: (value, digits = 2) => {
      if (!isThere(value)) return dash;
      return numbers({ digits, sign: true }).format(roundsToZero(value, digits) ? 0 : value);
    },
    count: (value) => number(value, 0),
    tick: (value) => numbers({ digits: 0, most: 6 }).format(value),
    significant: (value, digits = 4) => {
      const isTiny = value !== 0 && Math.abs(value) < leastPlain;
      const notation = isTiny ? 'scientific' : 'standard';
      return new Intl.NumberFormat(locale, { maximumSignificantDigits: digits, notation }).format(value);
    },
    percent: (value, digits = 1) =>
      isThere(value) ? numbers({ digits, style: 'percent' }).format(value) : dash,
    probability: (value, digits = 1) => probabilityText(value, digits, numbers),
    odds: (decimal) => oddsText(decimal, preferences.oddsFormat, number),
    range: (low, high, one) => (isThere(low) && isThere(high) ? `${one(low)} ${dash} ${one(high)}` : dash),
    bytes: (value) => bytesText(value, locale),
    duration: (value) => durationText(value, locale),
    list: (parts) => new Intl.ListFormat(locale, { type: 'conjunction' }).format(parts),
    ...calendarFormats(locale, preferences.zone),
  };
}

interface NumberStyle {
  readonly digits: number;
  /** Decimals at most, where there may be more than `digits`. */
  readonly most?: number;
  readonly style?: 'decimal' | 'percent';
  readonly sign?: boolean;
}

type NumberFormats = (style: NumberStyle) => { format(value: number): string };

function numberFormats(locale: string): NumberFormats {
  const kept = new Map<string, ReturnType<NumberFormats>>();
  return ({ digits, most = digits, style = 'decimal', sign = false }) => {
    const key = `${style}${digits}${most}${sign}`;
    let format = kept.get(key);
    if (format === undefined) {
      const plain = new Intl.NumberFormat(locale, {
        style,
        minimumFractionDigits: digits,
        maximumFractionDigits: most,
        ...(sign ? { signDisplay: 'exceptZero' as const } : {}),
      });
      // A minus as wide as the plus; the hyphen of the locale data is a third of it.
      format = { format: (value) => plain.format(value).replace('-', '−') };
      kept.set(key, format);
    }
    return format;
  };
}

function calendarFormats(
  locale: string,
  zone: string,
): Pick<Format, 'day' | 'month' | 'instant' | 'time' | 'relative'> {
  // Days are names, not instants: they are read and written in the same zone, so that none ever shifts.
  const dayFormat = (options: Intl.DateTimeFormatOptions) =>
    together(new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options }));
  const days = {
    short: dayFormat({ day: '2-digit', month: '2-digit', year: 'numeric' }),
    medium: dayFormat({ day: 'numeric', month: 'short', year: 'numeric' }),
    long: dayFormat({ day: 'numeric', month: 'long', year: 'numeric' }),
    weekday: dayFormat({ weekday: 'short', day: 'numeric', month: 'short' }),
  };
  const months = dayFormat({ month: 'short', year: 'numeric' });
  const instants = together(
    new Intl.DateTimeFormat(locale, {
      timeZone: zone,
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      timeZoneName: 'short',
    }),
  );
  const times = new Intl.DateTimeFormat(locale, { timeZone: zone, hour: '2-digit', minute: '2-digit' });
  const relatives = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const ofDay = (format: { format(instant: number): string }, day: Maybe<string>) => {
    const instant = day ? Date.parse(`${day}T00:00:00Z`) : NaN;
    return Number.isNaN(instant) ? dash : format.format(instant);
  };
  return {
    day: (day, width = 'medium') => ofDay(days[width], day),
    month: (day) => ofDay(months, day),
    instant: (instant) => (isThere(instant) ? instants.format(instant) : dash),
    time: (instant) => (isThere(instant) ? times.format(instant) : dash),
    relative: (instant, now) => (isThere(instant) ? relativeText(instant - now, relatives) : dash),
  };
}

/** A date breaks after a comma alone, and needs no word for `year` after its year. */
function together(dates: Intl.DateTimeFormat): { format(instant: number): string } {
  return {
    format: (instant) =>
      dates
        .format(instant)
        .replace(/\s\u0433\./u, '')
        .replaceAll(/(?<!,)\s/gu, '\u00a0'),
  };
}

function isThere(value: Maybe<number>): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function roundsToZero(value: number, digits: number): boolean {
  return Math.abs(value) < 0.5 * 10 ** -digits;
}

function probabilityText(value: Maybe<number>, digits: number, numbers: NumberFormats): string {
  if (!isThere(value)) return dash;
  const format = numbers({ digits, style: 'percent' });
  const step = 10 ** -(digits + 2);
  if (value > 0 && value < step / 2) return `< ${format.format(step)}`;
  if (value < 1 && value > 1 - step / 2) return `> ${format.format(1 - step)}`;
  return format.format(value);
}

function oddsText(
  decimal: Maybe<number>,
  kind: OddsFormat,
  number: (value: number, digits: number) => string,
): string {
  if (!isThere(decimal) || decimal <= 1) return dash;
  if (kind === 'fractional') return fractionOf(decimal).join('/');
  if (kind === 'american') {
    const american = americanOf(decimal);
    return american > 0 ? `+${american}` : `−${-american}`;
  }
  return number(decimal, decimal >= 100 ? 0 : 2);
}

const byteUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

function bytesText(value: Maybe<number>, locale: string): string {
  if (!isThere(value)) return dash;
  const power = Math.min(byteUnits.length - 1, value < 1 ? 0 : Math.floor(Math.log10(value) / 3));
  const scaled = value / 1000 ** power;
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: byteUnits[power]!,
    unitDisplay: 'short',
    maximumFractionDigits: power === 0 || scaled >= 100 ? 0 : 1,
  }).format(scaled);
}

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

function durationText(value: Maybe<number>, locale: string): string {
  if (!isThere(value)) return dash;
  const part = (amount: number, unit: string, digits = 0) =>
    new Intl.NumberFormat(locale, {
      style: 'unit',
      unit,
      unitDisplay: 'short',
      maximumFractionDigits: digits,
    }).format(amount);
  if (value < secondMs) return part(Math.round(value), 'millisecond');
  if (value < minuteMs) return part(value / secondMs, 'second', value < 10 * secondMs ? 1 : 0);
  const [large, small] = durationUnits.find(([unit]) => value >= unit.ms)!;
  const whole = Math.floor(value / large.ms);
  const rest = Math.floor((value - whole * large.ms) / small.ms);
  return rest > 0 ? `${part(whole, large.unit)} ${part(rest, small.unit)}` : part(whole, large.unit);
}

const durationUnits = [
  [
    { ms: dayMs, unit: 'day' },
    { ms: hourMs, unit: 'hour' },
  ],
  [
    { ms: hourMs, unit: 'hour' },
    { ms: minuteMs, unit: 'minute' },
  ],
  [
    { ms: minuteMs, unit: 'minute' },
    { ms: secondMs, unit: 'second' },
  ],
] as const;

function relativeText(difference: number, format: Intl.RelativeTimeFormat): string {
  const size = Math.abs(difference);
  if (size < minuteMs) return format.format(Math.round(difference / secondMs), 'second');
  if (size < hourMs) return format.format(Math.trunc(difference / minuteMs), 'minute');
  if (size < 2 * dayMs) return format.format(Math.trunc(difference / hourMs), 'hour');
  return format.format(Math.trunc(difference / dayMs), 'day');
}
