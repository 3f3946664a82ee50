import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { ChartFigure } from '../../components/chart-figure.tsx';
import type { ChartTheme } from '../../components/chart-theme.ts';
import { heatMap } from '../../components/charts/heat-map.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { useFormat } from '../../components/format.ts';
import { Section } from '../../components/screen.tsx';
import { SimpleTable } from '../../components/simple-table.tsx';
import type { AnsweredReport } from './answers.ts';
import { FeatureName, type FeatureViewProps } from './feature-name.tsx';
import { SelectionSection } from './selection-section.tsx';
import { WithReport, type ReportTabProps } from './with-report.tsx';
import classes from './features.module.css';

const shown = 20;

/** Whether importance is steady over the folds, and what selection kept and dropped. */
export function StabilityTab(props: FeatureViewProps & ReportTabProps) {
  const { t } = useTranslation('features');
  return (
    <div className={classes.content}>
      <SelectionSection search={props.search} change={props.change} />
      <WithReport {...props}>
        {({ stability }) =>
          stability ? (
            <Stability stability={stability} change={props.change} />
          ) : (
            <EmptyState title={t('stability.nothing')} text={t('importance.nothing-text')} />
          )
        }
      </WithReport>
    </div>
  );
}

function Stability(props: {
  readonly stability: NonNullable<AnsweredReport['stability']>;
  readonly change: FeatureViewProps['change'];
}) {
  const { stability, change } = props;
  const { t } = useTranslation('features');
  const format = useFormat();
  const leading = stability.features.slice(0, shown);
  const folds = stability.folds.map((fold) => fold.replace(/^until /, ''));
  const option = useCallback(
    (theme: ChartTheme) => {
      const first = stability.features.slice(0, shown);
      return heatMap(theme, {
        xNames: stability.folds.map((fold) => theme.format.month(fold.replace(/^until /, ''))),
        yNames: first.map(({ name }) => name),
        values: first.map(({ shares }) => shares),
        scale: 'sequential',
        text: (value) => theme.format.percent(value),
        isTopDown: true,
      });
    },
    [stability],
  );
  return (
    <Section
      title={t('stability.title')}
      info={t('stability.info')}
      note={t('stability.note', { folds: format.count(stability.folds.length) })}
    >
      <div className={classes.split}>
        <ChartFigure
          title={t('stability.map')}
          description={t('stability.description', { n: format.count(leading.length) })}
          option={option}
          height={80 + leading.length * 22}
          table={{
            columns: [
              { key: 'name', label: t('columns.name.title') },
              ...folds.map((fold) => ({
                key: fold,
                label: fold,
                text: (value: number) => format.percent(value),
              })),
            ],
            rows: stability.features.map(({ name, shares }) => ({
              name,
              ...Object.fromEntries(folds.map((fold, at) => [fold, shares[at] ?? null])),
            })),
          }}
        />
        <SimpleTable
          caption={t('stability.title')}
          isDense
          rows={leading}
          rowKey={(row) => row.name}
          columns={[
            {
              key: 'name',
              title: t('columns.name.title'),
              isRowHead: true,
              cell: (row) => <FeatureName name={row.name} change={change} />,
            },
            {
              key: 'mean',
              title: t('stability.mean-rank'),
              definition: t('stability.mean-rank-definition'),
              align: 'end',
              cell: (row) => format.number(row.meanRank, 1),
            },
            {
              key: 'range',
              title: t('stability.range'),
              definition: t('stability.range-definition'),
              align: 'end',
              cell: (row) => format.range(row.bestRank, row.worstRank, (rank) => format.count(rank)),
            },
          ]}
        />
      </div>
    </Section>
  );
}
