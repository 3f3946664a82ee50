import { useTranslation } from 'react-i18next';
import type { ExportTable } from '../../../engine/contract/exports.ts';
import type { RecordGroup } from '../../../engine/contract/results.ts';
import { useFormat } from '../../components/format.ts';
import { Missing } from '../../components/missing.tsx';
import { SimpleTable } from '../../components/simple-table.tsx';
import { useGroupNames } from './group-names.ts';
import type { ResultsSearch } from './route.tsx';
import classes from './results.module.css';

export interface RecordTableProps {
  readonly groups: readonly RecordGroup[];
  readonly nameOf: (group: RecordGroup) => string;
  readonly title: string;
}

/** One line a group. */
export function RecordTable({ groups, nameOf, title }: RecordTableProps) {
  const { t } = useTranslation('results');
  const format = useFormat();
  const column = (key: string) => ({
    key,
    title: t(`table.${key}`),
    definition: t(`table.${key}-definition`),
    align: 'end' as const,
  });
  const held = ({ n, held: count }: RecordGroup['held80']) =>
    n === 0 ? <Missing reason={t('record.no-sets')} /> : format.percent(count / n);
  return (
    <SimpleTable
      caption={t('table.caption', { title })}
      isDense
      rows={groups}
      rowKey={({ key }) => key}
      columns={[
        {
          key: 'name',
          title: t('table.name'),
          isRowHead: true,
          cell: (group) => <span className={classes.name}>{nameOf(group)}</span>,
        },
        { key: 'n', title: t('table.n'), align: 'end', cell: ({ n }) => format.count(n) },
        { key: 'hits', title: t('table.hits'), align: 'end', cell: ({ hits }) => format.count(hits) },
        { ...column('rate'), cell: ({ n, hits }) => format.percent(hits / n) },
        {
          ...column('interval'),
          cell: ({ low, high }) => format.range(low, high, (value) => format.percent(value)),
        },
        { ...column('expected'), cell: ({ meanProbability }) => format.percent(meanProbability) },
        { ...column('brier'), cell: ({ brier }) => format.number(brier, 4) },
        { ...column('held-80'), cell: ({ held80 }) => held(held80) },
        { ...column('held-90'), cell: ({ held90 }) => held(held90) },
      ]}
    />
  );
}

/** The groups as a table for the engine's writers. */
export function useRecordExport(groups: readonly RecordGroup[], by: ResultsSearch['by']): () => ExportTable {
  const { t } = useTranslation('results');
  const format = useFormat();
  const nameOf = useGroupNames(by);
  return () => ({
    name: `${t('title')} ${t(`record.by.${by}`)}`,
    title: t(`record.groups.${by}`),
    subtitle: t('record.title'),
    notes: [],
    zone: format.preferences.zone,
    columns: [
      { key: 'group', heading: t('table.name'), kind: 'text' },
      { key: 'n', heading: t('table.n'), kind: 'integer' },
      { key: 'hits', heading: t('table.hits'), kind: 'integer' },
      { key: 'low', heading: t('chart.low'), kind: 'percent' },
      { key: 'high', heading: t('chart.high'), kind: 'percent' },
      { key: 'meanProbability', heading: t('table.expected'), kind: 'percent' },
      { key: 'brier', heading: t('table.brier'), kind: 'number', digits: 4 },
      { key: 'held80.n', heading: `${t('table.held-80')}, n`, kind: 'integer' },
      { key: 'held80.held', heading: t('table.held-80'), kind: 'integer' },
      { key: 'held90.n', heading: `${t('table.held-90')}, n`, kind: 'integer' },
      { key: 'held90.held', heading: t('table.held-90'), kind: 'integer' },
    ],
    rows: groups.map((group) => [
      nameOf(group),
      ...[group.n, group.hits, group.low, group.high, group.meanProbability, group.brier],
      ...[group.held80.n, group.held80.held, group.held90.n, group.held90.held],
    ]),
  });
}
