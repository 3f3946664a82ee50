import type { DayMatch } from '../../../db/queries/football/publisher.ts';
import type { Locale } from '../../documents/locale.ts';
import type { Cell, ChartSpec, DocumentModel, Section } from '../../documents/model.ts';
import * as columns from './cells.ts';
import type { MatchColumn } from './cells.ts';
import { byChampionship } from './day-data.ts';
import type { DayData, Variant } from './day-data.ts';
import { dayFigures, dayTotals } from './day-totals.ts';
import { frameDocument, sectionFrame } from './document-frame.ts';
import { holds, setCell, signOf } from './labels.ts';
import { forecastOf, happened, isSelected } from './matches.ts';
import { emptyRecord } from './record.ts';
import { hasSelectedType, selectedTypesTable, typesTable } from './type-tables.ts';

/** The results of a day beside their unchanged forecasts: every match (regular), or the selected ones (quality). */
export function outcomeDocument(data: DayData, variant: Variant, locale: Locale): DocumentModel {
  const forecast = data.matches.filter((match) => forecastOf(match) !== undefined);
  const shown = variant === 'regular' ? forecast : forecast.filter(isSelected);
  const listed =
    variant === 'regular'
      ? forecast
      : forecast.filter((match) => isSelected(match) || hasSelectedType(data, match));
  return frameDocument(data, locale, {
    variant,
    shown,
    listed,
    figures: dayFigures(shown, locale),
    sections: [...overview(data, shown, locale), ...championshipSections(data, listed, { variant, locale })],
  });
}

/** The totals of the day and the chart: what was given to that which happened, against the base rate. */
function overview(data: DayData, matches: readonly DayMatch[], locale: Locale): Section[] {
  const rows = matches.flatMap((match) => {
    const forecast = forecastOf(match);
    const result = happened(match);
    if (!forecast || result === undefined) return [];
    const { results } = data.records.get(match.championshipId) ?? emptyRecord;
    const count = results.reduce((sum, value) => sum + value, 0);
    return [
      {
        names: [match.home, match.away],
        detail: signOf(result, locale),
        reference: count === 0 ? null : (results[result] ?? 0) / count,
        value: forecast.probabilities[result],
        isGood: forecast.label === result,
      },
    ];
  });
  if (rows.length === 0) return [];
  const chart: ChartSpec = {
    kind: 'paired-points',
    title: locale.t('documents.outcome.chart-title'),
    description: locale.t('documents.outcome.chart-description', { count: rows.length }),
    referenceLabel: locale.t('documents.outcome.base'),
    goodLabel: locale.t('documents.outcome.hit-label'),
    badLabel: locale.t('documents.outcome.miss-label'),
    rows: rows.sort((a, b) => b.value - a.value),
  };
  const heading = locale.t('documents.outcome.overview');
  const blocks = [dayTotals(data, matches, locale), chart];
  return [{ id: 'overview', heading, marks: [], paragraphs: [], blocks }];
}

const resultColumn: MatchColumn = {
  key: 'result',
  align: 'center',
  cell(match, locale) {
    if (match.homeGoals === null || match.awayGoals === null)
      return columns.muted(
        locale.t(
          match.status === 'scheduled' ? 'documents.cells.awaited' : `documents.status.${match.status}`,
        ),
      );
    return { kind: 'text', value: `${match.homeGoals}:${match.awayGoals}` };
  },
};

/** Hit or miss, and the probability that the forecast gave to what happened. */
const verdictColumn: MatchColumn = {
  key: 'verdict',
  align: 'start',
  hasMeaning: true,
  cell(match, locale) {
    const forecast = forecastOf(match);
    const result = happened(match);
    if (!forecast || result === undefined) return columns.nothing;
    const isHit = forecast.label === result;
    const given = locale.t('documents.cells.given', {
      sign: signOf(result, locale),
      probability: locale.percent(forecast.probabilities[result]),
    });
    return columns.lines(
      verdict(isHit, locale.t(`documents.marks.${isHit ? 'hit' : 'miss'}`)),
      columns.muted(given),
    );
  },
};

const verdict = (isGood: boolean, text: string): Cell => ({
  kind: 'mark',
  mark: { text, tone: isGood ? 'good' : 'bad' },
});

/** The set with whether it held what happened. */
function heldColumn(column: MatchColumn, setOf: (match: DayMatch) => number | null): MatchColumn {
  return {
    ...column,
    cell(match, locale) {
      const set = setOf(match);
      const result = happened(match);
      if (!forecastOf(match)) return columns.nothing;
      if (set === null || result === undefined) return setCell(set, locale);
      const isHeld = holds(set, result);
      const text = locale.t(`documents.marks.${isHeld ? 'held' : 'not-held'}`);
      return columns.lines(setCell(set, locale), verdict(isHeld, text));
    },
  };
}

const resultColumns: readonly MatchColumn[] = [
  columns.kickOffColumn,
  columns.matchColumn,
  resultColumn,
  columns.labelColumn,
  verdictColumn,
  columns.sharesColumn,
  heldColumn(columns.set80Column, (match) => match.set80),
  heldColumn(columns.set90Column, (match) => match.set90),
  columns.confidenceColumn,
  columns.priceColumn,
  columns.qualityColumn,
];

function championshipSections(
  data: DayData,
  listed: readonly DayMatch[],
  { variant, locale }: { readonly variant: Variant; readonly locale: Locale },
): Section[] {
  const isRegular = variant === 'regular';
  return byChampionship(listed).flatMap((matches) => {
    const first = matches[0];
    if (!first) return [];
    const own = isRegular ? matches : matches.filter(isSelected);
    const table = columns.matchTable(own, resultColumns, {
      caption: locale.t(`documents.outcome.caption-${variant}`, { count: own.length }),
      locale,
    });
    const blocks = [
      ...(own.length > 0 ? [table] : []),
      ...(isRegular ? typesTable(data, matches, locale) : selectedTypesTable(data, matches, locale)),
    ];
    return [{ ...sectionFrame(first, locale), blocks }];
  });
}
