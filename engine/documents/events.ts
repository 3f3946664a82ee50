import { sports, type Instant, type Sport } from '../contract/domain.ts';
import type { Locale } from './locale.ts';
import type { DatasetValue, DocumentModel } from './model.ts';

/** A match as formats know it that list events rather than tables: the plain text, the calendar, the feed, the card. */
export interface DocumentEvent {
  readonly id: string;
  readonly place: string;
  readonly sport: Sport;
  readonly names: readonly string[];
  readonly start: Instant;
  /** Whether the hour is known. */
  readonly hasTime: boolean;
  readonly zone: string;
  /** `2:1`; null until it is known. */
  readonly score: string | null;
  /** What stopped it from having a forecast: a code. */
  readonly failure: string | null;
  readonly isReplayed: boolean;
  readonly shares: readonly { readonly sign: string; readonly probability: number }[];
  /** In the readers' order: the result, both score, the totals each with its amount, who scores. */
  readonly forecasts: readonly EventForecast[];
}

export interface EventForecast {
  readonly type: string;
  /** The label in its short form: `П1`, `ТБ 2,5`; amounts lead with their number. */
  readonly outcome: string;
  readonly probability: number | null;
  readonly confidence: number | null;
  /** What the conformal sets or intervals at 80 and 90 % leave; null without one. */
  readonly bounds: readonly (string | null)[];
  /** Whether the set at 80 % leaves out the label itself: likelier than the other, and yet unlike its own past. */
  readonly isOutside: boolean;
  /** Of the selection's own record, where it was selected. */
  readonly record: Tally | null;
  readonly recordBound: number | null;
  /** Of all earlier forecasts of the kind; null where the document does not tell. */
  readonly history: Tally | null;
  readonly lastTen: Tally | null;
  /** Mean probability given to those earlier forecasts. */
  readonly historyMean: number | null;
  /** Lowest and highest accuracy of a season among them. */
  readonly stability: readonly [low: number, high: number] | null;
  /** Null while the result is awaited. */
  readonly isHit: boolean | null;
}

export interface Tally {
  readonly hits: number;
  readonly count: number;
}

type Read = (key: string) => DatasetValue;

/** The events of a document, from the stable keys of its dataset; a document whose rows are no events has none. */
export function eventsOf({ dataset, variant }: DocumentModel, locale: Locale): DocumentEvent[] {
  const places = new Map(dataset.columns.map(({ key }, index) => [key, index]));
  if (!places.has('match.kickOff')) return [];
  const types = [...new Set(dataset.columns.flatMap(({ key }) => /^types\.([^.]+)\./.exec(key)?.[1] ?? []))];
  const options = { types, locale, onlySelected: variant === 'quality' };
  return dataset.rows.map((row) => eventOf((key) => row[places.get(key) ?? -1] ?? null, options));
}

function eventOf(
  read: Read,
  {
    types,
    locale,
    onlySelected,
  }: { readonly types: readonly string[]; readonly locale: Locale; readonly onlySelected: boolean },
): DocumentEvent {
  const home = number(read('result.homeGoals'));
  const away = number(read('result.awayGoals'));
  const shares = (['home', 'draw', 'away'] as const).flatMap((name) => {
    const probability = number(read(`probability.${name}`));
    return probability === null ? [] : [{ sign: locale.t(`labels.sign.${name}`), probability }];
  });
  const main = text(read('label.sign'));
  // A match may stand in a quality document for one of its types alone.
  const isShown = (isSelected: DatasetValue): boolean => !onlySelected || isSelected === true;
  return {
    id: String(read('match.id')),
    place: [read('championship.country'), read('championship.name')].filter(Boolean).join(' · '),
    sport: sports.find((sport) => sport === read('championship.sport')) ?? 'football',
    names: [String(read('home')), String(read('away'))],
    start: number(read('match.kickOff')) ?? 0,
    hasTime: read('match.kickOffPrecision') !== 'day',
    zone: text(read('match.zone')) ?? 'UTC',
    score: home === null || away === null ? null : `${home}:${away}`,
    failure: text(read('failure.code')),
    isReplayed: read('forecast.origin') === 'replay',
    shares,
    forecasts: [
      ...(main === null || !isShown(read('quality.isSelected')) ? [] : [mainForecast(read, main, locale)]),
      ...types
        .filter((type) => isShown(read(`types.${type}.isSelected`)))
        .flatMap((type) => typeForecast(read, type, locale) ?? []),
    ],
  };
}

