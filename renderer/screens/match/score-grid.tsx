import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { MatchJoint } from '../../../engine/contract/match.ts';
import type { MatchView } from '../../../engine/contract/match-view.ts';
import { heatMap } from '../../components/charts/heat-map.ts';
import { ChartFigure } from '../../components/chart-figure.tsx';
import type { ChartTheme } from '../../components/chart-theme.ts';
import { useFormat } from '../../components/format.ts';
import { shownGrid } from './shown-grid.ts';
import classes from './match.module.css';

const goals = ['0', '1', '2', '3', '4', '5', '6+'];

/** The grid of scores as colours with figures; scores of six and more goals a side share a row or column. */
export function ScoreGrid({ joint, match }: { readonly joint: MatchJoint; readonly match: MatchView }) {
  const { t } = useTranslation('match');
  const format = useFormat();
  const { home, away } = match;
  const { cells, size } = joint;
  const xName = t('grid.axis', { team: away.name });
  const yName = t('grid.axis', { team: home.name });
  const option = useCallback(
    (theme: ChartTheme) =>
      heatMap(theme, {
        xNames: goals,
        yNames: goals,
        values: shownGrid(cells, size, goals.length),
        scale: 'sequential',
        text: (value) => theme.format.probability(value),
        hasFigures: true,
        isTopDown: true,
        xName,
        yName,
      }),
    [cells, size, xName, yName],
  );
  const likeliest = format.list(
    joint.likeliest
      .slice(0, 3)
      .map((one) => `${one.home}:${one.away} (${format.probability(one.probability)})`),
  );
  return (
    <>
      <ChartFigure
        title={t('grid.title')}
        isTitleHidden
        description={t('grid.description', { home: home.name, away: away.name, likeliest })}
        option={option}
        height={340}
        name={[home.name, away.name, match.day]}
        table={{
          columns: [
            { key: 'home', label: yName },
            { key: 'away', label: xName },
            {
              key: 'probability',
              label: t('result.probability'),
              text: (value) => format.probability(value, 3),
            },
          ],
          rows: cells.map((probability, at) => ({
            home: Math.floor(at / size),
            away: at % size,
            probability,
          })),
        }}
      />
      <p className={classes.caption}>
        {t('grid.summary', {
          home: format.number(joint.expectedGoals.home, 2),
          away: format.number(joint.expectedGoals.away, 2),
          likeliest,
        })}
      </p>
    </>
  );
}
