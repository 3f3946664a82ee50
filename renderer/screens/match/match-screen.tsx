import { Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { MatchShow } from '../../../engine/contract/match.ts';
import { useFormat } from '../../components/format.ts';
import { QueryState } from '../../components/query-state.tsx';
import { Screen } from '../../components/screen.tsx';
import { useShownName } from '../../components/use-shown-name.ts';
import { api } from '../../connection/client.ts';
import { useCommands } from '../../frame/commands/use-commands.ts';
import { CitationButton } from './citation.tsx';
import { ForecastPart } from './forecast-part.tsx';
import { Hero } from './hero.tsx';
import { PricePart } from './price-part.tsx';
import { ProvenanceStrip } from './provenance-strip.tsx';
import { matchParts as parts } from './route.tsx';
import { TeamsPart } from './teams-part.tsx';
import { WhyPart } from './why-part.tsx';
import classes from './match.module.css';

const route = getRouteApi('/match/$matchId');
const keys = ['Digit1', 'Digit2', 'Digit3', 'Digit4'] as const;

/** Everything about one match: what is forecast, why, who plays, at what prices, and where it all comes from. */
export function MatchScreen() {
  const { t } = useTranslation('match');
  const { matchId: text } = route.useParams();
  const matchId = /^\d{1,15}$/.test(text) ? Number(text) : 0;
  const { part = 'forecast' } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(api.match.show.queryOptions({ input: { matchId }, enabled: matchId > 0 }));
  const show = (next: string | null) => {
    const chosen = parts.find((one) => one === next);
    void navigate({ search: (old) => ({ ...old, part: chosen === 'forecast' ? undefined : chosen }) });
  };
  useCommands(
    parts.map((one, at) => ({
      id: `match.show-${one}`,
      title: t('commands.show', { part: t(`parts.${one}`) }),
      category: 'view' as const,
      shortcut: keys[at]!,
      run: () => {
        show(one);
      },
    })),
  );
  const match = query.data?.match;
  const title = match ? `${match.home.name} – ${match.away.name}` : t('title');
  if (matchId === 0) {
    return (
      <Screen title={t('title')}>
        <p role="alert">{t('bad-address')}</p>
      </Screen>
    );
  }
  return (
    <Screen
      title={title}
      subtitle={query.data && <Subtitle data={query.data} />}
      actions={query.data && <CitationButton matchId={matchId} match={query.data.match} />}
    >
      <QueryState query={query} height={220}>
        {(data) => (
          <div className={classes.stack}>
            <Hero data={data} />
            <ProvenanceStrip matchId={matchId} />
            <Tabs value={part} onChange={show} keepMounted={false} classNames={{ list: classes.tabs ?? '' }}>
              <Tabs.List aria-label={t('parts.label')}>
                {parts.map((one) => (
                  <Tabs.Tab key={one} value={one}>
                    {t(`parts.${one}`)}
                  </Tabs.Tab>
                ))}
              </Tabs.List>
              <Tabs.Panel value="forecast">
                <ForecastPart data={data} />
              </Tabs.Panel>
              <Tabs.Panel value="why">
                <WhyPart match={data.match} />
              </Tabs.Panel>
              <Tabs.Panel value="teams">
                <TeamsPart data={data} />
              </Tabs.Panel>
              <Tabs.Panel value="prices">
                <PricePart match={data.match} />
              </Tabs.Panel>
            </Tabs>
          </div>
        )}
      </QueryState>
    </Screen>
  );
}

function Subtitle({ data }: { readonly data: MatchShow }) {
  const { t } = useTranslation('match');
  const format = useFormat();
  const nameOf = useShownName();
  const { championship, season, round, kickOff, kickOffPrecision, day } = data.match;
  return (
    <>
      <Link
        to="/championship/$code"
        params={{ code: championship.code }}
        className={classes.subtitleLink ?? ''}
      >
        {`${nameOf(championship.country)} · ${nameOf(championship.name)}`}
      </Link>
      {[
        '',
        season,
        ...(round === null ? [] : [t('round', { round })]),
        kickOffPrecision === 'minute' ? format.instant(kickOff) : format.day(day, 'long'),
        ...(championship.isSample ? [t('sample')] : []),
      ].join(' · ')}
    </>
  );
}