function mainForecast(read: Read, outcome: string, locale: Locale): EventForecast {
  return {
    type: locale.t('forecast-types.1x2.name'),
    outcome,
    probability: number(read('label.probability')),
    confidence: number(read('confidence')),
    bounds: [text(read('set80.sign')), text(read('set90.sign'))],
    isOutside: leavesOut(
      number(read('set80.mask')),
      ['H', 'D', 'A'].indexOf(text(read('label.class')) ?? ''),
    ),
    record: tally(read('quality.recordHits'), read('quality.recordCount')),
    recordBound: number(read('quality.bound')),
    history: tally(read('history.hits'), read('history.count')),
    lastTen: tally(read('history.lastTenHits'), read('history.lastTenCount')),
    historyMean: number(read('history.meanProbability')),
    stability: ends(read('history.stability.low'), read('history.stability.high')),
    isHit: flag(read('result.isHit')),
  };
}

function typeForecast(readAny: Read, type: string, locale: Locale): EventForecast | undefined {
  const read: Read = (name) => readAny(`types.${type}.${name}`);
  const label = text(read('label'));
  if (label === null) return undefined;
  const line = number(read('line'));
  const lineText = line === null ? '' : locale.number(line, Number.isInteger(line * 2) ? 1 : 2);
  const sign = (name: string): string => locale.t(`forecast-types.${type}.signs.${name}`, { line: lineText });
  const expected = number(read('expected'));
  const range = (level: number): string | null => {
    const low = number(read(`low${level}`));
    const high = number(read(`high${level}`));
    return low === null || high === null ? null : `${locale.integer(low)} – ${locale.integer(high)}`;
  };
  const labels = label === 'yes' || label === 'no' ? ['yes', 'no'] : ['over', 'under'];
  const set = (level: number): string | null => {
    const mask = number(read(`set${level}`));
    if (mask === null) return null;
    return (
      labels
        .filter((_, index) => (mask & (1 << index)) !== 0)
        .map(sign)
        .join(' / ') || '∅'
    );
  };
  return {
    type: locale.t(`forecast-types.${type}.name`),
    outcome: expected === null ? sign(label) : `${locale.number(expected, 1)} → ${sign(label)}`,
    probability: number(read('probability')),
    confidence: number(read('confidence')),
    bounds: expected === null ? [set(80), set(90)] : [range(80), range(90)],
    isOutside: expected === null && leavesOut(number(read('set80')), labels.indexOf(label)),
    record: tally(read('recordHits'), read('recordCount')),
    recordBound: number(read('bound')),
    history: tally(read('historyHits'), read('historyCount')),
    lastTen: tally(read('lastTenHits'), read('lastTenCount')),
    historyMean: number(read('historyMean')),
    stability: ends(read('stabilityLow'), read('stabilityHigh')),
    isHit: flag(read('isHit')),
  };
}

const number = (value: DatasetValue): number | null => (typeof value === 'number' ? value : null);
const text = (value: DatasetValue): string | null => (typeof value === 'string' ? value : null);
const flag = (value: DatasetValue): boolean | null => (typeof value === 'boolean' ? value : null);

const leavesOut = (mask: number | null, place: number): boolean =>
  mask !== null && place >= 0 && (mask & (1 << place)) === 0;

const ends = (low: DatasetValue, high: DatasetValue): readonly [number, number] | null =>
  typeof low === 'number' && typeof high === 'number' ? [low, high] : null;

function tally(hits: DatasetValue, count: DatasetValue): Tally | null {
  return typeof hits === 'number' && typeof count === 'number' && count > 0 ? { hits, count } : null;
}
