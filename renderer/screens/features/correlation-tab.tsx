import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ChartFigure } from '../../components/chart-figure.tsx';
import type { ChartTheme } from '../../components/chart-theme.ts';
import { heatMap } from '../../components/charts/heat-map.ts';
import { useFormat } from '../../components/format.ts';
import { Section } from '../../components/screen.tsx';
import { SimpleTable } from '../../components/simple-table.tsx';
import type { AnsweredReport } from './answers.ts';
import { FeatureName, type FeatureViewProps } from './feature-name.tsx';
import { WithReport, type ReportTabProps } from './with-report.tsx';
import classes from './features.module.css';

const closest = 15;

/** Which features say the same. */
export function CorrelationTab(props: FeatureViewProps & ReportTabProps) {
  return (
    <WithReport {...props}>{(report) => <Correlation report={report} change={props.change} />}</WithReport>
  );
}

function Correlation(props: {
  readonly report: AnsweredReport;
  readonly change: FeatureViewProps['change'];
}) {
  const { t } = useTranslation('features');
  const format = useFormat();
  const { names, values, n } = props.report.correlation;
  const pairs = useMemo(() => {
    const all = names.flatMap((first, a) =>
      names.slice(a + 1).flatMap((second, later) => {
        const rho = values[a]![a + 1 + later] ?? null;
        return rho === null ? [] : [{ first, second, rho }];
      }),
    );
    return all.sort((one, other) => Math.abs(other.rho) - Math.abs(one.rho));
  }, [names, values]);
  const option = useCallback(
    (theme: ChartTheme) =>
      heatMap(theme, {
        xNames: names,
        yNames: names,
        values,
        scale: 'diverging',
        min: -1,
        max: 1,
        text: (value) => theme.format.signed(value, 2),
        isTopDown: true,
      }),
    [names, values],
  );
  return (
    <div className={classes.content}>
      <Section
        title={t('correlation.title')}
        info={t('correlation.info')}
        note={t('correlation.note', { n: format.count(n), features: format.count(names.length) })}
      >
        <ChartFigure
          title={t('correlation.title')}
          isTitleHidden
          description={t('correlation.description', {
            first: pairs[0]?.first ?? '',
            second: pairs[0]?.second ?? '',
            rho: format.signed(pairs[0]?.rho, 2),
          })}
          option={option}
          height={Math.max(420, 160 + names.length * 14)}
          table={{
            columns: [
              { key: 'first', label: t('correlation.first') },
              { key: 'second', label: t('correlation.second') },
              { key: 'rho', label: t('correlation.rho'), text: (value) => format.signed(value, 3) },
            ],
            rows: pairs,
          }}
        />
      </Section>
      <Section title={t('correlation.closest')} info={t('correlation.closest-info')} flush>
        <SimpleTable
          caption={t('correlation.closest')}
          isDense
          rows={pairs.slice(0, closest)}
          rowKey={(row) => `${row.first} ${row.second}`}
          columns={[
            {
              key: 'first',
              title: t('correlation.first'),
              isRowHead: true,
              cell: (row) => <FeatureName name={row.first} change={props.change} />,
            },
            {
              key: 'second',
              title: t('correlation.second'),
              cell: (row) => <FeatureName name={row.second} change={props.change} />,
            },
            {
              key: 'rho',
              title: t('correlation.rho'),
              definition: t('correlation.rho-definition'),
              align: 'end',
              cell: (row) => format.signed(row.rho, 3),
            },
          ]}
        />
      </Section>
    </div>
  );
}
