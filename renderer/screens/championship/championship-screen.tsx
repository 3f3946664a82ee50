import { Tabs } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { QueryState } from '../../components/query-state.tsx';
import { Screen } from '../../components/screen.tsx';
import { useShownName } from '../../components/use-shown-name.ts';
import { useFormat } from '../../components/format.ts';
import { api } from '../../connection/client.ts';
import { useCommands } from '../../frame/commands/use-commands.ts';
import { SavedViews } from '../../frame/saved-views.tsx';
import { HomeAdvantage } from './home-advantage.tsx';
import { Pickers } from './pickers.tsx';
import { ProjectionPart } from './projection-part.tsx';
import { RatingsPart } from './ratings-part.tsx';
import { RecordPart } from './record-part.tsx';
import { TablePart } from './table-part.tsx';
import classes from './championship.module.css';

const route = getRouteApi('/championship/$code');
const parts = ['table', 'projection', 'ratings', 'home', 'record'] as const;
const keys = ['Digit1', 'Digit2', 'Digit3', 'Digit4', 'Digit5'] as const;

/** A championship: its table as of any day, how it may end, its clubs over time, and our record in it. */
export function ChampionshipScreen() {
  const { t } = useTranslation('championship');
  const format = useFormat();
  const nameOf = useShownName();
  const { code } = route.useParams();
  const { season, asOf, part = 'table' } = route.useSearch();
  const navigate = route.useNavigate();
  const where = {
    code: code.slice(0, 10),
    ...(season === undefined ? {} : { season }),
    ...(asOf === undefined ? {} : { asOf }),
  };
  const query = useQuery(
    api.championship.show.queryOptions({ input: where, placeholderData: keepPreviousData }),
  );
  const show = (next: string | null) => {
    const chosen = parts.find((one) => one === next);
    void navigate({ search: (old) => ({ ...old, part: chosen === 'table' ? undefined : chosen }) });
  };
  useCommands(
    parts.map((one, at) => ({
      id: `championship.show-${one}`,
      title: t('commands.show', { part: t(`parts.${one}`) }),
      category: 'view' as const,
      shortcut: keys[at]!,
      run: () => {
        show(one);
      },
    })),
  );
  const data = query.data;
  const exact = data && { code: data.championship.code, season: data.season, asOf: data.asOf };
  return (
    <Screen
      title={data ? nameOf(data.championship.name) : code}
      subtitle={
        data &&
        [
          nameOf(data.championship.country),
          t('season', { season: data.season }),
          t(`shapes.${data.format.shape}`),
          t('as-of', { day: format.day(data.asOf) }),
          ...(data.championship.isSample ? [t('sample')] : []),
        ].join(' · ')
      }
      actions={
        <>
          <SavedViews screen="championship" />
          {data && (
            <Pickers
              data={data}
              onChange={(next) => {
                void navigate({ search: (old) => ({ ...old, ...next }) });
              }}
            />
          )}
        </>
      }
    >
      <QueryState query={query} height={520}>
        {(shown) => (
          <Tabs value={part} onChange={show} keepMounted={false} classNames={{ list: classes.tabs ?? '' }}>
            <Tabs.List aria-label={t('parts.label')}>
              {parts.map((one) => (
                <Tabs.Tab key={one} value={one}>
                  {t(`parts.${one}`)}
                </Tabs.Tab>
              ))}
            </Tabs.List>
            <Tabs.Panel value="table">
              <TablePart data={shown} />
            </Tabs.Panel>
            <Tabs.Panel value="projection">{exact && <ProjectionPart where={exact} />}</Tabs.Panel>
            <Tabs.Panel value="ratings">
              {exact && <RatingsPart where={exact} table={shown.table} />}
            </Tabs.Panel>
            <Tabs.Panel value="home">
              <HomeAdvantage code={shown.championship.code} />
            </Tabs.Panel>
            <Tabs.Panel value="record">
              <RecordPart code={shown.championship.code} />
            </Tabs.Panel>
          </Tabs>
        )}
      </QueryState>
    </Screen>
  );
}
