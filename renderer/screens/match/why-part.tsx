import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { MatchView } from '../../../engine/contract/match-view.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { Section } from '../../components/screen.tsx';
import { StrengthLabel } from '../../components/strength-label.tsx';
import { useFormat } from '../../components/format.ts';
import { api } from '../../connection/client.ts';
import { Factors } from './factors.tsx';
import { LeaguePlaces } from './league-places.tsx';
import { NearestMatches } from './nearest-matches.tsx';
import classes from './match.module.css';

/** Why the forecast says what it says: key factors, features beside the league, the most similar matches. */
export function WhyPart({ match }: { readonly match: MatchView }) {
  const { t } = useTranslation('match');
  const format = useFormat();
  const { matchId } = match;
  const query = useQuery(
    api.match.explanation.queryOptions({ input: { matchId }, enabled: match.forecast !== null }),
  );
  if (!match.forecast) {
    return (
      <Section title={t('parts.why')}>
        <EmptyState title={t('no-forecast')} text={t('no-forecast-text')} />
      </Section>
    );
  }
  const strength = query.data?.strength;
  return (
    <div className={classes.part}>
      <div className={classes.two}>
        <Section
          title={t('factors.title')}
          info={t('factors.info')}
          actions={strength && <StrengthLabel strength={strength.label} />}
          note={
            strength &&
            t('factors.strength', {
              count: strength.record.n,
              n: format.count(strength.record.n),
              hits: format.count(strength.record.hits),
              live: format.count(strength.record.live),
            })
          }
        >
          <QueryState query={query} height={420}>
            {(explanation) => <Factors explanation={explanation} />}
          </QueryState>
        </Section>
        <Section title={t('nearest.title')} info={t('nearest.info')} flush>
          <QueryState query={query} height={420}>
            {(explanation) => <NearestMatches nearest={explanation.nearest} />}
          </QueryState>
        </Section>
      </div>
      <LeaguePlaces match={match} />
    </div>
  );
}
