import { SegmentedControl } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ChartFigure } from '../../components/chart-figure.tsx';
import type { ChartTheme } from '../../components/chart-theme.ts';
import { intervalBars } from '../../components/charts/interval-bars.ts';
import { useFormat } from '../../components/format.ts';
import { Missing } from '../../components/missing.tsx';
import { Section } from '../../components/screen.tsx';
import { SimpleTable } from '../../components/simple-table.tsx';
import type { AnsweredReport } from './report.ts';
import { coverageGroupings, type CalibrationSearch, type ChangeCalibration } from './route.tsx';
import classes from './calibration.module.css';

type Row = AnsweredReport['coverage'][number];

/** Whether the published sets keep what they promise: to each result, and by what a reader would look at. */
export function CoverageSection(props: {
  readonly report: AnsweredReport;
  readonly search: CalibrationSearch;
  readonly change: ChangeCalibration;
  readonly nameOf: (code: string) => string;
}) {
  const { report, search, change, nameOf } = props;
  const { t } = useTranslation(['calibration', 'engine']);
  const format = useFormat();
  const level = Number(search.level);
  const { by } = search;
  const rows = useMemo(
    () => report.coverage.filter((row) => row.level === level && (row.by === by || row.by === 'all')),
    [report, level, by],
  );
  const law = report.coverageLaw.find((one) => one.level === level);
  const groupName = (row: Row) => nameOfGroup(row, { t, format, nameOf });
  const percent = (value: number) => format.percent(value);
  const option = useCallback(
    (theme: ChartTheme) =>
      intervalBars(theme, {
        isDot: true,
        bars: rows.map((row) => ({
          name: nameOfGroup(row, { t, format, nameOf }),
          value: row.coverage,
          low: row.low,
          high: row.high,
          note: t('coverage.n', { n: format.count(row.n) }),
        })),
        text: (value) => theme.format.percent(value, 0),
        reference: { value: level, label: t('coverage.promise', { level: theme.format.percent(level, 0) }) },
        nameWidth: 150,
      }),
    [rows, level, t, format, nameOf],
  );
  return (
    <Section
      title={t('coverage.title')}
      info={t('coverage.info')}
      note={
        law &&
        t('coverage.law', {
          window: format.count(law.window),
          level: format.percent(level, 0),
          low: format.percent(law.low),
          high: format.percent(law.high),
        })
      }
      actions={
        <>
          <SegmentedControl
            aria-label={t('coverage.level')}
            data={(['0.8', '0.9'] as const).map((value) => ({
              value,
              label: format.percent(Number(value), 0),
            }))}
            value={search.level}
            onChange={(value) => {
              change({ level: value === '0.9' ? '0.9' : '0.8' });
            }}
          />
          <SegmentedControl
            aria-label={t('coverage.by')}
            data={coverageGroupings.map((value) => ({ value, label: t(`coverage.groupings.${value}`) }))}
            value={search.by}
            onChange={(value) => {
              change({ by: coverageGroupings.find((one) => one === value) ?? 'class' });
            }}
          />
        </>
      }
    >
      <div className={classes.split}>
        <ChartFigure
          title={t('coverage.chart', { level: format.percent(level, 0) })}
          description={t('coverage.description', {
            kept: format.count(rows.filter(isKept).length),
            groups: format.count(rows.length),
          })}
          option={option}
          height={Math.max(160, 36 + rows.length * 30)}
          table={{
            columns: [
              { key: 'group', label: t(`coverage.groupings.${search.by}`) },
              { key: 'n', label: t('coverage.columns.n') },
              { key: 'coverage', label: t('coverage.columns.covered'), text: percent },
              { key: 'low', label: t('coverage.columns.low'), text: percent },
              { key: 'high', label: t('coverage.columns.high'), text: percent },
            ],
            rows: rows.map((row) => ({
              group: groupName(row),
              n: row.n,
              coverage: row.coverage,
              low: row.low,
              high: row.high,
            })),
          }}
        />
        <SimpleTable
          caption={t('coverage.title')}
          isDense
          rows={rows}
          rowKey={(row) => `${row.by} ${row.group}`}
          columns={[
            {
              key: 'group',
              title: t(`coverage.groupings.${search.by}`),
              isRowHead: true,
              cell: groupName,
            },
            { key: 'n', title: 'n', align: 'end', cell: (row) => format.count(row.n) },
            {
              key: 'covered',
              title: t('coverage.columns.covered'),
              definition: t('coverage.columns.covered-definition'),
              align: 'end',
              cell: (row) => (
                <>
                  {percent(row.coverage)}
                  <br />
                  <span className={classes.small}>{format.range(row.low, row.high, percent)}</span>
                </>
              ),
            },
            {
              key: 'promised',
              title: t('coverage.columns.promised'),
              definition: t('coverage.columns.promised-definition'),
              align: 'end',
              cell: (row) =>
                row.promised ? (
                  format.range(row.promised.low, row.promised.high, percent)
                ) : (
                  <Missing reason={t('coverage.no-promise')} />
                ),
            },
            {
              key: 'verdict',
              title: t('coverage.columns.verdict'),
              cell: (row) => {
                if (!row.promised) return <Missing reason={t('coverage.no-promise')} />;
                const side = isKept(row) ? 'kept' : row.coverage < row.promised.low ? 'below' : 'above';
                return (
                  <span className={classes.mark}>
                    <span aria-hidden>{{ kept: '✓', below: '▼', above: '▲' }[side]}</span>
                    {t(`coverage.verdicts.${side}`)}
                  </span>
                );
              },
            },
            {
              key: 'size',
              title: t('coverage.columns.size'),
              definition: t('coverage.columns.size-definition'),
              align: 'end',
              cell: (row) => format.number(row.meanSize, 2),
            },
          ]}
        />
      </div>
      {search.by === 'set-size' && <p className={classes.note}>{t('coverage.size-note')}</p>}
    </Section>
  );
}

function isKept(row: Row): boolean {
  return row.promised === null || (row.coverage >= row.promised.low && row.coverage <= row.promised.high);
}

function nameOfGroup(
  row: Row,
  means: {
    readonly t: TFunction<readonly ['calibration', 'engine']>;
    readonly format: ReturnType<typeof useFormat>;
    readonly nameOf: (code: string) => string;
  },
): string {
  const { t, format, nameOf } = means;
  switch (row.by) {
    case 'all':
      return t('coverage.all');
    case 'class':
      return t(`engine:evaluation.classes.${row.group}`);
    case 'championship':
      return nameOf(row.group);
    case 'month':
      return monthName(Number(row.group), format.preferences.language);
    case 'set-size':
      return t('coverage.size', { count: Number(row.group) });
    default:
      return row.group;
  }
}

function monthName(month: number, language: string): string {
  return new Intl.DateTimeFormat(language, { month: 'long', timeZone: 'UTC' }).format(
    Date.UTC(2026, month - 1, 1),
  );
}
