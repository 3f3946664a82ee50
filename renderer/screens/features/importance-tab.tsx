import { SegmentedControl } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { ChartFigure } from '../../components/chart-figure.tsx';
import type { ChartTheme } from '../../components/chart-theme.ts';
import { beeswarm } from '../../components/charts/beeswarm.ts';
import { intervalBars } from '../../components/charts/interval-bars.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { useFormat } from '../../components/format.ts';
import type { Format } from '../../components/format-values.ts';
import { Section } from '../../components/screen.tsx';
import type { AnsweredReport, Finding } from './answers.ts';
import { DependenceFigure } from './dependence-figure.tsx';
import type { FeatureViewProps } from './feature-name.tsx';
import { importanceKinds, type FeaturesSearch } from './route.tsx';
import { WithReport, type ReportTabProps } from './with-report.tsx';
import classes from './features.module.css';

const shown = 25;
/** About 95 %: so many standard errors of the mean over the shuffles. */
const errorsWide = 2;

interface Bar {
  readonly name: string;
  readonly value: number;
  readonly low?: number;
  readonly high?: number;
}

/** What each feature is worth: to the result itself, and to a model. */
export function ImportanceTab(props: FeatureViewProps & ReportTabProps) {
  return (
    <WithReport {...props}>
      {(report) => <Importance report={report} search={props.search} change={props.change} />}
    </WithReport>
  );
}

function Importance(props: FeatureViewProps & { readonly report: AnsweredReport }) {
  const { report, search, change } = props;
  const { t } = useTranslation(['features', 'engine']);
  const format = useFormat();
  return (
    <div className={classes.content}>
      <Section
        title={t('importance.title')}
        info={t(`importance.kinds.${search.kind}.info`)}
        note={noteOf({ report, kind: search.kind, t, format })}
        actions={
          <SegmentedControl
            aria-label={t('importance.kind')}
            data={importanceKinds.map((value) => ({ value, label: t(`importance.kinds.${value}.label`) }))}
            value={search.kind}
            onChange={(value) => {
              change({ kind: importanceKinds.find((one) => one === value) ?? 'permutation' });
            }}
          />
        }
      >
        <ImportanceFigure report={report} kind={search.kind} />
      </Section>
      {report.shap && (
        <Section
          title={t('shap.title')}
          info={t('shap.info')}
          note={t('shap.note', { n: format.count(report.shap.n) })}
        >
          <div className={classes.split}>
            <BeeswarmFigure shap={report.shap} />
            <DependenceFigure shap={report.shap} picked={search.feature} change={change} />
          </div>
        </Section>
      )}
    </div>
  );
}

function noteOf(of: {
  readonly report: AnsweredReport;
  readonly kind: FeaturesSearch['kind'];
  readonly t: TFunction<readonly ['features', 'engine']>;
  readonly format: Format;
}): string {
  const { report, kind, t, format } = of;
  if (kind === 'information') {
    return t('importance.information-note', {
      n: format.count(report.informationRows),
      draws: format.count(report.draws),
    });
  }
  const { model } = report;
  if (!model) return t('importance.no-model');
  return t('importance.model-note', {
    family: [t(`engine:evaluation.families.${model.family}`), model.championship]
      .filter((part) => part !== null)
      .join(' · '),
    until: format.day(model.trainUntil),
    trained: format.count(model.trainCount),
    n: format.count(model.n),
    from: format.day(model.from),
    to: format.day(model.until),
  });
}

