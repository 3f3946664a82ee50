import { MultiSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { TableLine } from '../../../engine/contract/championship.ts';
import { QueryState } from '../../components/query-state.tsx';
import { RatingChart } from '../../components/rating-chart.tsx';
import { Section } from '../../components/screen.tsx';
import { api } from '../../connection/client.ts';
import type { Where } from './projection-part.tsx';
import classes from './championship.module.css';

const route = getRouteApi('/championship/$code');
const shownAtFirst = 6;

/** The clubs' ratings over the last seasons; the best of the table unless others are chosen. */
export function RatingsPart({
  where,
  table,
}: {
  readonly where: Where;
  readonly table: readonly TableLine[];
}) {
  const { t } = useTranslation('championship');
  const { rating, teams } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(api.championship.ratings.queryOptions({ input: where }));
  const chosen = useMemo(
    () => teams ?? table.slice(0, shownAtFirst).map(({ team }) => team.id),
    [teams, table],
  );
  return (
    <div className={classes.part}>
      <Section title={t('ratings.title')} info={t('ratings.info')}>
        <MultiSelect
          className={classes.teams ?? ''}
          label={t('ratings.teams')}
          searchable
          hidePickedOptions
          maxValues={20}
          nothingFoundMessage={t('ratings.nothing')}
          value={chosen.map(String)}
          data={table.map(({ team }) => ({ value: String(team.id), label: team.name }))}
          onChange={(ids) => {
            void navigate({ search: (old) => ({ ...old, teams: ids.map(Number) }), replace: true });
          }}
        />
        <QueryState
          query={query}
          height={400}
          empty={{
            when: (series) => series.length === 0,
            title: t('ratings.none'),
            text: t('ratings.none-text'),
          }}
        >
          {(series) => (
            <RatingChart
              series={series}
              teams={chosen}
              rating={rating}
              height={420}
              name={[where.code, where.season]}
              onRating={(next) => {
                void navigate({ search: (old) => ({ ...old, rating: next }), replace: true });
              }}
            />
          )}
        </QueryState>
      </Section>
    </div>
  );
}
