import { SegmentedControl } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { levels, type Finding, type FindingWords, type Level } from '../../../engine/contract/monitoring.ts';
import { useFormat } from '../../components/format.ts';
import { Section } from '../../components/screen.tsx';
import { SimpleTable } from '../../components/simple-table.tsx';
import type { SimpleColumn } from '../../components/simple-table.tsx';
import { LevelMark } from './level-mark.tsx';
import { monitoringRoute } from './route.tsx';
import classes from './monitoring.module.css';

type Worded = Finding & { readonly words: FindingWords };

const gravity = { critical: 0, warning: 1, unknown: 2, good: 3 } as const satisfies Record<Level, number>;

/** Everything that was looked at, the gravest first. */
export function FindingTable({ findings }: { readonly findings: readonly Worded[] }) {
  const { t } = useTranslation('monitoring');
  const format = useFormat();
  const { level } = monitoringRoute.useSearch();
  const navigate = useNavigate({ from: monitoringRoute.fullPath });
  const rows = findings
    .filter((one) => level === 'all' || one.level === level)
    .toSorted((a, b) => gravity[a.level] - gravity[b.level]);
  const countOf = (wanted: Level) => findings.filter((one) => one.level === wanted).length;
  const columns: SimpleColumn<Worded>[] = [
    {
      key: 'rule',
      title: t('findings.rule'),
      isRowHead: true,
      cell: ({ words }) => words.title,
    },
    {
      key: 'subject',
      title: t('findings.subject'),
      cell: ({ words }) => <span dir="auto">{words.subject}</span>,
    },
    { key: 'level', title: t('findings.level'), cell: (one) => <LevelMark level={one.level} /> },
    { key: 'figure', title: t('findings.figure'), align: 'end', cell: ({ words }) => words.figure },
    { key: 'n', title: t('record.n'), align: 'end', cell: ({ n }) => format.count(n) },
    {
      key: 'text',
      title: t('findings.text'),
      cell: (one) => (one.level === 'good' ? <span className={classes.muted}>–</span> : one.words.text),
    },
  ];
  return (
    <Section
      title={t('findings.title')}
      info={t('findings.info')}
      flush
      actions={
        <SegmentedControl
          size="xs"
          aria-label={t('findings.level')}
          value={level}
          onChange={(next) => {
            const chosen = levels.find((one) => one === next) ?? 'all';
            void navigate({ search: (before) => ({ ...before, level: chosen }), replace: true });
          }}
          data={[
            { value: 'all', label: t('findings.all', { n: format.count(findings.length) }) },
            ...levels.map((one) => ({
              value: one,
              label: t('findings.of-level', { level: t(`levels.${one}`), n: format.count(countOf(one)) }),
            })),
          ]}
        />
      }
    >
      <SimpleTable
        caption={t('findings.title')}
        columns={columns}
        rows={rows}
        rowKey={({ rule, subject }) => `${rule} ${subject}`}
        isDense
        empty={t('findings.none')}
      />
    </Section>
  );
}
