import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { MatchShow } from '../../../engine/contract/match.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { useFormat } from '../../components/format.ts';
import { MatchTable } from '../../components/match-table/match-table.tsx';
import { Metric } from '../../components/metric.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { RatingChart } from '../../components/rating-chart.tsx';
import { Section } from '../../components/screen.tsx';
import { SimpleTable } from '../../components/simple-table.tsx';
import { api } from '../../connection/client.ts';
import type { ColourTokens } from '../../theme/tokens.ts';
import classes from './match.module.css';

const route = getRouteApi('/match/$matchId');

/** The two clubs: their ratings over time, how they met, and what the match brought. */
export function TeamsPart({ data }: { readonly data: MatchShow }) {
  const { t } = useTranslation('match');
  const { match, statistics } = data;
  const { rating } = route.useSearch();
  const navigate = route.useNavigate();
  const ratings = useQuery(api.match.ratings.queryOptions({ input: { matchId: match.matchId } }));
  const teams = useMemo(() => [match.home.id, match.away.id], [match.home.id, match.away.id]);
  const colourOf = useCallback(
    (tokens: ColourTokens, at: number) => (at === 0 ? tokens.home : tokens.away),
    [],
  );
  return (
    <div className={classes.part}>
      <Section title={t('ratings.title')} info={t('ratings.info')}>
        <QueryState
          query={ratings}
          height={320}
          empty={{
            when: (series) => series.length === 0,
            title: t('ratings.none'),
            text: t('ratings.none-text'),
          }}
        >
          {(series) => (
            <RatingChart
              series={series}
              teams={teams}
              rating={rating}
              colourOf={colourOf}
              name={[match.home.name, match.away.name]}
              onRating={(next) => {
                void navigate({ search: (old) => ({ ...old, rating: next }), replace: true });
              }}
            />
          )}
        </QueryState>
      </Section>
      <div className={statistics.length > 0 ? classes.two : undefined}>
        <Meetings data={data} />
        {statistics.length > 0 && <Statistics data={data} />}
      </div>
    </div>
  );
}

function Meetings({ data }: { readonly data: MatchShow }) {
  const { t } = useTranslation('match');
  const format = useFormat();
  const { match } = data;
  const query = useQuery(api.match.meetings.queryOptions({ input: { matchId: match.matchId } }));
  const interval = (one: { low: number | null; high: number | null; level: number }) =>
    one.low === null || one.high === null
      ? {}
      : {
          interval: { low: format.percent(one.low, 0), high: format.percent(one.high, 0), level: one.level },
        };
  return (
    <Section title={t('meetings.title')} info={t('meetings.info')} flush>
      <QueryState
        query={query}
        height={240}
        empty={{
          when: (found) => found.matches.length === 0,
          title: t('meetings.none'),
          text: t('meetings.none-text'),
        }}
      >
        {(found) => (
          <>
            <div className={classes.meetingFigures}>
              {(['home', 'draw', 'away'] as const).map((one) => (
                <Metric
                  key={one}
                  label={one === 'draw' ? t('meetings.draws') : t('meetings.wins', { team: match[one].name })}
                  value={`${format.count(found[one].hits)} / ${format.count(found[one].n)}`}
                  definition={t('meetings.definition')}
                  {...interval(found[one])}
                />
              ))}
              <Metric
                label={t('meetings.goals')}
                value={
                  found.goals
                    ? `${format.number(found.goals.home, 1)} : ${format.number(found.goals.away, 1)}`
                    : null
                }
                definition={t('meetings.goals-definition')}
                n={found.matches.length}
              />
            </div>
            <MatchTable
              caption={t('meetings.title')}
              hasDays
              columns={['when', 'match', 'probabilities', 'verdict']}
              groups={[{ key: 'all', matches: found.matches }]}
            />
          </>
        )}
      </QueryState>
    </Section>
  );
}

function Statistics({ data }: { readonly data: MatchShow }) {
  const { t } = useTranslation('match');
  const format = useFormat();
  const { match, statistics } = data;
  if (statistics.length === 0) return <EmptyState title={t('statistics.none')} />;
  const value = (name: string, one: number | null) =>
    name === 'expected_goals' ? format.number(one, 2) : format.count(one);
  return (
    <Section title={t('statistics.title')} info={t('statistics.info', { source: data.source })} flush>
      <SimpleTable
        caption={t('statistics.title')}
        isDense
        rows={statistics}
        rowKey={({ name }) => name}
        columns={[
          { key: 'home', title: match.home.name, align: 'end', cell: ({ name, home }) => value(name, home) },
          {
            key: 'name',
            title: t('statistics.what'),
            isRowHead: true,
            align: 'center',
            cell: ({ name }) => t(`statistics.names.${name}`),
          },
          {
            key: 'away',
            title: match.away.name,
            align: 'start',
            cell: ({ name, away }) => value(name, away),
          },
        ]}
      />
    </Section>
  );
}
