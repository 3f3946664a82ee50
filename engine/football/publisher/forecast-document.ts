import type { DayMatch } from '../../../db/queries/football/publisher.ts';
import type { Locale } from '../../documents/locale.ts';
import type { Block, Cell, ChartSpec, DocumentModel, Figure, Section } from '../../documents/model.ts';
import * as columns from './cells.ts';
import type { MatchColumn } from './cells.ts';
import { byChampionship } from './day-data.ts';
import type { DayData, Variant } from './day-data.ts';
import { frameDocument, sectionFrame } from './document-frame.ts';
import { classIndices, signOf, wordsOf } from './labels.ts';
import { forecastOf, isSelected } from './matches.ts';
import { recordBlocks, recordNotes } from './record-table.ts';
import {
  hasSelectedType,
  selectedTypes,
  selectedTypesTable,
  typeRecordBlocks,
  typesTable,
} from './type-tables.ts';

/** The forecasts of a day: every match (regular), or the selected ones with the record behind each (quality). */
export function forecastDocument(data: DayData, variant: Variant, locale: Locale): DocumentModel {
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
    figures: variant === 'regular' ? figures(data, locale) : selectedFigures(data, listed, locale),
    sections: [...overview(shown, locale), ...championshipSections(data, listed, { variant, locale })],
  });
}

function figures(data: DayData, locale: Locale): Figure[] {
  const forecast = data.matches.flatMap((match) => forecastOf(match) ?? []);
  return [
    count('forecasts', forecast.length, locale),
    count('championships', championshipsOf(data.matches), locale),
    count('selected', data.matches.filter(isSelected).length, locale),
    expectedHits(forecast, locale),
  ];
}

/** Of the selected alone, of every type: whoever reads these asks what to expect of them. */
function selectedFigures(data: DayData, listed: readonly DayMatch[], locale: Locale): Figure[] {
  const selected = listed.flatMap((match) => [
    ...(isSelected(match) ? [forecastOf(match)!] : []),
    ...selectedTypes(data, match),
  ]);
  return [
    count('selected', selected.length, locale),
    count('championships', championshipsOf(listed), locale),
    expectedHits(selected, locale),
  ];
}

const championshipsOf = (matches: readonly DayMatch[]): number =>
  new Set(matches.map((match) => match.championshipId)).size;

function count(key: string, value: number, locale: Locale): Figure {
  return { label: locale.t(`documents.figures.${key}`), value: { kind: 'integer', value } };
}

function expectedHits(of: readonly { readonly probability: number }[], locale: Locale): Figure {
  const sum = of.reduce((total, { probability }) => total + probability, 0);
  const value: Cell = { kind: 'number', value: of.length === 0 ? null : sum, digits: 1 };
  return { label: locale.t('documents.figures.expected-hits'), value };
}

/** The chart of the day, from the surest home win to the surest away win. */
function overview(matches: readonly DayMatch[], locale: Locale): Section[] {
  const rows = matches
    .flatMap((match) => {
      const forecast = forecastOf(match);
      return forecast ? [{ names: [match.home, match.away], values: forecast.probabilities }] : [];
    })
    .sort((a, b) => b.values[0] - b.values[2] - (a.values[0] - a.values[2]));
  if (rows.length === 0) return [];
  const chart: ChartSpec = {
    kind: 'stacked-shares',
    title: locale.t('documents.forecast.chart-title'),
    description: locale.t('documents.forecast.chart-description', { count: rows.length }),
    classes: classIndices.map((index) => `${signOf(index, locale)} · ${wordsOf(index, locale)}`),
    rows,
  };
  const heading = locale.t('documents.forecast.overview');
  return [{ id: 'overview', heading, marks: [], paragraphs: [], blocks: [chart] }];
}

const regularColumns = (data: DayData): readonly MatchColumn[] => [
  columns.kickOffColumn,
  columns.matchColumn,
  columns.sharesColumn,
  columns.rangeColumn(data),
  columns.labelColumn,
  columns.set80Column,
  columns.set90Column,
  columns.confidenceColumn,
  columns.windowColumn,
  columns.priceColumn,
  columns.qualityColumn,
];

const qualityColumns: readonly MatchColumn[] = [
  columns.kickOffColumn,
  columns.matchColumn,
  columns.labelColumn,
  {
    key: 'probability',
    align: 'end',
    cell: (match) => ({ kind: 'probability', value: match.probability }),
  },
  {
    key: 'fair-odds',
    align: 'end',
    hasMeaning: true,
    cell: (match) => ({
      kind: 'odds',
      values: [match.probability === null ? null : columns.fairOdds(match.probability)],
    }),
  },
  {
    key: 'target',
    align: 'end',
    hasMeaning: true,
    cell: (match) => ({ kind: 'probability', value: match.target }),
  },
  {
    key: 'record',
    align: 'start',
    hasMeaning: true,
    cell: (match, locale) =>
      columns.lines(
        columns.recordCell(match, locale),
        columns.boundCell(match, locale),
        match.recordFrom === null || match.recordUntil === null
          ? columns.nothing
          : columns.muted(`${locale.shortDay(match.recordFrom)} – ${locale.shortDay(match.recordUntil)}`),
      ),
  },
  {
    key: 'since',
    align: 'start',
    hasMeaning: true,
    cell: (match, locale) => ({
      kind: 'text',
      value: columns.hitsText(match.sinceHits ?? 0, match.sinceCount ?? 0, locale),
    }),
  },
  columns.set80Column,
  columns.set90Column,
  columns.confidenceColumn,
  columns.priceColumn,
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
    const record = data.records.get(first.championshipId);
    const own = isRegular ? matches : matches.filter(isSelected);
    const table = columns.matchTable(own, isRegular ? regularColumns(data) : qualityColumns, {
      caption: locale.t('documents.forecast.caption', { count: own.length }),
      locale,
      notes: isRegular ? recordNotes(record, locale) : [],
    });
    const blocks: Block[] = isRegular
      ? [
          table,
          ...typesTable(data, matches, locale),
          ...recordBlocks(record, locale),
          ...typeRecordBlocks(data, first.championshipId, locale),
        ]
      : [...(own.length > 0 ? [table] : []), ...selectedTypesTable(data, matches, locale)];
    return [{ ...sectionFrame(first, locale), blocks }];
  });
}
