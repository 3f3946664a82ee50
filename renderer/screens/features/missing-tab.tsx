import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { ChartFigure } from '../../components/chart-figure.tsx';
import type { ChartTheme } from '../../components/chart-theme.ts';
import { heatMap } from '../../components/charts/heat-map.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { useFormat } from '../../components/format.ts';
import { Section } from '../../components/screen.tsx';
import type { AnsweredReport } from './answers.ts';
import type { FeatureViewProps } from './feature-name.tsx';
import { WithReport, type ReportTabProps } from './with-report.tsx';

const most = 60;

/** Which features are missing when. */
export function MissingTab(props: FeatureViewProps & ReportTabProps) {
  return <WithReport {...props}>{(report) => <Missingness report={report} />}</WithReport>;
}

function Missingness({ report }: { readonly report: AnsweredReport }) {
  const { t } = useTranslation('features');
  const format = useFormat();
  const { seasons, counts, shares } = report.missingness;
  const rows = rowsOf(report);
  const option = useCallback(
    (theme: ChartTheme) => {
      const shown = rowsOf(report);
      return heatMap(theme, {
        xNames: seasons,
        yNames: shown.map(({ name }) => name),
        values: shown.map((row) => row.shares),
        scale: 'sequential',
        min: 0,
        max: 1,
        text: (value) => theme.format.percent(value),
        isTopDown: true,
      });
    },
    [report, seasons],
  );
  const whole = report.features.length - shares.filter((own) => own.some((share) => share > 0)).length;
  return (
    <Section
      title={t('missing.title')}
      info={t('missing.info')}
      note={t('missing.note', { whole: format.count(whole), all: format.count(report.features.length) })}
    >
      {rows.length === 0 ? (
        <EmptyState title={t('missing.nothing')} />
      ) : (
        <ChartFigure
          title={t('missing.title')}
          isTitleHidden
          description={t('missing.description', {
            n: format.count(rows.length),
            seasons: format.count(seasons.length),
          })}
          option={option}
          height={80 + rows.length * 18}
          table={{
            columns: [
              { key: 'name', label: t('columns.name.title') },
              ...seasons.map((season, at) => ({
                key: season,
                label: season,
                unit: `n = ${format.count(counts[at])}`,
                text: (value: number) => format.percent(value),
              })),
            ],
            rows: report.features.map(({ name }, at) => ({
              name,
              ...Object.fromEntries(seasons.map((season, s) => [season, shares[at]![s]!])),
            })),
          }}
        />
      )}
    </Section>
  );
}

/** Features that are ever missing, the most missing first. */
function rowsOf({ features, missingness }: AnsweredReport) {
  return features
    .map(({ name, missing }, at) => ({ name, missing, shares: missingness.shares[at]! }))
    .filter(({ shares }) => shares.some((share) => share > 0))
    .sort((a, b) => b.missing - a.missing)
    .slice(0, most);
}
