import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { QueryState } from '../../components/query-state.tsx';
import { RatingChart } from '../../components/rating-chart.tsx';
import { Section } from '../../components/screen.tsx';
import { api } from '../../connection/client.ts';
import classes from './team.module.css';

const route = getRouteApi('/team/$teamId');

/** The team's ratings over its last seasons in its championship. */
export function RatingsPart({ team }: { readonly team: { readonly id: number; readonly name: string } }) {
  const { t } = useTranslation('team');
  const { rating } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(api.team.ratings.queryOptions({ input: { teamId: team.id } }));
  return (
    <div className={classes.part}>
      <Section title={t('ratings.title')} info={t('ratings.info')}>
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
              rating={rating}
              height={400}
              name={[team.name]}
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
