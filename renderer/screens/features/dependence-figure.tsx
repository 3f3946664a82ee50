import { Select } from '@mantine/core';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { ChartFigure } from '../../components/chart-figure.tsx';
import type { ChartTheme } from '../../components/chart-theme.ts';
import { scatterChart } from '../../components/charts/scatter-chart.ts';
import { useFormat } from '../../components/format.ts';
import type { AnsweredReport } from './answers.ts';
import type { FeatureViewProps } from './feature-name.tsx';

type Points = NonNullable<AnsweredReport['shap']>['features'][number];

/** What a feature adds to a forecast, as a function of its value; a match a point. */
export function DependenceFigure(props: {
  readonly shap: NonNullable<AnsweredReport['shap']>;
  readonly picked: string | undefined;
  readonly change: FeatureViewProps['change'];
}) {
  const { shap, picked, change } = props;
  const { t } = useTranslation('features');
  const points = shap.features.find(({ name }) => name === picked) ?? shap.features[0];
  if (!points) return null;
  return (
    <Dependence
      points={points}
      tools={
        <Select
          aria-label={t('shap.feature')}
          data={shap.features.map(({ name }) => name)}
          value={points.name}
          onChange={(name) => {
            if (name !== null) change({ feature: name });
          }}
          searchable
          allowDeselect={false}
          w={220}
        />
      }
    />
  );
}

export function Dependence({ points, tools }: { readonly points: Points; readonly tools?: React.ReactNode }) {
  const { t } = useTranslation('features');
  const format = useFormat();
  const present = points.values.flatMap((x, at) => (x === null ? [] : [{ x, y: points.contributions[at]! }]));
  const option = useCallback(
    (theme: ChartTheme) =>
      scatterChart(theme, {
        groups: [
          {
            name: points.name,
            points: points.values.flatMap((x, at) =>
              x === null ? [] : [{ x, y: points.contributions[at]! }],
            ),
          },
        ],
        xAxis: { name: points.name },
        yAxis: { name: t('shap.axis'), label: (value) => theme.format.signed(value, 2), nameGap: 44 },
        symbolSize: 5,
      }),
    [points, t],
  );
  return (
    <ChartFigure
      title={t('shap.dependence', { feature: points.name })}
      description={t('shap.dependence-description', {
        n: format.count(present.length),
        missing: format.count(points.values.length - present.length),
      })}
      option={option}
      height={360}
      name={[points.name, t('shap.title')]}
      tools={tools}
      table={{
        columns: [
          { key: 'x', label: points.name },
          { key: 'y', label: t('shap.axis') },
        ],
        rows: present,
      }}
    />
  );
}
