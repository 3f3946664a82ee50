import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../components/format.ts';
import { Missing } from '../../components/missing.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { Section } from '../../components/screen.tsx';
import { SimpleTable } from '../../components/simple-table.tsx';
import { api } from '../../connection/client.ts';
import type { SelectionFold } from './answers.ts';
import { FeatureName, type FeatureViewProps } from './feature-name.tsx';
import classes from './features.module.css';

/** What forward selection let into the logistic family, what it left out, and why. */
export function SelectionSection({ search, change }: FeatureViewProps) {
  const { t } = useTranslation('features');
  const selection = useQuery(api.features.selection.queryOptions());
  return (
    <QueryState
      query={selection}
      height={320}
      empty={{
        when: (folds) => folds.length === 0,
        title: t('selection.none'),
        text: t('selection.none-text'),
      }}
    >
      {(folds) => (
        <Selection
          folds={folds}
          fold={folds.find(({ seasonCode }) => seasonCode === search.fold) ?? folds[0]!}
          change={change}
        />
      )}
    </QueryState>
  );
}

function Selection(props: {
  readonly folds: readonly SelectionFold[];
  readonly fold: SelectionFold;
  readonly change: FeatureViewProps['change'];
}) {
  const { folds, fold, change } = props;
  const { t } = useTranslation('features');
  const format = useFormat();
  const foldName = ({ seasonCode }: SelectionFold) =>
    t('selection.fold', { day: format.day(seasonCode.replace(/^until /, '')) });
  const keptIn = (name: string) => folds.filter(({ kept }) => kept.some((one) => one.name === name)).length;
  const often = (name: string) =>
    t('selection.often', { kept: format.count(keptIn(name)), folds: format.count(folds.length) });
  const head = {
    key: 'name',
    title: t('columns.name.title'),
    isRowHead: true,
    cell: ({ name }: { readonly name: string }) => <FeatureName name={name} change={change} />,
  };
  const frequency = {
    key: 'often',
    title: t('selection.frequency'),
    definition: t('selection.frequency-definition'),
    align: 'end' as const,
    cell: ({ name }: { readonly name: string }) => often(name),
  };
  return (
    <Section
      title={t('selection.title')}
      info={t('selection.info')}
      note={t('selection.note', {
        trained: format.count(fold.trainCount),
        until: format.day(fold.trainUntil),
        kept: format.count(fold.kept.length),
        dropped: format.count(fold.dropped.length),
      })}
      actions={
        <Select
          aria-label={t('selection.pick')}
          data={folds.map((one) => ({ value: one.seasonCode, label: foldName(one) }))}
          value={fold.seasonCode}
          onChange={(value) => {
            change({ fold: value === null || value === folds[0]?.seasonCode ? undefined : value });
          }}
          allowDeselect={false}
          w={240}
        />
      }
    >
      <div className={classes.selection}>
        <SimpleTable
          caption={t('selection.kept')}
          isCaptionShown
          isDense
          rows={fold.kept}
          rowKey={(row) => row.name}
          columns={[
            {
              key: 'order',
              title: t('selection.order'),
              align: 'end',
              cell: (_, at) => format.count(at + 1),
            },
            head,
            {
              key: 'statistic',
              title: t('selection.statistic'),
              definition: t('selection.statistic-definition'),
              align: 'end',
              cell: (row) =>
                row.statistic === null ? (
                  <Missing reason={t('selection.not-noted')} />
                ) : (
                  format.number(row.statistic, 1)
                ),
            },
            frequency,
          ]}
        />
        <div className={classes.tall}>
          <SimpleTable
            caption={t('selection.dropped')}
            isCaptionShown
            isDense
            rows={fold.dropped}
            rowKey={(row) => row.name}
            columns={[
              head,
              {
                key: 'reason',
                title: t('selection.reason'),
                cell: (row) =>
                  t(`selection.reasons.${row.reason}`, {
                    figure:
                      row.reason === 'missing' || row.reason === 'constant'
                        ? format.percent(row.figure, 0)
                        : format.number(row.figure, 3),
                  }),
              },
              frequency,
            ]}
            empty={t('selection.not-noted')}
          />
        </div>
      </div>
    </Section>
  );
}
