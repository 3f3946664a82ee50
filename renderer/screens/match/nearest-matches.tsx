import { useTranslation } from 'react-i18next';
import type { Explanation } from '../../../engine/contract/explanation.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { useFormat } from '../../components/format.ts';
import { MatchLink } from '../../components/match-link.tsx';
import { ProbabilityBar } from '../../components/probability-bar.tsx';
import { SimpleTable } from '../../components/simple-table.tsx';
import classes from './match.module.css';

/** The earlier matches most like this one, and how a wider circle of them ended. */
export function NearestMatches({ nearest }: { readonly nearest: Explanation['nearest'] }) {
  const { t } = useTranslation('match');
  const format = useFormat();
  const { endings, matches, considered, features } = nearest;
  if (matches.length === 0) return <EmptyState title={t('nearest.none')} />;
  return (
    <>
      <div className={classes.endings}>
        <p>
          {t('nearest.endings', {
            count: endings.n,
            n: format.count(endings.n),
            considered: format.count(considered),
            features: format.count(features.length),
          })}
        </p>
        <ProbabilityBar
          home={endings.H / endings.n}
          draw={endings.D / endings.n}
          away={endings.A / endings.n}
          figures="below"
        />
      </div>
      <SimpleTable
        caption={t('nearest.title')}
        isDense
        rows={matches}
        rowKey={({ matchId }) => matchId}
        columns={[
          { key: 'day', title: t('nearest.day'), cell: ({ matchDay }) => format.day(matchDay) },
          {
            key: 'match',
            title: t('nearest.match'),
            isRowHead: true,
            cell: ({ matchId, home, away }) => <MatchLink id={matchId} home={home} away={away} />,
          },
          {
            key: 'score',
            title: t('nearest.score'),
            align: 'end',
            cell: ({ homeGoals, awayGoals }) => `${homeGoals}:${awayGoals}`,
          },
          {
            key: 'distance',
            title: t('nearest.distance'),
            definition: t('nearest.distance-definition'),
            align: 'end',
            cell: ({ distance }) => format.number(distance, 2),
          },
        ]}
      />
    </>
  );
}