function ImportanceFigure(props: { readonly report: AnsweredReport; readonly kind: FeaturesSearch['kind'] }) {
  const { report, kind } = props;
  const { t } = useTranslation('features');
  const format = useFormat();
  const repeats = report.model?.repeats ?? 1;
  const bars = barsOf(report.features, kind, repeats);
  const text = useCallback(
    (value: number) =>
      kind === 'gain' ? format.percent(value) : format.number(value, kind === 'permutation' ? 5 : 4),
    [kind, format],
  );
  const option = useCallback(
    (theme: ChartTheme) =>
      intervalBars(theme, {
        bars: barsOf(report.features, kind, repeats),
        text,
        nameWidth: 230,
        axis: { name: t(`importance.kinds.${kind}.axis`) },
      }),
    [report, kind, repeats, text, t],
  );
  if (bars.length === 0)
    return <EmptyState title={t('importance.nothing')} text={t('importance.nothing-text')} />;
  const hasRange = bars[0]!.low !== undefined;
  return (
    <ChartFigure
      title={t(`importance.kinds.${kind}.label`)}
      isTitleHidden
      description={t('importance.description', {
        first: bars[0]!.name,
        value: text(bars[0]!.value),
        n: format.count(bars.length),
      })}
      option={option}
      height={60 + bars.length * 24}
      table={{
        columns: [
          { key: 'name', label: t('columns.name.title') },
          { key: 'value', label: t(`importance.kinds.${kind}.label`), text },
          ...(hasRange
            ? [
                { key: 'low', label: t('importance.low'), text },
                { key: 'high', label: t('importance.high'), text },
              ]
            : []),
        ],
        rows: bars.map((bar) => ({ ...bar })),
      }}
    />
  );
}

function barsOf(features: readonly Finding[], kind: FeaturesSearch['kind'], repeats: number): Bar[] {
  const all = features.flatMap((feature): Bar[] => {
    const { name, permutation, information, gain, shap } = feature;
    switch (kind) {
      case 'permutation': {
        if (!permutation) return [];
        const half = (errorsWide * permutation.spread) / Math.sqrt(repeats);
        return [
          { name, value: permutation.rise, low: permutation.rise - half, high: permutation.rise + half },
        ];
      }
      case 'information':
        // From what a useless column shows on average to its 95 % point.
        return information
          ? [{ name, value: information.value, low: information.nullMean, high: information.nullHigh }]
          : [];
      case 'gain':
        return gain === null ? [] : [{ name, value: gain }];
      case 'shap':
        return shap === null ? [] : [{ name, value: shap }];
    }
  });
  return all.sort((a, b) => b.value - a.value).slice(0, shown);
}

function BeeswarmFigure({ shap }: { readonly shap: NonNullable<AnsweredReport['shap']> }) {
  const { t } = useTranslation('features');
  const format = useFormat();
  const option = useCallback(
    (theme: ChartTheme) =>
      beeswarm(theme, {
        rows: shap.features.map(({ name, values, contributions }) => {
          const levels = levelsOf(values);
          return { name, points: contributions.map((x, at) => ({ x, level: levels[at]! })) };
        }),
        axisName: t('shap.axis'),
        text: (value) => theme.format.signed(value, 3),
        words: { low: t('shap.low'), high: t('shap.high') },
      }),
    [shap, t],
  );
  return (
    <ChartFigure
      title={t('shap.swarm')}
      description={t('shap.swarm-description', {
        n: format.count(shap.n),
        features: format.count(shap.features.length),
      })}
      option={option}
      height={80 + shap.features.length * 30}
      table={{
        columns: [
          { key: 'name', label: t('columns.name.title') },
          { key: 'value', label: t('shap.value') },
          { key: 'contribution', label: t('shap.axis') },
        ],
        rows: shap.features.flatMap(({ name, values, contributions }) =>
          contributions.map((contribution, at) => ({ name, value: values[at] ?? null, contribution })),
        ),
      }}
    />
  );
}

/** Where each value lies among the others, 0 for the lowest to 1 for the highest. */
function levelsOf(values: readonly (number | null)[]): (number | null)[] {
  const sorted = values.filter((value) => value !== null).sort((a, b) => a - b);
  const last = Math.max(1, sorted.length - 1);
  return values.map((value) => (value === null ? null : sorted.indexOf(value) / last));
}
