import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { MatchView } from '../../../engine/contract/match-view.ts';
import { useFormat } from '../../components/format.ts';
import { VerdictMark } from '../../components/match-table/verdict-mark.tsx';
import { Metric } from '../../components/metric.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { Section } from '../../components/screen.tsx';
import { api } from '../../connection/client.ts';
import classes from './today.module.css';

const shownAtFirst = 12;

/** What came of the forecasts of the last day with results. */
export function LastResults({ before }: { readonly before: string }) {
  const { t } = useTranslation('today');
  const format = useFormat();
  const query = useQuery(
    api.today.results.queryOptions({ input: { before }, placeholderData: keepPreviousData }),
  );
  const day = query.data?.day;
  return (
    <Section
      title={t('results.title')}
      info={t('results.info')}
      note={day ? format.day(day, 'long') : undefined}
      flush
    >
      <QueryState
        query={query}
        height={240}
        empty={{
          when: (data) => data.day === null,
          title: t('results.empty'),
          text: t('results.empty-text'),
        }}
      >
        {(data) => (
          <>
            <div className={classes.resultFigures}>
              <Metric
                label={t('results.hits')}
                value={
                  data.hits.n === 0 ? null : `${format.count(data.hits.hits)} / ${format.count(data.hits.n)}`
                }
                missing={t('results.no-forecasts')}
                definition={t('results.hits-definition')}
                {...(data.hits.low !== null && data.hits.high !== null
                  ? {
                      interval: {
                        low: format.percent(data.hits.low, 0),
                        high: format.percent(data.hits.high, 0),
                        level: data.hits.level,
                      },
                    }
                  : {})}
              />
              <Metric
                label={t('results.expected')}
                value={data.hits.n === 0 ? null : format.number(data.expectedHits, 1)}
                missing={t('results.no-forecasts')}
                definition={t('results.expected-definition')}
                n={data.hits.n}
              />
            </div>
            <ResultList matches={data.matches} />
          </>
        )}
      </QueryState>
    </Section>
  );
}

function ResultList({ matches }: { readonly matches: readonly MatchView[] }) {
  const { t } = useTranslation('today');
  const [isAll, setAll] = useState(false);
  const rows = isAll ? matches : matches.slice(0, shownAtFirst);
  return (
    <>
      <ul className={classes.results}>
        {rows.map((match) => (
          <li key={match.matchId}>
            <Link
              to="/match/$matchId"
              params={{ matchId: String(match.matchId) }}
              className={classes.resultLink ?? ''}
            >
              <bdi title={match.home.name}>{match.home.name}</bdi>
              <strong>{match.score ? `${match.score.home}:${match.score.away}` : '–'}</strong>
              <bdi title={match.away.name}>{match.away.name}</bdi>
            </Link>
            <VerdictMark match={match} />
          </li>
        ))}
      </ul>
      {matches.length > shownAtFirst && (
        <div className={classes.more}>
          <Button
            variant="subtle"
            onClick={() => {
              setAll(!isAll);
            }}
          >
            {isAll ? t('results.fewer') : t('results.all', { count: matches.length })}
          </Button>
        </div>
      )}
    </>
  );
}
