import { readFileSync } from 'node:fs';
import { createInstance } from 'i18next';
import { z } from 'zod';
import type { Day, Instant, Language } from '../contract/domain.ts';
import { americanOf, fractionOf, type OddsFormat } from '../contract/odds-format.ts';

/** Words, plural forms, numbers and dates of one language; made once per thread and shared by all documents. */
export interface Locale {
  readonly language: Language;
  /**
   * The text of a key of `resources/locales/<language>.json`. `count` chooses the plural form and stands in the text as
   * `{{n}}`, formatted. Values are put in as they are (escaping is the writer's), and are never read as templates
   * themselves.
   */
  t(key: string, values?: Readonly<Record<string, string | number>>): string;
  /** `1,234`. */
  integer(value: number): string;
  number(value: number, digits: number): string;
  /** 0.541 as `54.1%`. */
  percent(value: number, digits?: number): string;
  /** Decimal odds as the readers write them: `2.50`, `3/2`, `+150`. */
  odds(decimal: number): string;
  /** `Saturday 21 November 2026`. */
  day(day: Day): string;
  /** `21 Nov 2026`. */
  shortDay(day: Day): string;
  /** `15:00`, in the zone. */
  time(instant: Instant, zone: string): string;
  /** `21 Nov 2026, 15:00 GMT`, in the zone; always with the zone's name. */
  instant(instant: Instant, zone: string): string;
  /** `GMT+3`, as it holds at the instant. */
  zoneOffset(instant: Instant, zone: string): string;
  /** `a, b and c`. */
  list(items: readonly string[]): string;
}

interface TextTree {
  readonly [key: string]: string | TextTree;
}
const textTree: z.ZodType<TextTree> = z.lazy(() => z.record(z.string(), z.union([z.string(), textTree])));

/** British forms for English: day before month and the 24-hour clock. */
const intlTags: Record<Language, string> = { en: 'en-GB', ru: 'ru-RU' };
const folder = new URL('../../resources/locales/', import.meta.url);
const loaded = new Map<string, Locale>();

/** The raw texts of a language, as its file holds them. */
export function readTexts(language: Language): TextTree {
  return textTree.parse(JSON.parse(readFileSync(new URL(`${language}.json`, folder), 'utf8')));
}

/** The locale of a language and of a way of writing prices; read from its file the first time and kept. */
export function loadLocale(language: Language, oddsFormat: OddsFormat = 'decimal'): Locale {
  const key = `${language} ${oddsFormat}`;
  const known = loaded.get(key);
  if (known) return known;
  const locale = createLocale(language, oddsFormat);
  loaded.set(key, locale);
  return locale;
}

function createLocale(language: Language, oddsFormat: OddsFormat): Locale {
  const tag = intlTags[language];
  const i18n = createInstance();
  // The outcome is synchronous: nothing is fetched, and initAsync is off.
  void i18n.init({
    lng: language,
    fallbackLng: false,
    initAsync: false,
    resources: { [language]: { translation: readTexts(language) } },
    interpolation: { escapeValue: false, skipOnVariables: true },
  });
  const plainText = cached((key: string) => i18n.t(key));
  const integer = new Intl.NumberFormat(tag, { maximumFractionDigits: 0 });
  const fixed = cached((digits: number) => {
    return new Intl.NumberFormat(tag, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  });
  const percent = cached((digits: number) => {
    const fractions = { minimumFractionDigits: digits, maximumFractionDigits: digits };
    return new Intl.NumberFormat(tag, { style: 'percent', ...fractions });
  });
  const longDay = new Intl.DateTimeFormat(tag, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
  const shortDay = new Intl.DateTimeFormat(tag, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });
  const time = cached((zone: string) => {
    return new Intl.DateTimeFormat(tag, { hour: '2-digit', minute: '2-digit', timeZone: zone });
  });
  const zoneDay = cached((zone: string) => {
    return new Intl.DateTimeFormat(tag, {
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      timeZone: zone,
    });
  });
  const offset = cached((zone: string) => {
    return new Intl.DateTimeFormat(tag, { timeZone: zone, timeZoneName: 'shortOffset' });
  });
  const list = new Intl.ListFormat(tag, { type: 'conjunction' });

  const zoneOffset = (instant: Instant, zone: string): string =>
    offset(zone)
      .formatToParts(instant)
      .find((part) => part.type === 'timeZoneName')?.value ?? zone;

  return {
    language,
    t(key, values) {
      if (!values) return plainText(key);
      const { count } = values;
      const counted = typeof count === 'number' ? { n: integer.format(count) } : {};
      return i18n.t(key, { ...values, ...counted });
    },
    integer: (value) => integer.format(value),
    number: (value, digits) => fixed(digits).format(value),
    percent: (value, digits = 1) => percent(digits).format(value),
    odds: (decimal) => oddsText(decimal, oddsFormat, fixed(2)),
    day: (day) => longDay.format(dayInstant(day)),
    shortDay: (day) => shortDay.format(dayInstant(day)),
    time: (instant, zone) => time(zone).format(instant),
    instant: (instant, zone) =>
      `${zoneDay(zone).format(instant)}, ${time(zone).format(instant)} ${zoneOffset(instant, zone)}`,
    zoneOffset,
    list: (items) => list.format(items),
  };
}

/** A price of 1 or less is none, and is written as the number that it is. */
function oddsText(decimal: number, format: OddsFormat, plain: Intl.NumberFormat): string {
  if (format === 'decimal' || !(decimal > 1) || !Number.isFinite(decimal)) return plain.format(decimal);
  if (format === 'fractional') return fractionOf(decimal).join('/');
  const american = americanOf(decimal);
  return american > 0 ? `+${american}` : `−${-american}`;
}

const dayInstant = (day: Day): Instant => Date.parse(`${day}T00:00:00Z`);

/** Intl formatters cost far more to make than to use, and a text without values is always the same: each is made once. */
function cached<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const values = new Map<Key, Value>();
  return (key) => {
    const known = values.get(key);
    if (known !== undefined) return known;
    const made = make(key);
    values.set(key, made);
    return made;
  };
}
