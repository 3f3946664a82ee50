import type { PublishedType } from '../../../contract/forecasts.ts';
import type { RecordGroup } from '../../../contract/results.ts';
import type { Locale } from '../../../documents/locale.ts';
import type { ChartSpec, DatasetColumn, DatasetValue, Section, Table } from '../../../documents/model.ts';
import { typeName } from '../../forecast/types/labels.ts';
import { column, count, section, share, table, text } from './report.ts';

export type Grouping = 'type' | 'championship' | 'season' | 'strength' | 'selection';

function groupName(by: Grouping, group: RecordGroup, locale: Locale): string {
  if (by === 'type') return typeName(group.key as PublishedType, locale);
  if (by === 'selection') return locale.t(`reports.selection.${group.key}`);
  if (by !== 'strength') return group.name;
  const low = Number(group.key) / 100;
  return `${locale.percent(low, 0)} – ${locale.percent(low + 0.05, 0)}`;
}

/** A table of groups: how many, how many came true with the exact interval, what was to be expected, what sets held. */
function recordTable(by: Grouping, groups: readonly RecordGroup[], locale: Locale): Table {
  const t = (key: string): string => locale.t(`reports.columns.${key}`);
  const held = ({ n, held: hits }: RecordGroup['held80']) => share(n === 0 ? null : hits / n);
  return table(
    t('caption'),
    [
      { heading: t(by), align: 'start', isRowHeading: true },
      column(t('n')),
      column(t('rate')),
      column(t('interval')),
      column(t('expected')),
      column(t('held-80')),
      column(t('held-90')),
    ],
    groups.map((group) => [
      text(groupName(by, group, locale)),
      count(group.n),
      share(group.hits / group.n),
      text(`${locale.percent(group.low)} – ${locale.percent(group.high)}`),
      share(group.meanProbability),
      held(group.held80),
      held(group.held90),
    ]),
  );
}

/** The same as a section, with a chart where it helps the eye. */
export function recordSection(
  by: Grouping,
  groups: readonly RecordGroup[],
  { locale, hasChart = false }: { readonly locale: Locale; readonly hasChart?: boolean },
): Section[] {
  if (groups.length === 0) return [];
  const heading = locale.t(`reports.by.${by}`);
  const chart: ChartSpec = {
    kind: 'intervals',
    title: heading,
    description: locale.t('reports.chart', { count: groups.length }),
    unit: 'share',
    references: [],
    rows: groups.map((group) => ({
      name: groupName(by, group, locale),
      value: group.hits / group.n,
      low: group.low,
      high: group.high,
    })),
  };
  const blocks = [...(hasChart ? [chart] : []), recordTable(by, groups, locale)];
  return [section(`by-${by}`, heading, { blocks })];
}

/** Groups as rows for programs. */
export function recordDataset(
  parts: readonly (readonly [Grouping, readonly RecordGroup[]])[],
  locale: Locale,
): { readonly columns: readonly DatasetColumn[]; readonly rows: DatasetValue[][] } {
  const column = (key: string, kind: DatasetColumn['kind'], heading: string): DatasetColumn => ({
    key,
    kind,
    heading: locale.t(`reports.columns.${heading}`),
  });
  return {
    columns: [
      column('by', 'text', 'by'),
      column('key', 'text', 'key'),
      column('name', 'text', 'name'),
      column('n', 'integer', 'n'),
      column('hits', 'integer', 'hits'),
      column('low', 'number', 'low'),
      column('high', 'number', 'high'),
      column('meanProbability', 'number', 'expected'),
      column('brier', 'number', 'brier'),
      column('held80', 'integer', 'held-80'),
      column('held90', 'integer', 'held-90'),
    ],
    rows: parts.flatMap(([by, groups]) =>
      groups.map((group) => [
        ...[by, group.key, groupName(by, group, locale), group.n, group.hits, group.low, group.high],
        ...[group.meanProbability, group.brier, group.held80.held, group.held90.held],
      ]),
    ),
  };
}
