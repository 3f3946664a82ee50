import type { DayMatch } from '../../../db/queries/football/publisher.ts';
import type { Locale } from '../../documents/locale.ts';
import type { Cell, Figure, Row, Table } from '../../documents/model.ts';
import { hitsText } from './cells.ts';
import type { DayData } from './day-data.ts';
import { holds } from './labels.ts';
import { forecastOf, happened } from './matches.ts';
import { emptyRecord } from './record.ts';

type Origin = 'live' | 'replay';

interface Totals {
  readonly count: number;
  readonly hits: number;
  readonly expected: number;
  readonly sets80: { readonly count: number; readonly held: number };
  readonly sets90: { readonly count: number; readonly held: number };
  /** Mean natural log loss of the forecasts; null without any. */
  readonly logLoss: number | null;
  /** The same for the base rates of the championships before the day; null where one has no past. */
  readonly baseLogLoss: number | null;
}

/** The day's result in a few numbers: of what was forecast before kick-off or, where nothing was, of the replays. */
export function dayFigures(matches: readonly DayMatch[], locale: Locale): Figure[] {
  const origin: Origin = matches.some((match) => match.origin === 'live') ? 'live' : 'replay';
  const totals = totalsOf(matches, { origin });
  const isNoted = origin === 'replay' && totals.count > 0;
  const note = isNoted ? { note: locale.t('documents.marks.replay') } : {};
  const figure = (key: string, value: Cell): Figure => ({
    label: locale.t(`documents.figures.${key}`),
    value,
    ...note,
  });
  const of = (part: number, count: number): Cell => ({
    kind: 'text',
    value: count === 0 ? null : locale.t('documents.figures.of', { part, number: count }),
  });
  return [
    figure('hits', of(totals.hits, totals.count)),
    figure('expected-hits', {
      kind: 'number',
      value: totals.count === 0 ? null : totals.expected,
      digits: 1,
    }),
    figure('held-80', of(totals.sets80.held, totals.sets80.count)),
    figure('held-90', of(totals.sets90.held, totals.sets90.count)),
  ];
}

/** One row per origin: replays never enter the counts of what was forecast before kick-off. */
export function dayTotals(data: DayData, matches: readonly DayMatch[], locale: Locale): Table {
  const t = (key: string): string => locale.t(`documents.totals.${key}`);
  const rows = (['live', 'replay'] as const).flatMap((origin): Row[] => {
    const totals = totalsOf(matches, { origin, data });
    if (totals.count === 0) return [];
    const hits = (part: number, count: number): Cell => ({
      kind: 'text',
      value: hitsText(part, count, locale),
    });
    return [
      {
        cells: [
          { kind: 'text', value: t(origin) },
          { kind: 'integer', value: totals.count },
          hits(totals.hits, totals.count),
          { kind: 'number', value: totals.expected, digits: 1 },
          hits(totals.sets80.held, totals.sets80.count),
          hits(totals.sets90.held, totals.sets90.count),
          { kind: 'number', value: totals.logLoss, digits: 3 },
          { kind: 'number', value: totals.baseLogLoss, digits: 3 },
        ],
      },
    ];
  });
  return {
    kind: 'table',
    caption: t('caption'),
    columns: [
      { heading: t('made'), align: 'start', isRowHeading: true },
      { heading: t('settled'), align: 'end' },
      { heading: t('hits'), align: 'start' },
      { heading: t('expected'), align: 'end' },
      { heading: t('held-80'), align: 'start' },
      { heading: t('held-90'), align: 'start' },
      { heading: t('log-loss'), meaning: t('log-loss-meaning'), align: 'end' },
      { heading: t('base-log-loss'), meaning: t('log-loss-meaning'), align: 'end' },
    ],
    rows,
    notes: [],
  };
}

function totalsOf(
  matches: readonly DayMatch[],
  options: { readonly origin: Origin; readonly data?: DayData },
): Totals {
  const settled = matches.flatMap((match) => {
    const forecast = forecastOf(match);
    const result = happened(match);
    if (!forecast || result === undefined || forecast.origin !== options.origin) return [];
    return [{ match, forecast, result }];
  });
  const held = (setOf: (match: DayMatch) => number | null): Totals['sets80'] => {
    const sets = settled.flatMap(({ match, result }) => {
      const set = setOf(match);
      return set === null ? [] : [holds(set, result)];
    });
    return { count: sets.length, held: sets.filter(Boolean).length };
  };
  return {
    count: settled.length,
    hits: settled.filter(({ forecast, result }) => forecast.label === result).length,
    expected: settled.reduce((sum, { forecast }) => sum + forecast.probability, 0),
    sets80: held((match) => match.set80),
    sets90: held((match) => match.set90),
    logLoss: meanLogLoss(settled.map(({ forecast, result }) => forecast.probabilities[result])),
    baseLogLoss: meanLogLoss(
      settled.map(({ match, result }) => {
        const { results } = options.data?.records.get(match.championshipId) ?? emptyRecord;
        return (results[result] ?? 0) / results.reduce((sum, value) => sum + value, 0);
      }),
    ),
  };
}

/** Null where there is nothing to average or where a probability was nought, whose loss has no bound. */
function meanLogLoss(probabilities: readonly number[]): number | null {
  if (probabilities.length === 0 || probabilities.some((value) => !(value > 0))) return null;
  return probabilities.reduce((sum, value) => sum - Math.log(value), 0) / probabilities.length;
}
