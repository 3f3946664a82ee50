import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { StudyDetail } from '../../../engine/contract/studies.ts';
import { ChartFigure } from '../../components/chart-figure.tsx';
import type { ChartTheme } from '../../components/chart-theme.ts';
import { lineChart } from '../../components/charts/line-chart.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { useFormat } from '../../components/format.ts';

/** The loss of every complete trial, and the best so far as a staircase. */
export function ProgressFigure({ detail }: { readonly detail: StudyDetail }) {
  const { t } = useTranslation('models');
  const format = useFormat();
  const { present } = detail;
  const points = useMemo(() => progressOf(detail), [detail]);
  const option = useCallback(
    (theme: ChartTheme) =>
      lineChart(theme, {
        xKind: 'value',
        xName: t('study.trial'),
        yName: t('study.loss'),
        yAxis: { isFree: true, nameGap: 48 },
        yText: (value) => theme.format.number(value, 4),
        series: [
          {
            name: t('study.each'),
            points: points.map(({ number, value }) => ({ x: number, y: value })),
            colour: theme.tokens.axis,
            hasPoints: true,
            isFaint: true,
          },
          {
            name: t('study.best-so-far'),
            points: points.map(({ number, best }) => ({ x: number, y: best })),
            isStep: true,
          },
        ],
        levels: present === null ? [] : [{ value: present, label: t('study.present') }],
      }),
    [points, present, t],
  );
  if (points.length === 0) return <EmptyState title={t('studies.none-complete')} />;
  return (
    <ChartFigure
      title={t('study.progress')}
      isTitleHidden
      description={t('study.progress-description', {
        n: format.count(points.length),
        best: format.number(points.at(-1)?.best, 4),
      })}
      option={option}
      height={260}
      table={{
        columns: [
          { key: 'number', label: t('study.trial') },
          { key: 'value', label: t('study.loss') },
          { key: 'best', label: t('study.best-so-far') },
        ],
        rows: points,
      }}
    />
  );
}

function progressOf({ trials }: StudyDetail): { number: number; value: number; best: number }[] {
  let best = Infinity;
  return trials.flatMap(({ number, state, value }) => {
    if (state !== 'complete' || value === null) return [];
    best = Math.min(best, value);
    return [{ number, value, best }];
  });
}
