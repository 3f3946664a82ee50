import { Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Screen } from '../../components/screen.tsx';
import { api } from '../../connection/client.ts';
import { useCommands } from '../../frame/commands/use-commands.ts';
import { SavedViews } from '../../frame/saved-views.tsx';
import { AccountTab } from './account-tab.tsx';
import { DocumentsTab } from './documents-tab.tsx';
import { ListTab } from './list-tab.tsx';
import { ReportsTab } from './reports-tab.tsx';
import type { ForecastsSearch } from './route.tsx';

const tabs = ['list', 'account', 'documents', 'reports'] as const;

/** Forecasts of all types, the account of their selection, and the documents they stand in. */
export function ForecastsScreen() {
  const { t } = useTranslation('forecasts');
  const search = useSearch({ from: '/forecasts' });
  const navigate = useNavigate();
  const scope = useQuery(api.forecasts.scope.queryOptions());
  const change = (changed: Partial<ForecastsSearch>) => {
    void navigate({ to: '/forecasts', search: { ...search, page: 1, ...changed } });
  };
  useCommands(
    tabs.map((tab) => ({
      id: `forecasts.${tab}`,
      title: t('command', { tab: t(`tabs.${tab}`) }),
      category: 'view' as const,
      ...(search.tab === tab ? { disabledReason: t('command-here') } : {}),
      run: () => {
        change({ tab });
      },
    })),
  );
  return (
    <Screen title={t('title')} subtitle={t('subtitle')} actions={<SavedViews screen="forecasts" />}>
      <Tabs
        value={search.tab}
        keepMounted={false}
        onChange={(tab) => {
          change({ tab: tabs.find((one) => one === tab) ?? 'list' });
        }}
      >
        <Tabs.List mb="md">
          {tabs.map((tab) => (
            <Tabs.Tab key={tab} value={tab}>
              {t(`tabs.${tab}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="list">
          <ListTab search={search} scope={scope} change={change} />
        </Tabs.Panel>
        <Tabs.Panel value="account">
          <AccountTab />
        </Tabs.Panel>
        <Tabs.Panel value="documents">
          <DocumentsTab search={search} change={change} />
        </Tabs.Panel>
        <Tabs.Panel value="reports">
          <ReportsTab search={search} change={change} />
        </Tabs.Panel>
      </Tabs>
    </Screen>
  );
}
