import { clopperPearsonInterval } from '../../kernel/math/intervals.ts';
import type { Locale } from '../../documents/locale.ts';
import type { Block, Cell, Column, Row, Table } from '../../documents/model.ts';
import { hitsText, lines, muted, nothing } from './cells.ts';
import { classIndices, signOf, wordsOf } from './labels.ts';
import { emptyRecord } from './record.ts';
import type { ChampionshipRecord, LabelTally, SetTally, Tally } from './record.ts';

/** Seasons with fewer settled forecasts say nothing about stability. */
const stabilityMinimum = 50;
const intervalConfidence = 0.9;

/** The championship's record before the day: forecasts made before kick-off, and replays apart from them. */
export function recordBlocks(record: ChampionshipRecord = emptyRecord, locale: Locale): Block[] {
  return (['live', 'replay'] as const)
    .filter((origin) => settledCount(record[origin]) > 0)
    .map((origin) => recordTable(record[origin], origin, locale));
}

/** What the tables cannot say: the share of each result so far, and that no record exists yet. */
export function recordNotes(record: ChampionshipRecord = emptyRecord, locale: Locale): string[] {
  const count = record.results.reduce((sum, results) => sum + results, 0);
  const shares = classIndices.map(
    (index) => `${signOf(index, locale)} ${locale.percent((record.results[index] ?? 0) / count)}`,
  );
  return [
    ...(count === 0 ? [] : [locale.t('documents.record.base', { shares: shares.join(' · '), count })]),
    ...(settledCount(record.live) === 0 ? [locale.t('documents.record.none')] : []),
  ];
}

const settledCount = (tally: Tally): number => tally.labels.reduce((sum, label) => sum + label.count, 0);

function recordTable(tally: Tally, origin: 'live' | 'replay', locale: Locale): Table {
  const t = (key: string): string => locale.t(`documents.record.${key}`);
  const count = settledCount(tally);
  const column = (key: string, align: Column['align']): Column => ({
    heading: t(key),
    align,
    meaning: t(`${key}-meaning`),
  });
  const caption = t(`caption-${origin}`);
  const columns: Column[] = [
    { heading: t('label'), align: 'start', isRowHeading: true },
    column('accuracy', 'start'),
    column('calibration', 'start'),
    column('sets-80', 'start'),
    column('sets-90', 'start'),
    column('stability', 'start'),
    column('last-ten', 'start'),
  ];
  const labelRows = classIndices.map((index): Row => {
    const label = tally.labels[index] ?? { count: 0, hits: 0, expected: 0 };
    const name = `${signOf(index, locale)} · ${wordsOf(index, locale)}`;
    return {
      cells: [
        { kind: 'text', value: name },
        accuracyCell(label, locale),
        calibrationCell(label, locale),
        heldCell(tally.sets80[index], locale),
        heldCell(tally.sets90[index], locale),
        nothing,
        nothing,
      ],
    };
  });
  const all: LabelTally = {
    count,
    hits: tally.labels.reduce((sum, label) => sum + label.hits, 0),
    expected: tally.labels.reduce((sum, label) => sum + label.expected, 0),
  };
  const total: Row = {
    isTotal: true,
    cells: [
      { kind: 'text', value: t('all') },
      accuracyCell(all, locale),
      calibrationCell(all, locale),
      heldCell(added(tally.sets80), locale),
      heldCell(added(tally.sets90), locale),
      stabilityCell(tally, locale),
      lastTenCell(tally, locale),
    ],
  };
  return { kind: 'table', caption, columns, rows: [...labelRows, total], notes: [] };
}

export function accuracyCell({ count, hits }: LabelTally, locale: Locale): Cell {
  if (count === 0) return noData(locale);
  const [low, high] = clopperPearsonInterval(hits, count, intervalConfidence);
  const range = `${locale.percent(low)} – ${locale.percent(high)}`;
  return lines({ kind: 'text', value: hitsText(hits, count, locale) }, muted(range));
}

/** What was said on average beside what came of it. */
export function calibrationCell({ count, hits, expected }: LabelTally, locale: Locale): Cell {
  if (count === 0) return noData(locale);
  return {
    kind: 'text',
    value: `${locale.percent(expected / count)} → ${locale.percent(hits / count)}`,
  };
}

export function heldCell(tally: SetTally | undefined, locale: Locale): Cell {
  if (!tally || tally.count === 0) return noData(locale);
  return { kind: 'text', value: hitsText(tally.held, tally.count, locale) };
}

export function stabilityCell(tally: Pick<Tally, 'seasons'>, locale: Locale): Cell {
  const found = stabilityOf(tally);
  if (!found) return noData(locale);
  return lines(
    { kind: 'text', value: `${locale.percent(found.low)} – ${locale.percent(found.high)}` },
    muted(locale.t('documents.record.seasons', { count: found.seasons })),
  );
}

/** Lowest and highest accuracy of a season; undefined with fewer than two that say anything. */
export function stabilityOf(
  tally: Pick<Tally, 'seasons'>,
): { readonly low: number; readonly high: number; readonly seasons: number } | undefined {
  const rates = Object.values(tally.seasons)
    .filter((season) => season.count >= stabilityMinimum)
    .map((season) => season.hits / season.count);
  if (rates.length < 2) return undefined;
  return { low: Math.min(...rates), high: Math.max(...rates), seasons: rates.length };
}

export function lastTenCell(tally: Pick<Tally, 'lastTen'>, locale: Locale): Cell {
  if (tally.lastTen.length === 0) return noData(locale);
  const hits = tally.lastTen.filter(Boolean).length;
  return { kind: 'text', value: locale.t('documents.record.last', { hits, number: tally.lastTen.length }) };
}

const noData = (locale: Locale): Cell => muted(locale.t('documents.cells.no-data'));

const added = (tallies: readonly SetTally[]): SetTally => ({
  count: tallies.reduce((sum, tally) => sum + tally.count, 0),
  held: tallies.reduce((sum, tally) => sum + tally.held, 0),
});
