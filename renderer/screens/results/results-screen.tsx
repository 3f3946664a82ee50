import { Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ForecastFilter } from '../../../engine/contract/forecasts.ts';
import { FilterBar } from '../../components/forecast/filter-bar.tsx';
import { filterOf, periods } from '../../components/forecast/forecast-search.ts';
import { Screen } from '../../components/screen.tsx';
import { api } from '../../connection/client.ts';
import { useCommands } from '../../frame/commands/use-commands.ts';
import { SavedViews } from '../../frame/saved-views.tsx';
import { BettingTab } from './betting-tab.tsx';
import { CurseTab } from './curse-tab.tsx';
import { MatchesTab } from './matches-tab.tsx';
import { RecordTab } from './record-tab.tsx';
import type { ResultsSearch } from './route.tsx';
import classes from './results.module.css';

const tabs = ['record', 'matches', 'betting', 'curse'] as const;

/** What every tab needs: the address, the filter that it means, and how to change it. */
export interface ResultsTabProps {
  readonly search: ResultsSearch;
  readonly filter: ForecastFilter;
  /** The filter stands on what is known of the data; nothing is asked before. */
  readonly isReady: boolean;
  readonly change: (changed: Partial<ResultsSearch>) => void;
}

/** What forecasts came to: the record, match by match, as bets, and against what their past would have promised. */
export function ResultsScreen() {
  const { t } = useTranslation('results');
  const search = useSearch({ from: '/results' });
  const navigate = useNavigate();
  const scope = useQuery(api.forecasts.scope.queryOptions());
  const change = (changed: Partial<ResultsSearch>) => {
    void navigate({ to: '/results', search: { ...search, page: 1, ...changed } });
  };
  useCommands(
    tabs.map((tab) => ({
      id: `results.${tab}`,
      title: t('command', { tab: t(`tabs.${tab}`) }),
      category: 'view' as const,
      ...(search.tab === tab ? { disabledReason: t('command-here') } : {}),
      run: () => {
        change({ tab });
      },
    })),
  );
  const filter: ForecastFilter = { ...filterOf(search, scope.data?.lastSettled ?? null), state: 'settled' };
  const props: ResultsTabProps = { search, filter, isReady: scope.data !== undefined, change };
  return (
    <Screen title={t('title')} subtitle={t('subtitle')} actions={<SavedViews screen="results" />}>
      <div className={classes.filters}>
        <FilterBar
          search={search}
          championships={scope.data?.championships ?? []}
          periods={periods.filter((period) => period !== 'coming')}
          change={change}
          hides={search.tab === 'betting' ? ['types'] : []}
        />
      </div>
      <Tabs
        value={search.tab}
        keepMounted={false}
        onChange={(tab) => {
          change({ tab: tabs.find((one) => one === tab) ?? 'record' });
        }}
      >
        <Tabs.List mb="md">
          {tabs.map((tab) => (
            <Tabs.Tab key={tab} value={tab}>
              {t(`tabs.${tab}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="record">
          <RecordTab {...props} />
        </Tabs.Panel>
        <Tabs.Panel value="matches">
          <MatchesTab {...props} />
        </Tabs.Panel>
        <Tabs.Panel value="betting">
          <BettingTab {...props} />
        </Tabs.Panel>
        <Tabs.Panel value="curse">
          <CurseTab {...props} />
        </Tabs.Panel>
      </Tabs>
    </Screen>
  );
}
