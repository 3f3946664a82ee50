import type { DayMatch } from '../../../db/queries/football/publisher.ts';
import type { Locale } from '../../documents/locale.ts';
import type { Cell, Column, Mark, Row, Table } from '../../documents/model.ts';
import type { DayData } from './day-data.ts';
import { setCell, signOf, wordsOf, type ClassIndex } from './labels.ts';
import { forecastOf, isSelected } from './matches.ts';

/** One column of a table of matches: its heading's key under `documents.columns`, and its cell. */
export interface MatchColumn {
  readonly key: string;
  readonly align: Column['align'];
  readonly isRowHeading?: boolean;
  readonly hasMeaning?: boolean;
  cell(match: DayMatch, locale: Locale): Cell;
  /** A column that would be empty for all matches is left out. */
  isNeeded?(match: DayMatch): boolean;
}

export const nothing: Cell = { kind: 'text', value: null };
export const muted = (value: string): Cell => ({ kind: 'text', value, isMuted: true });
export const lines = (...cells: readonly Cell[]): Cell => ({ kind: 'group', flow: 'lines', cells });

/** A table of matches. */
export function matchTable(
  matches: readonly DayMatch[],
  columns: readonly MatchColumn[],
  options: { readonly caption: string; readonly locale: Locale; readonly notes?: readonly string[] },
): Table {
  const { caption, locale, notes = [] } = options;
  const shown = columns.filter(
    (column) => !column.isNeeded || matches.some((match) => column.isNeeded?.(match)),
  );
  return {
    kind: 'table',
    caption,
    columns: shown.map((column) => ({
      heading: locale.t(`documents.columns.${column.key}`),
      align: column.align,
      ...(column.isRowHeading === true ? { isRowHeading: true } : {}),
      ...(column.hasMeaning === true ? { meaning: locale.t(`documents.meanings.${column.key}`) } : {}),
    })),
    rows: matches.map((match): Row => ({ cells: shown.map((column) => column.cell(match, locale)) })),
    notes,
  };
}

export const kickOffColumn: MatchColumn = {
  key: 'kick-off',
  align: 'start',
  cell: (match, locale) =>
    match.kickOffPrecision === 'day'
      ? muted(locale.t('documents.cells.time-unknown'))
      : { kind: 'instant', value: match.kickOff, zone: match.zone, show: 'time' },
};

export const matchColumn: MatchColumn = {
  key: 'match',
  align: 'start',
  isRowHeading: true,
  cell(match, locale) {
    const names: Cell = { kind: 'names', values: [match.home, match.away] };
    const marks = matchMarks(match, locale);
    if (marks.length === 0) return names;
    const cells = marks.map((mark): Cell => ({ kind: 'mark', mark }));
    return lines(names, { kind: 'group', flow: 'inline', cells });
  },
};

function matchMarks(match: DayMatch, locale: Locale): Mark[] {
  const marks: Mark[] = [];
  if (match.origin === 'replay') marks.push({ text: locale.t('documents.marks.replay'), tone: 'warn' });
  if (match.status !== 'scheduled' && match.status !== 'finished')
    marks.push({ text: locale.t(`documents.status.${match.status}`), tone: 'bad' });
  return marks;
}

/** The three probabilities with their bar, and under each its fair odds. */
export const sharesColumn: MatchColumn = {
  key: 'probabilities',
  align: 'start',
  hasMeaning: true,
  cell(match, locale) {
    const forecast = forecastOf(match);
    if (!forecast) return nothing;
    const parts = ([0, 1, 2] as const).map((index) => ({
      label: signOf(index, locale),
      value: forecast.probabilities[index],
      isEmphasised: index === forecast.label,
    }));
    const values = forecast.probabilities.map(fairOdds);
    return lines({ kind: 'shares', parts }, { kind: 'odds', values });
  },
};

/** Between which fair odds each outcome lies: shortest to longest, an open end where the probability may be 0. */
export function rangeColumn(data: DayData): MatchColumn {
  return {
    key: 'fair-range',
    align: 'start',
    hasMeaning: true,
    isNeeded: (match) => data.ranges.has(match.matchId),
    cell(match, locale) {
      const ranges = data.ranges.get(match.matchId);
      if (!ranges) return nothing;
      return lines(
        ...ranges.map(({ shortestOdds, longestOdds }, index) => {
          const end = (odds: number) => (Number.isFinite(odds) ? locale.odds(odds) : '∞');
          return muted(
            `${signOf(index as ClassIndex, locale)}\u00a0${end(shortestOdds)}\u00a0–\u00a0${end(longestOdds)}`,
          );
        }),
      );
    },
  };
}

