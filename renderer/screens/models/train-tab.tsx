import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { QueryState } from '../../components/query-state.tsx';
import { Section } from '../../components/screen.tsx';
import type { Work } from '../../components/work/use-work.ts';
import { api } from '../../connection/client.ts';
import { ProcessingForm } from './processing-form.tsx';
import { trainingKinds, type ModelsViewProps } from './route.tsx';
import { TrainForm } from './train-form.tsx';
import { TuneForm } from './tune-form.tsx';
import classes from '../../components/models/models.module.css';

/** Three ways to train: once with chosen parameters, a search for good ones, and everything that forecasts. */
export function TrainTab(
  props: ModelsViewProps & { readonly work: Readonly<Record<'train' | 'tune' | 'processing', Work>> },
) {
  const { work, search, change } = props;
  const { t } = useTranslation('models');
  const options = useQuery(api.training.options.queryOptions());
  const { kind } = search;
  return (
    <Section
      title={t(`train.titles.${kind}`)}
      info={t(`train.infos.${kind}`)}
      actions={
        <SegmentedControl
          aria-label={t('train.kind')}
          data={trainingKinds.map((value) => ({ value, label: t(`train.kinds.${value}`) }))}
          value={kind}
          onChange={(value) => {
            change({ kind: trainingKinds.find((one) => one === value) ?? 'train' });
          }}
        />
      }
    >
      <QueryState query={options} height={320}>
        {(known) => (
          <div className={classes.content}>
            {kind === 'train' && (
              <TrainForm
                key={search.family}
                options={known}
                family={search.family}
                onFamily={(family) => {
                  change({ family });
                }}
                work={work.train}
              />
            )}
            {kind === 'tune' && (
              <TuneForm
                key={search.family}
                options={known}
                family={search.family}
                onFamily={(family) => {
                  change({ family });
                }}
                work={work.tune}
              />
            )}
            {kind === 'processing' && <ProcessingForm work={work.processing} />}
          </div>
        )}
      </QueryState>
    </Section>
  );
}
