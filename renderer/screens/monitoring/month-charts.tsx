import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { MonitoringReport } from '../../../engine/contract/monitoring.ts';
import { ChartFigure } from '../../components/chart-figure.tsx';
import type { ChartTheme } from '../../components/chart-theme.ts';
import { lineChart } from '../../components/charts/line-chart.ts';
import { Section } from '../../components/screen.tsx';
import classes from './monitoring.module.css';

type Month = MonitoringReport['months'][number];

interface MonthChartsProps {
  readonly months: readonly Month[];
  readonly day: string;
}

/** Log loss and coverage of live forecasts over the months; of football, or of the sport that has some. */
export function MonthCharts({ months, day }: MonthChartsProps) {
  const { t } = useTranslation('monitoring');
  const sport = months.find((one) => one.sport === 'football')?.sport ?? months[0]?.sport;
  const shown = months.filter((one) => one.sport === sport);
  if (shown.length < 2) return null;
  return (
    <Section title={t('months.title')} info={t('months.info')}>
      <div className={classes.charts}>
        <LossChart months={shown} day={day} />
        <CoverageChart months={shown} day={day} />
      </div>
    </Section>
  );
}

function LossChart({ months, day }: MonthChartsProps) {
  const { t } = useTranslation('monitoring');
  const option = useCallback(
    (theme: ChartTheme) =>
      lineChart(theme, {
        xKind: 'category',
        series: [
          { name: t('record.model'), points: pointsOf(months, ({ logLoss }) => logLoss), hasPoints: true },
          { name: t('record.base'), points: pointsOf(months, ({ baseRate }) => baseRate), style: 'dotted' },
          { name: t('record.close'), points: pointsOf(months, ({ closing }) => closing), style: 'dashed' },
        ],
      }),
    [months, t],
  );
  const table = {
    columns: [
      { key: 'month', label: t('months.month') },
      { key: 'n', label: t('record.n') },
      { key: 'logLoss', label: t('record.model') },
      { key: 'baseRate', label: t('record.base') },
      { key: 'closing', label: t('record.close') },
    ],
    rows: months.map(({ month, n, logLoss, baseRate, closing }) => ({
      month,
      n,
      logLoss,
      baseRate,
      closing,
    })),
  };
  const description = t('months.loss-description', { count: months.length });
  return (
    <ChartFigure
      title={t('months.loss')}
      description={description}
      option={option}
      table={table}
      name={[t('title'), day]}
    />
  );
}

function CoverageChart({ months, day }: MonthChartsProps) {
  const { t } = useTranslation('monitoring');
  const option = useCallback(
    (theme: ChartTheme) =>
      lineChart(theme, {
        xKind: 'category',
        yText: (value) => theme.format.percent(value, 0),
        levels: [
          { value: 0.8, label: '80 %' },
          { value: 0.9, label: '90 %' },
        ],
        series: [
          {
            name: t('record.coverage80'),
            points: pointsOf(months, ({ coverage80 }) => coverage80),
            hasPoints: true,
          },
          {
            name: t('record.coverage90'),
            points: pointsOf(months, ({ coverage90 }) => coverage90),
            style: 'dashed',
          },
        ],
      }),
    [months, t],
  );
  const table = {
    columns: [
      { key: 'month', label: t('months.month') },
      { key: 'n', label: t('record.n') },
      { key: 'coverage80', label: t('record.coverage80') },
      { key: 'coverage90', label: t('record.coverage90') },
    ],
    rows: months.map(({ month, n, coverage80, coverage90 }) => ({ month, n, coverage80, coverage90 })),
  };
  return (
    <ChartFigure
      title={t('months.coverage')}
      description={t('months.coverage-description', { count: months.length })}
      option={option}
      table={table}
      name={[t('title'), day]}
    />
  );
}

function pointsOf(months: readonly Month[], value: (month: Month) => number | null) {
  return months.map((one) => ({ x: one.month, y: value(one) }));
}
