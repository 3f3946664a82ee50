import { Button, Tabs } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Screen } from '../../components/screen.tsx';
import { useWork } from '../../components/work/use-work.ts';
import { WorkProgress } from '../../components/work/work-progress.tsx';
import { useCommands } from '../../frame/commands/use-commands.ts';
import { SavedViews } from '../../frame/saved-views.tsx';
import { RegistryTab } from './registry-tab.tsx';
import { modelTabs, type ModelsSearch } from './route.tsx';
import { RunsTab } from './runs-tab.tsx';
import { StudiesTab } from './studies-tab.tsx';
import { TrainTab } from './train-tab.tsx';
import classes from '../../components/models/models.module.css';

/** The registry of models, the experiments behind them, the search for parameters, and a way to train. */
export function ModelsScreen() {
  const { t } = useTranslation('models');
  const search = useSearch({ from: '/models' });
  const navigate = useNavigate();
  const change = (changed: Partial<ModelsSearch>) => {
    void navigate({ to: '/models', search: { ...search, ...changed }, replace: true });
  };
  const work = {
    train: useWork('train', () => {
      change({ tab: 'runs', experiment: 'training' });
    }),
    tune: useWork('tune', () => {
      change({ tab: 'studies' });
    }),
    processing: useWork('processing'),
  };
  const begin = () => {
    change({ tab: 'train' });
  };
  useCommands([{ id: 'models.train', title: t('train.begin'), category: 'models', run: begin }]);
  const view = { search, change };
  return (
    <Screen
      title={t('title')}
      subtitle={t('subtitle')}
      actions={
        <>
          <SavedViews screen="models" />
          {search.tab !== 'train' && <Button onClick={begin}>{t('train.begin')}</Button>}
        </>
      }
    >
      <div className={classes.content}>
        <WorkProgress work={work.train} name={t('train.kinds.train')} />
        <WorkProgress work={work.tune} name={t('train.kinds.tune')} />
        <WorkProgress work={work.processing} name={t('train.kinds.processing')} />
        <Tabs
          value={search.tab}
          keepMounted={false}
          onChange={(tab) => {
            change({ tab: modelTabs.find((one) => one === tab) ?? 'registry' });
          }}
        >
          <Tabs.List mb="md">
            {modelTabs.map((tab) => (
              <Tabs.Tab key={tab} value={tab}>
                {t(`tabs.${tab}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <Tabs.Panel value="registry">
            <RegistryTab />
          </Tabs.Panel>
          <Tabs.Panel value="runs">
            <RunsTab {...view} />
          </Tabs.Panel>
          <Tabs.Panel value="studies">
            <StudiesTab
              onBegin={() => {
                change({ tab: 'train', kind: 'tune' });
              }}
            />
          </Tabs.Panel>
          <Tabs.Panel value="train">
            <TrainTab work={work} {...view} />
          </Tabs.Panel>
        </Tabs>
      </div>
    </Screen>
  );
}
