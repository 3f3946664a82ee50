import type { TFunction } from 'i18next';
import type { ExportColumn, ExportTable } from '../../../engine/contract/exports.ts';
import type { GridFilters } from '../../../engine/contract/grid.ts';
import type { ListedMatch } from '../../../engine/contract/match-list.ts';
import type { GridColumn } from '../../components/data-grid.tsx';
import type { Format } from '../../components/format-values.ts';
import { readRows } from '../../components/grid/copy-cells.ts';
import { filterWords } from '../../components/grid/filter-words.ts';
import type { RowSource } from '../../components/grid/row-source.ts';

export interface MatchesTableOptions {
  readonly columns: readonly GridColumn<ListedMatch>[];
  readonly source: RowSource<ListedMatch>;
  readonly filters: GridFilters;
  readonly signal: AbortSignal;
  readonly t: TFunction;
  readonly format: Format;
}

type Field = ExportColumn & { readonly of: (match: ListedMatch) => string | number | null };

/** Everything that is known of every match that passes the filters, whichever columns are shown. */
export async function matchesTable(options: MatchesTableOptions): Promise<ExportTable> {
  const { columns, source, filters, signal, t, format } = options;
  const last = (source.count ?? 0) - 1;
  const matches = last < 0 ? [] : await readRows(source, { first: 0, last }, signal);
  const fields = exportFields(t);
  const words = Object.entries(filters).map(([id, filter]) => {
    const column = columns.find((one) => one.id === id);
    return `${column?.title ?? t(`matches:columns.${id}`)}: ${filterWords(filter, column ?? {}, { t, format })}`;
  });
  return {
    name: 'matches',
    title: t('matches:title'),
    subtitle: words.length === 0 ? t('matches:all') : format.list(words),
    notes: [],
    zone: format.preferences.zone,
    columns: fields.map(({ of: _, ...column }) => column),
    rows: matches.map((match) => fields.map(({ of }) => of(match))),
  };
}

function exportFields(t: TFunction): Field[] {
  const field = (key: string, kind: ExportColumn['kind'], of: Field['of'], digits?: number): Field => ({
    key,
    heading: t(`matches:columns.${key.replace('.', '-')}`),
    kind,
    of,
    ...(digits === undefined ? {} : { digits }),
  });
  return [
    field('matchDay', 'day', (match) => match.matchDay),
    field('kickOff', 'instant', (match) => (match.kickOffPrecision === 'minute' ? match.kickOff : null)),
    field('championship', 'text', (match) => match.championshipName),
    field('season', 'text', (match) => match.season),
    field('home', 'text', (match) => match.home),
    field('away', 'text', (match) => match.away),
    field('status', 'text', (match) => t(`matches:status.${match.status}`)),
    field('homeGoals', 'integer', (match) => match.homeGoals),
    field('awayGoals', 'integer', (match) => match.awayGoals),
    field('homeExpectedGoals', 'number', (match) => match.homeExpectedGoals, 2),
    field('awayExpectedGoals', 'number', (match) => match.awayExpectedGoals, 2),
    field('probabilityHome', 'percent', ({ forecast }) => forecast?.probabilities.H ?? null),
    field('probabilityDraw', 'percent', ({ forecast }) => forecast?.probabilities.D ?? null),
    field('probabilityAway', 'percent', ({ forecast }) => forecast?.probabilities.A ?? null),
    field('set80', 'text', ({ forecast }) =>
      forecast === null || forecast.set80 === null ? null : t(`engine:labels.set-sign.${forecast.set80}`),
    ),
    field('confidence', 'percent', ({ forecast }) => forecast?.confidence ?? null),
    field('quality', 'text', ({ quality }) => (quality === null ? null : `${quality.hits}/${quality.n}`)),
    field('closingHome', 'odds', ({ closing }) => closing?.home ?? null),
    field('closingDraw', 'odds', ({ closing }) => closing?.draw ?? null),
    field('closingAway', 'odds', ({ closing }) => closing?.away ?? null),
  ];
}
