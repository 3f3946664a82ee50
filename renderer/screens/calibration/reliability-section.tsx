import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { ChartFigure } from '../../components/chart-figure.tsx';
import type { ChartTheme } from '../../components/chart-theme.ts';
import { reliabilityDiagram } from '../../components/charts/reliability-diagram.ts';
import { useFormat } from '../../components/format.ts';
import { Section } from '../../components/screen.tsx';
import { modelName } from './calibration-pickers.tsx';
import { outcomeToken, type AnsweredReport } from './report.ts';
import classes from './calibration.module.css';

const bandLevel = 0.9;

type Curve = AnsweredReport['reliability'][number];

/** One reliability diagram for each result. */
export function ReliabilitySection(props: { readonly report: AnsweredReport; readonly model: string }) {
  const { t } = useTranslation('calibration');
  return (
    <Section title={t('reliability.title')} info={t('reliability.info')}>
      <div className={classes.curves}>
        {props.report.reliability.map((curve) => (
          <ReliabilityFigure key={curve.class} curve={curve} model={props.model} />
        ))}
      </div>
    </Section>
  );
}

function ReliabilityFigure({ curve, model }: { readonly curve: Curve; readonly model: string }) {
  const { t } = useTranslation(['calibration', 'engine', 'components']);
  const format = useFormat();
  const name = t(`engine:evaluation.classes.${curve.class}`);
  const option = useCallback(
    (theme: ChartTheme) =>
      reliabilityDiagram(theme, {
        bins: curve.points.map((forecast, at) => ({
          forecast,
          observed: curve.frequency[at]!,
          low: curve.low[at]!,
          high: curve.high[at]!,
          n: curve.n,
        })),
        histogram: curve.histogram.map((n, at) => ({ from: at / 10, until: (at + 1) / 10, n })),
        colour: theme.tokens[outcomeToken[curve.class]],
        words: {
          forecast: t('reliability.forecast'),
          observed: t('components:chart.observed'),
          count: t('components:chart.count'),
          perfect: t('components:chart.perfect'),
          consistent: t('components:chart.consistent', { level: theme.format.percent(bandLevel, 0) }),
        },
      }),
    [curve, t],
  );
  return (
    <ChartFigure
      title={name}
      description={t('reliability.description', {
        outside: format.percent(curve.outside, 0),
        n: format.count(curve.n),
        level: format.percent(bandLevel, 0),
      })}
      option={option}
      height={360}
      name={[t('title'), modelName(model, t), name]}
      table={{
        columns: [
          { key: 'forecast', label: t('reliability.forecast'), text: (value) => format.percent(value) },
          {
            key: 'observed',
            label: t('components:chart.observed'),
            text: (value) => format.percent(value),
          },
          { key: 'low', label: t('reliability.low'), text: (value) => format.percent(value) },
          { key: 'high', label: t('reliability.high'), text: (value) => format.percent(value) },
        ],
        rows: curve.points.map((forecast, at) => ({
          forecast,
          observed: curve.frequency[at]!,
          low: curve.low[at]!,
          high: curve.high[at]!,
        })),
      }}
    />
  );
}
