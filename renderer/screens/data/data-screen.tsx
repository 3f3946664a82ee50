import { Tabs } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Screen } from '../../components/screen.tsx';
import { ChangesPanel } from './changes-panel.tsx';
import { CoveragePanel } from './coverage-panel.tsx';
import { ImportWizard } from './import/import-wizard.tsx';
import { QualityPanel } from './quality-panel.tsx';
import { QualityStrip } from './quality-strip.tsx';
import { dataParts, dataRoute } from './route.tsx';
import { SourcesPanel } from './sources-panel.tsx';
import { TeamsPanel } from './teams-panel.tsx';
import classes from './data.module.css';

const panels = {
  sources: SourcesPanel,
  import: ImportWizard,
  teams: TeamsPanel,
  quality: QualityPanel,
  coverage: CoveragePanel,
  changes: ChangesPanel,
} as const;

/** Where the data come from, what is wrong with them, and how the analyst's own come in. */
export function DataScreen() {
  const { t } = useTranslation('data');
  const navigate = useNavigate({ from: dataRoute.fullPath });
  const { part = 'sources' } = dataRoute.useSearch();
  const Panel = panels[part];
  return (
    <Screen title={t('title')} subtitle={t('subtitle')}>
      <QualityStrip />
      <Tabs
        value={part}
        onChange={(next) => {
          const chosen = dataParts.find((one) => one === next);
          void navigate({ search: (before) => ({ ...before, part: chosen }) });
        }}
        keepMounted={false}
      >
        <Tabs.List aria-label={t('parts.label')}>
          {dataParts.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {t(`parts.${one}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={part} className={classes.panel}>
          <Panel />
        </Tabs.Panel>
      </Tabs>
    </Screen>
  );
}
