import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { WinnersCurse } from '../../../engine/contract/results.ts';
import { ChartFigure } from '../../components/chart-figure.tsx';
import type { ChartTheme } from '../../components/chart-theme.ts';
import { scatterChart } from '../../components/charts/scatter-chart.ts';
import { useFormat } from '../../components/format.ts';

/** Every filter: by how much it beat its probabilities before the split, and afterwards. */
export function CurseCloud({ found }: { readonly found: WinnersCurse }) {
  const { t } = useTranslation('results');
  const format = useFormat();
  const { cloud } = found;
  const option = useCallback(
    (theme: ChartTheme) => {
      const points = (value: number) => theme.format.signed(value * 100, 1);
      // Both axes alike, so that the line of kept promises lies at an even slope.
      const farthest = Math.max(
        0.05,
        ...cloud.flatMap(({ past, future }) => [Math.abs(past), Math.abs(future)]),
      );
      const end = Math.ceil(farthest * 20) / 20;
      return scatterChart(theme, {
        symbolSize: 6,
        xAxis: { name: t('cloud.past'), label: points, min: -end, max: end },
        yAxis: { name: t('cloud.future'), label: points, min: -end, max: end },
        hasDiagonal: true,
        groups: [
          {
            name: t('cloud.filters'),
            points: cloud.map(({ past, future, n }) => ({
              x: past,
              y: future,
              label: t('cloud.label', { n: theme.format.count(n) }),
            })),
          },
        ],
      });
    },
    [cloud, t],
  );
  const text = (value: number) => format.signed(value * 100, 2);
  return (
    <ChartFigure
      title={t('cloud.title')}
      description={t('cloud.description', { count: cloud.length, n: format.count(cloud.length) })}
      option={option}
      height={320}
      table={{
        columns: [
          { key: 'past', label: t('cloud.past'), text },
          { key: 'future', label: t('cloud.future'), text },
          { key: 'n', label: 'n' },
        ],
        rows: cloud.map(({ past, future, n }) => ({ past, future, n })),
      }}
    />
  );
}
