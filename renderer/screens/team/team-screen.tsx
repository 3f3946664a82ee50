import { Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { TeamShow } from '../../../engine/contract/team.ts';
import { QueryState } from '../../components/query-state.tsx';
import { Screen } from '../../components/screen.tsx';
import { useShownName } from '../../components/use-shown-name.ts';
import { api } from '../../connection/client.ts';
import { useCommands } from '../../frame/commands/use-commands.ts';
import { OverviewPart } from './overview-part.tsx';
import { RatingsPart } from './ratings-part.tsx';
import { RecordPart } from './record-part.tsx';
import { SquadPart } from './squad-part.tsx';
import classes from './team.module.css';

const route = getRouteApi('/team/$teamId');
const parts = ['overview', 'ratings', 'record', 'squad'] as const;
const keys = ['Digit1', 'Digit2', 'Digit3', 'Digit4'] as const;

/** A team: where it stands, how it rated over time, what we said of it, and what is known beside its matches. */
export function TeamScreen() {
  const { t } = useTranslation('team');
  const { teamId: text } = route.useParams();
  const teamId = /^\d{1,15}$/.test(text) ? Number(text) : 0;
  const { part = 'overview' } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(api.team.show.queryOptions({ input: { teamId }, enabled: teamId > 0 }));
  const show = (next: string | null) => {
    const chosen = parts.find((one) => one === next);
    void navigate({ search: (old) => ({ ...old, part: chosen === 'overview' ? undefined : chosen }) });
  };
  useCommands(
    parts.map((one, at) => ({
      id: `team.show-${one}`,
      title: t('commands.show', { part: t(`parts.${one}`) }),
      category: 'view' as const,
      shortcut: keys[at]!,
      run: () => {
        show(one);
      },
    })),
  );
  if (teamId === 0) {
    return (
      <Screen title={t('title')}>
        <p role="alert">{t('bad-address')}</p>
      </Screen>
    );
  }
  return (
    <Screen
      title={query.data?.team.name ?? t('title')}
      subtitle={query.data && <Subtitle data={query.data} />}
    >
      <QueryState query={query} height={480}>
        {(data) => (
          <Tabs value={part} onChange={show} keepMounted={false} classNames={{ list: classes.tabs ?? '' }}>
            <Tabs.List aria-label={t('parts.label')}>
              {parts.map((one) => (
                <Tabs.Tab key={one} value={one}>
                  {t(`parts.${one}`)}
                </Tabs.Tab>
              ))}
            </Tabs.List>
            <Tabs.Panel value="overview">
              <OverviewPart data={data} />
            </Tabs.Panel>
            <Tabs.Panel value="ratings">
              <RatingsPart team={data.team} />
            </Tabs.Panel>
            <Tabs.Panel value="record">
              <RecordPart teamId={data.team.id} />
            </Tabs.Panel>
            <Tabs.Panel value="squad">
              <SquadPart teamId={data.team.id} />
            </Tabs.Panel>
          </Tabs>
        )}
      </QueryState>
    </Screen>
  );
}

function Subtitle({ data }: { readonly data: TeamShow }) {
  const { t } = useTranslation('team');
  const nameOf = useShownName();
  const newest = data.seasons[0];
  if (!newest) return <>{nameOf(data.country)}</>;
  return (
    <>
      {`${nameOf(data.country)} · `}
      <Link
        to="/championship/$code"
        params={{ code: newest.championship.code }}
        search={{ season: newest.season }}
        className={classes.subtitleLink ?? ''}
      >
        {nameOf(newest.championship.name)}
      </Link>
      {` · ${t('place', { season: newest.season, position: newest.line.position, clubs: newest.clubs })}`}
      {newest.championship.isSample && ` · ${t('sample')}`}
    </>
  );
}
