import { Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../components/format.ts';
import { QueryState } from '../../components/query-state.tsx';
import { Screen } from '../../components/screen.tsx';
import { useWork } from '../../components/work/use-work.ts';
import { api } from '../../connection/client.ts';
import { useCommands } from '../../frame/commands/use-commands.ts';
import { SavedViews } from '../../frame/saved-views.tsx';
import { CatalogueTab } from './catalogue-tab.tsx';
import { CorrelationTab } from './correlation-tab.tsx';
import { DriftTab } from './drift-tab.tsx';
import { FeatureInspector } from './feature-inspector.tsx';
import { FeaturePickers } from './feature-pickers.tsx';
import { ImportanceTab } from './importance-tab.tsx';
import { MissingTab } from './missing-tab.tsx';
import { ReportBar } from './report-bar.tsx';
import { featureTabs, type FeaturesSearch } from './route.tsx';
import { StabilityTab } from './stability-tab.tsx';

/** What the models learn from: the catalogue, what each feature is worth, and whether it still is what it was. */
export function FeaturesScreen() {
  const { t } = useTranslation('features');
  const search = useSearch({ from: '/features' });
  const navigate = useNavigate();
  const change = (changed: Partial<FeaturesSearch>) => {
    void navigate({ to: '/features', search: { ...search, ...changed }, replace: true });
  };
  const { set, championship = null, family } = search;
  const asked = { set, championship, family };
  const { language } = useFormat().preferences;
  const catalogue = useQuery(api.features.catalogue.queryOptions({ input: { language } }));
  const report = useQuery(api.features.report.queryOptions({ input: asked }));
  const work = useWork('features');
  const measure = () => {
    work.start(asked);
  };
  useCommands([
    {
      id: 'features.report',
      title: t('report.make'),
      category: 'models',
      run: measure,
      ...(work.run ? { disabledReason: t('report.running') } : {}),
    },
  ]);
  const view = { search, change };
  return (
    <Screen title={t('title')} subtitle={t('subtitle')} actions={<SavedViews screen="features" />}>
      <FeaturePickers {...view} />
      <ReportBar
        report={report.data ?? undefined}
        isKnown={report.data !== undefined}
        work={work}
        onMake={measure}
      />
      <Tabs
        value={search.tab}
        keepMounted={false}
        onChange={(tab) => {
          change({ tab: featureTabs.find((one) => one === tab) ?? 'catalogue' });
        }}
      >
        <Tabs.List mb="md">
          {featureTabs.map((tab) => (
            <Tabs.Tab key={tab} value={tab}>
              {t(`tabs.${tab}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="catalogue">
          <QueryState query={catalogue} height={480}>
            {(known) => <CatalogueTab catalogue={known} report={report.data ?? undefined} {...view} />}
          </QueryState>
        </Tabs.Panel>
        <Tabs.Panel value="importance">
          <ImportanceTab report={report} onMake={measure} {...view} />
        </Tabs.Panel>
        <Tabs.Panel value="stability">
          <StabilityTab report={report} onMake={measure} {...view} />
        </Tabs.Panel>
        <Tabs.Panel value="drift">
          <DriftTab {...view} />
        </Tabs.Panel>
        <Tabs.Panel value="missing">
          <MissingTab report={report} onMake={measure} {...view} />
        </Tabs.Panel>
        <Tabs.Panel value="correlation">
          <CorrelationTab report={report} onMake={measure} {...view} />
        </Tabs.Panel>
      </Tabs>
      {search.feature !== undefined && catalogue.data && (
        <FeatureInspector
          entry={catalogue.data.features.find(({ name }) => name === search.feature)}
          finding={report.data?.features.find(({ name }) => name === search.feature)}
          points={report.data?.shap?.features.find(({ name }) => name === search.feature)}
          onClose={() => {
            change({ feature: undefined });
          }}
        />
      )}
    </Screen>
  );
}