/** Decimal odds without margin; null where nothing was given to the result. */
export const fairOdds = (probability: number): number | null => (probability > 0 ? 1 / probability : null);

export const labelColumn: MatchColumn = {
  key: 'label',
  align: 'start',
  hasMeaning: true,
  cell(match, locale) {
    const forecast = forecastOf(match);
    if (!forecast) return nothing;
    return {
      kind: 'set',
      sign: signOf(forecast.label, locale),
      words: wordsOf(forecast.label, locale),
      size: 1,
    };
  },
};

export const set80Column: MatchColumn = {
  key: 'set-80',
  align: 'start',
  hasMeaning: true,
  cell: (match, locale) => (forecastOf(match) ? setCell(match.set80, locale) : nothing),
};

export const set90Column: MatchColumn = {
  key: 'set-90',
  align: 'start',
  hasMeaning: true,
  cell: (match, locale) => (forecastOf(match) ? setCell(match.set90, locale) : nothing),
};

export const confidenceColumn: MatchColumn = {
  key: 'confidence',
  align: 'end',
  hasMeaning: true,
  cell: (match, locale) =>
    match.confidence === null || match.credibility === null
      ? nothing
      : lines({ kind: 'probability', value: match.confidence }, muted(locale.percent(match.credibility))),
};

export const windowColumn: MatchColumn = {
  key: 'window',
  align: 'start',
  hasMeaning: true,
  cell(match, locale) {
    if (match.windowCount === null || match.windowScope === null || match.calibrationCount === null)
      return nothing;
    const scope = locale.t(`documents.window.${match.windowScope}`);
    const number = locale.integer(match.calibrationCount);
    const calibration = muted(locale.t('documents.cells.calibrated-on', { number }));
    if (match.windowScope === 'none') return lines(muted(scope), calibration);
    return lines({ kind: 'text', value: `${locale.integer(match.windowCount)} ${scope}` }, calibration);
  },
};

export const priceColumn: MatchColumn = {
  key: 'price',
  align: 'start',
  hasMeaning: true,
  isNeeded: (match) => match.priceInstant !== null,
  cell(match, locale) {
    if (match.priceInstant === null) return nothing;
    return lines(
      { kind: 'odds', values: [match.priceHome, match.priceDraw, match.priceAway] },
      { kind: 'text', value: match.priceBookmaker, isMuted: true },
      muted(locale.instant(match.priceInstant, match.zone)),
    );
  },
};

export const qualityColumn: MatchColumn = {
  key: 'quality',
  align: 'start',
  hasMeaning: true,
  isNeeded: isSelected,
  cell(match, locale) {
    if (!isSelected(match)) return nothing;
    const mark: Mark = { text: locale.t('documents.marks.quality'), tone: 'quality' };
    return lines(
      { kind: 'mark', mark },
      recordCell(match, locale),
      boundCell(match, locale),
      sinceCell(match, locale),
    );
  },
};

/** `812 of 1,040 (78.1%)`. */
export function hitsText(hits: number, count: number, locale: Locale): string {
  if (count === 0) return locale.t('documents.cells.no-data');
  return locale.t('documents.cells.hits', {
    hits: locale.integer(hits),
    number: locale.integer(count),
    rate: locale.percent(hits / count),
  });
}

export function recordCell(match: DayMatch, locale: Locale): Cell {
  return { kind: 'text', value: hitsText(match.recordHits ?? 0, match.recordCount ?? 0, locale) };
}

export function boundCell(match: DayMatch, locale: Locale): Cell {
  if (match.recordBound === null || match.delta === null) return nothing;
  return muted(
    locale.t('documents.cells.at-least', {
      bound: locale.percent(match.recordBound),
      sure: locale.percent(1 - match.delta, 0),
    }),
  );
}

function sinceCell(match: DayMatch, locale: Locale): Cell {
  const hits = hitsText(match.sinceHits ?? 0, match.sinceCount ?? 0, locale);
  return muted(locale.t('documents.cells.since', { hits }));
}
