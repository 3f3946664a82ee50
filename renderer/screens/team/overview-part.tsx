import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { TeamShow } from '../../../engine/contract/team.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { FormDots } from '../../components/form-dots.tsx';
import { useFormat } from '../../components/format.ts';
import { MatchTable } from '../../components/match-table/match-table.tsx';
import { Metric, MetricRow } from '../../components/metric.tsx';
import { Section } from '../../components/screen.tsx';
import { SimpleTable } from '../../components/simple-table.tsx';
import { useShownName } from '../../components/use-shown-name.ts';
import classes from './team.module.css';

/** Where the team stands, its matches around today, and how its seasons ended. */
export function OverviewPart({ data }: { readonly data: TeamShow }) {
  const { t } = useTranslation('team');
  const newest = data.seasons[0];
  return (
    <div className={classes.part}>
      {newest && <Standing season={newest} />}
      <div className={classes.two}>
        <Section title={t('next.title')} flush>
          {data.next.length === 0 ? (
            <EmptyState title={t('next.none')} text={t('next.none-text')} />
          ) : (
            <MatchTable
              caption={t('next.title')}
              hasDays
              columns={['when', 'match', 'probabilities', 'set']}
              groups={[{ key: 'next', matches: data.next }]}
            />
          )}
        </Section>
        <Section title={t('recent.title')} flush>
          {data.recent.length === 0 ? (
            <EmptyState title={t('recent.none')} />
          ) : (
            <MatchTable
              caption={t('recent.title')}
              hasDays
              columns={['when', 'match', 'probabilities', 'verdict']}
              groups={[{ key: 'recent', matches: data.recent }]}
            />
          )}
        </Section>
      </div>
      <Seasons seasons={data.seasons} />
    </div>
  );
}

function Standing({ season }: { readonly season: TeamShow['seasons'][number] }) {
  const { t } = useTranslation('team');
  const format = useFormat();
  const nameOf = useShownName();
  const { line, clubs } = season;
  const perMatch = (points: number, played: number) =>
    played === 0 ? null : format.number(points / played, 2);
  return (
    <Section
      title={t(season.isInPlay ? 'standing.now' : 'standing.last')}
      note={`${nameOf(season.championship.name)}, ${season.season}`}
      actions={<FormDots form={line.form} />}
    >
      <MetricRow>
        <Metric
          label={t('standing.position')}
          value={t('standing.of', { position: line.position, clubs })}
          definition={t('standing.position-definition')}
        />
        <Metric
          label={t('standing.points')}
          value={format.count(line.points)}
          definition={t('standing.points-definition')}
          n={line.played}
        />
        <Metric
          label={t('standing.goals')}
          value={`${line.goalsFor}:${line.goalsAgainst}`}
          definition={t('standing.goals-definition', {
            difference: format.signed(line.goalsFor - line.goalsAgainst, 0),
          })}
          n={line.played}
        />
        <Metric
          label={t('standing.home')}
          value={perMatch(line.homePoints, line.homePlayed)}
          missing={t('standing.no-match')}
          definition={t('standing.home-definition')}
          n={line.homePlayed}
        />
        <Metric
          label={t('standing.away')}
          value={perMatch(line.awayPoints, line.awayPlayed)}
          missing={t('standing.no-match')}
          definition={t('standing.away-definition')}
          n={line.awayPlayed}
        />
      </MetricRow>
    </Section>
  );
}

function Seasons({ seasons }: { readonly seasons: TeamShow['seasons'] }) {
  const { t } = useTranslation('team');
  const format = useFormat();
  const nameOf = useShownName();
  return (
    <Section title={t('seasons.title')} info={t('seasons.info')} flush>
      <SimpleTable
        caption={t('seasons.title')}
        isDense
        rows={seasons}
        rowKey={({ season, championship }) => `${championship.code} ${season}`}
        empty={t('seasons.none')}
        columns={[
          {
            key: 'season',
            title: t('seasons.season'),
            isRowHead: true,
            cell: ({ season, championship }) => (
              <Link
                to="/championship/$code"
                params={{ code: championship.code }}
                search={{ season }}
                className={classes.link ?? ''}
              >
                {season}
              </Link>
            ),
          },
          {
            key: 'championship',
            title: t('seasons.championship'),
            cell: ({ championship }) => nameOf(championship.name),
          },
          {
            key: 'position',
            title: t('standing.position'),
            align: 'end',
            cell: ({ line, clubs }) => t('standing.of', { position: line.position, clubs }),
          },
          {
            key: 'played',
            title: t('seasons.played'),
            align: 'end',
            cell: ({ line }) => format.count(line.played),
          },
          {
            key: 'record',
            title: t('seasons.record'),
            align: 'end',
            cell: ({ line }) => `${line.won}–${line.drawn}–${line.lost}`,
          },
          {
            key: 'goals',
            title: t('standing.goals'),
            align: 'end',
            cell: ({ line }) => `${line.goalsFor}:${line.goalsAgainst}`,
          },
          {
            key: 'points',
            title: t('standing.points'),
            align: 'end',
            cell: ({ line }) => <strong>{format.count(line.points)}</strong>,
          },
        ]}
      />
    </Section>
  );
}
