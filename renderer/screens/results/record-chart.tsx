import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordGroup } from '../../../engine/contract/results.ts';
import { ChartFigure } from '../../components/chart-figure.tsx';
import type { ChartTheme } from '../../components/chart-theme.ts';
import { intervalBars } from '../../components/charts/interval-bars.ts';
import { lineChart } from '../../components/charts/line-chart.ts';
import { useFormat } from '../../components/format.ts';
import { useGroupNames } from './group-names.ts';
import type { ResultsSearch } from './route.tsx';

export interface RecordChartProps {
  readonly by: ResultsSearch['by'];
  readonly groups: readonly RecordGroup[];
}

/** Hit rates with their intervals beside what the probabilities promised. */
export function RecordChart({ by, groups }: RecordChartProps) {
  const { t } = useTranslation('results');
  const format = useFormat();
  const nameOf = useGroupNames(by);
  const isLine = by === 'strength' || by === 'season' || by === 'month';
  const rows = useMemo(
    () =>
      groups.map((group) => ({
        name: nameOf(group),
        rate: group.hits / group.n,
        low: group.low,
        high: group.high,
        expected: group.meanProbability,
        n: group.n,
      })),
    [groups, nameOf],
  );
  const option = useCallback(
    (theme: ChartTheme) => {
      const percent = (value: number) => theme.format.percent(value);
      if (!isLine) {
        return intervalBars(theme, {
          isDot: true,
          text: percent,
          nameWidth: 220,
          bars: rows.map(({ name, rate, low, high, expected, n }) => ({
            name,
            value: rate,
            low,
            high,
            note: t('chart.note', { expected: percent(expected), n: theme.format.count(n) }),
          })),
        });
      }
      return lineChart(theme, {
        xKind: 'category',
        yText: percent,
        yAxis: { label: (value) => theme.format.percent(value, 0) },
        series: [
          {
            name: t('chart.rate'),
            hasPoints: true,
            points: rows.map(({ name, rate, low, high }) => ({ x: name, y: rate, low, high })),
          },
          {
            name: t('chart.expected'),
            style: 'dashed',
            points: rows.map(({ name, expected }) => ({ x: name, y: expected })),
          },
        ],
      });
    },
    [rows, isLine, t],
  );
  return (
    <ChartFigure
      title={t(`record.groups.${by}`)}
      isTitleHidden
      description={t('chart.description', { count: groups.length })}
      option={option}
      height={isLine ? 280 : 40 + rows.length * 28}
      table={{
        columns: [
          { key: 'name', label: t(`record.by.${by}`) },
          { key: 'rate', label: t('chart.rate'), text: (value) => format.percent(value) },
          { key: 'low', label: t('chart.low'), text: (value) => format.percent(value) },
          { key: 'high', label: t('chart.high'), text: (value) => format.percent(value) },
          { key: 'expected', label: t('chart.expected'), text: (value) => format.percent(value) },
          { key: 'n', label: 'n' },
        ],
        rows,
      }}
    />
  );
}
