import { Select } from '@mantine/core';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ChartFigure } from '../../components/chart-figure.tsx';
import type { ChartTheme } from '../../components/chart-theme.ts';
import { lineChart } from '../../components/charts/line-chart.ts';
import { useFormat } from '../../components/format.ts';
import { Section } from '../../components/screen.tsx';
import { useRunNames } from '../../components/models/run-names.ts';
import type { ShownRun } from '../../components/models/answers.ts';
import type { ModelsViewProps } from './route.tsx';
import { runColour } from './run-colour.ts';

/** Curves need more than a point. */
const fewestPoints = 2;

interface Curve {
  readonly run: ShownRun['run'];
  readonly key: string;
  readonly points: readonly { readonly x: number; readonly y: number | null }[];
}

/** How the visible runs learnt, round by round; it grows while one trains. */
export function CurvesSection({
  runs,
  search,
  change,
}: ModelsViewProps & { readonly runs: readonly ShownRun[] }) {
  const { t } = useTranslation('models');
  const format = useFormat();
  const names = useRunNames();
  const keys = useMemo(() => curveKeys(runs), [runs]);
  const metric = search.metric !== undefined && keys.includes(search.metric) ? search.metric : keys.at(-1);
  const curves = useMemo(() => (metric === undefined ? [] : curvesOf(runs, metric)), [runs, metric]);
  const nameOf = useCallback(
    ({ run, key }: Curve) =>
      key.startsWith('training/') ? t('curves.training', { name: names.run(run.name) }) : names.run(run.name),
    [t, names],
  );
  const option = useCallback(
    (theme: ChartTheme) =>
      lineChart(theme, {
        xKind: 'value',
        xName: t('curves.round'),
        yName: t('curves.loss'),
        yAxis: { isFree: true, nameGap: 48 },
        yText: (value) => theme.format.number(value, 4),
        series: curves.map((curve) => ({
          name: nameOf(curve),
          points: curve.points,
          colour: runColour(theme.tokens, curve.run.id),
          style: curve.key.startsWith('training/') ? ('dashed' as const) : ('solid' as const),
          hasPoints: curve.points.length < 12,
        })),
      }),
    [curves, nameOf, t],
  );
  const labelOf = (key: string) => {
    if (key.startsWith('validation/')) {
      return t('curves.validation', { fold: names.fold(key.slice('validation/'.length)) });
    }
    return key === 'foldLogLoss' ? t('curves.folds') : key;
  };
  if (metric === undefined) return null;
  return (
    <Section
      title={t('curves.title')}
      info={t('curves.info')}
      actions={
        <Select
          aria-label={t('curves.metric')}
          data={keys.map((value) => ({ value, label: labelOf(value) }))}
          value={metric}
          onChange={(value) => {
            if (value !== null) change({ metric: value });
          }}
          allowDeselect={false}
          w={280}
        />
      }
    >
      <ChartFigure
        title={labelOf(metric)}
        isTitleHidden
        description={t('curves.description', { n: format.count(curves.length) })}
        option={option}
        height={280}
        table={{
          columns: [
            { key: 'run', label: t('runs.columns.name') },
            { key: 'round', label: t('curves.round') },
            { key: 'value', label: t('curves.loss') },
          ],
          rows: curves.flatMap((curve) =>
            curve.points.map(({ x, y }) => ({ run: nameOf(curve), round: x, value: y })),
          ),
        }}
      />
    </Section>
  );
}

/** Metrics with a course, learning curves last and the newest fold at the very end. */
function curveKeys(runs: readonly ShownRun[]): string[] {
  const counts = new Map<string, number>();
  for (const { run, metrics } of runs) {
    for (const { key } of metrics) counts.set(`${run.id} ${key}`, (counts.get(`${run.id} ${key}`) ?? 0) + 1);
  }
  const keys = new Set(
    [...counts].filter(([, n]) => n >= fewestPoints).map(([name]) => name.slice(name.indexOf(' ') + 1)),
  );
  const rank = (key: string) => (key.startsWith('validation/') ? 1 : 0);
  return [...keys]
    .filter((key) => !key.startsWith('training/'))
    .sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
}

/** A validation curve comes with the training curve of the same fold. */
function curvesOf(runs: readonly ShownRun[], metric: string): Curve[] {
  const wanted = [
    metric,
    ...(metric.startsWith('validation/') ? [metric.replace('validation/', 'training/')] : []),
  ];
  return runs.flatMap(({ run, metrics }) =>
    wanted.flatMap((key) => {
      const points = metrics
        .filter((point) => point.key === key)
        .map(({ step, value }) => ({ x: step + 1, y: value }));
      return points.length === 0 ? [] : [{ run, key, points }];
    }),
  );
}
