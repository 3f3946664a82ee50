import { useTranslation } from 'react-i18next';
import { useFormat } from '../../components/format.ts';
import { Metric, MetricRow } from '../../components/metric.tsx';
import { Section } from '../../components/screen.tsx';
import type { AnsweredReport } from './report.ts';

/** Proper scores with their intervals, and how sharp the forecasts are. */
export function ScoresSection({ report }: { readonly report: AnsweredReport }) {
  const { t } = useTranslation('calibration');
  const format = useFormat();
  const { scores, sharpness, n, from, until } = report;
  const fewer = t('too-few', { n: format.count(report.minimum) });
  const text = (name: string, value: number) =>
    name === 'accuracy' ? format.percent(value) : format.number(value, 4);
  return (
    <Section
      title={t('scores.title')}
      info={t('scores.info')}
      note={t('scores.note', {
        from: format.day(from),
        until: format.day(until),
      })}
    >
      <MetricRow>
        {(['logLoss', 'rps', 'brier', 'accuracy'] as const).map((name) => {
          const figure = scores?.[name];
          const isWhole = figure !== undefined && figure.low !== null && figure.high !== null;
          return (
            <Metric
              key={name}
              label={t(`scores.${name}.label`)}
              value={figure?.value == null ? null : text(name, figure.value)}
              missing={fewer}
              definition={t(`scores.${name}.definition`)}
              interval={
                isWhole
                  ? { low: text(name, figure.low!), high: text(name, figure.high!), level: 0.95 }
                  : undefined
              }
              n={n}
            />
          );
        })}
        <Metric
          label={t('scores.sharpness.label')}
          value={sharpness === null ? null : format.percent(sharpness.topProbability)}
          missing={fewer}
          definition={t('scores.sharpness.definition')}
          n={n}
        />
      </MetricRow>
    </Section>
  );
}
