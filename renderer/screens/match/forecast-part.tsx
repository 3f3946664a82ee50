import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { MatchShow } from '../../../engine/contract/match.ts';
import { QueryState } from '../../components/query-state.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Section } from '../../components/screen.tsx';
import { api } from '../../connection/client.ts';
import { ResultTable } from './result-table.tsx';
import { ScoreGrid } from './score-grid.tsx';
import { TypeTable } from './type-table.tsx';
import classes from './match.module.css';

/** The one joint forecast: the result, the grid of scores, and every type that follows from it. */
export function ForecastPart({ data }: { readonly data: MatchShow }) {
  const { t } = useTranslation('match');
  const { matchId } = data.match;
  const joint = useQuery(api.match.joint.queryOptions({ input: { matchId } }));
  if (!data.match.forecast) {
    return (
      <Section title={t('parts.forecast')}>
        <EmptyState title={t('no-forecast')} text={t('no-forecast-text')} />
      </Section>
    );
  }
  return (
    <div className={classes.part}>
      <ResultTable data={data} />
      <div className={classes.two}>
        <Section title={t('grid.title')} info={t('grid.info')}>
          <QueryState query={joint} height={360}>
            {(found) =>
              found ? (
                <ScoreGrid joint={found} match={data.match} />
              ) : (
                <EmptyState title={t('grid.none')} text={t('grid.none-text')} />
              )
            }
          </QueryState>
        </Section>
        <Section title={t('types.title')} info={t('types.info')} flush>
          <QueryState query={joint} height={360}>
            {(found) =>
              found ? (
                <TypeTable types={found.types} />
              ) : (
                <EmptyState title={t('grid.none')} text={t('grid.none-text')} />
              )
            }
          </QueryState>
        </Section>
      </div>
    </div>
  );
}
