import { useTranslation } from 'react-i18next';
import { useFormat } from '../../components/format.ts';
import { Metric, MetricRow } from '../../components/metric.tsx';
import { Section } from '../../components/screen.tsx';
import type { AnsweredReport } from './report.ts';

/** Draws apart: they are seldom the most probable result, however well they are forecast. */
export function DrawsSection(props: {
  readonly draws: NonNullable<AnsweredReport['draws']>;
  readonly n: number;
}) {
  const { draws, n } = props;
  const { t } = useTranslation('calibration');
  const format = useFormat();
  return (
    <Section title={t('draws.title')} info={t('draws.info')}>
      <MetricRow>
        <Metric
          label={t('draws.said')}
          value={format.percent(draws.meanProbability)}
          definition={t('draws.said-definition')}
          n={n}
        />
        <Metric
          label={t('draws.came')}
          value={format.percent(draws.frequency)}
          definition={t('draws.came-definition')}
          n={n}
        />
        <Metric
          label={t('draws.spread')}
          value={format.number(100 * draws.standardDeviation, 1)}
          definition={t('draws.spread-definition')}
          n={n}
        />
        <Metric
          label={t('draws.highest')}
          value={format.percent(draws.highestProbability)}
          definition={t('draws.highest-definition')}
          n={n}
        />
        <Metric
          label={t('draws.most-probable')}
          value={format.count(draws.mostProbable)}
          definition={t('draws.most-probable-definition')}
          n={n}
        />
        <Metric
          label={t('draws.skill')}
          value={draws.skillOverBaseRate === null ? null : format.percent(draws.skillOverBaseRate, 2)}
          missing={t('draws.no-base-rate')}
          definition={t('draws.skill-definition')}
          n={n}
        />
      </MetricRow>
    </Section>
  );
}
