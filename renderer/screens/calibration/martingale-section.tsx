import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { ChartFigure } from '../../components/chart-figure.tsx';
import type { ChartTheme } from '../../components/chart-theme.ts';
import { lineChart } from '../../components/charts/line-chart.ts';
import { useFormat } from '../../components/format.ts';
import { Metric, MetricRow } from '../../components/metric.tsx';
import { Section } from '../../components/screen.tsx';
import type { AnsweredReport } from './report.ts';

/** A bet against the sets' assumption: its wealth grows only where something drifts. */
export function MartingaleSection(props: { readonly martingale: NonNullable<AnsweredReport['martingale']> }) {
  const { martingale } = props;
  const { t } = useTranslation('calibration');
  const format = useFormat();
  const { path, alarmAt, alarm, highest, last, n } = martingale;
  const option = useCallback(
    (theme: ChartTheme) =>
      lineChart(theme, {
        xKind: 'time',
        yName: t('martingale.wealth'),
        series: [
          {
            name: t('martingale.wealth'),
            points: path.map(({ day, logWealth }) => ({ x: Date.parse(day), y: logWealth })),
          },
        ],
        yText: (value) => theme.format.number(10 ** value, 2),
        // Wealth is multiplied day by day, so the axis is that of its logarithm: a step is ten times as much.
        yAxis: { minStep: 1, label: (value) => theme.format.tick(10 ** value) },
        xText: (value) => theme.format.day(new Date(Number(value)).toISOString().slice(0, 10)),
        levels: [
          { value: Math.log10(alarmAt), label: t('martingale.alarm', { at: theme.format.count(alarmAt) }) },
        ],
      }),
    [path, alarmAt, t],
  );
  return (
    <Section title={t('martingale.title')} info={t('martingale.info')}>
      <MetricRow>
        <Metric
          label={t('martingale.highest')}
          value={format.number(highest, 2)}
          definition={t('martingale.highest-definition', { at: format.count(alarmAt) })}
          n={n}
          verdict={
            alarm
              ? { tone: 'bad', text: t('martingale.alarmed') }
              : { tone: 'good', text: t('martingale.quiet') }
          }
        />
        <Metric
          label={t('martingale.last')}
          value={format.number(last, last < 0.01 ? 6 : 2)}
          definition={t('martingale.last-definition')}
          n={n}
        />
      </MetricRow>
      <ChartFigure
        title={t('martingale.title')}
        isTitleHidden
        description={t('martingale.description', {
          highest: format.number(highest, 2),
          at: format.count(alarmAt),
          n: format.count(n),
        })}
        option={option}
        height={220}
        table={{
          columns: [
            { key: 'day', label: t('martingale.day') },
            { key: 'wealth', label: t('martingale.wealth') },
          ],
          rows: path.map(({ day, logWealth }) => ({ day, wealth: 10 ** logWealth })),
        }}
      />
    </Section>
  );
}
