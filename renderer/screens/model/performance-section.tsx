import type { InferContractRouterOutputs } from '@orpc/contract';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { contract } from '../../../engine/contract/router.ts';
import { ChartFigure } from '../../components/chart-figure.tsx';
import type { ChartTheme } from '../../components/chart-theme.ts';
import { intervalBars } from '../../components/charts/interval-bars.ts';
import { useFormat } from '../../components/format.ts';
import { Metric, MetricRow } from '../../components/metric.tsx';
import { Missing } from '../../components/missing.tsx';
import { Section } from '../../components/screen.tsx';
import { SimpleTable } from '../../components/simple-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';

type Card = InferContractRouterOutputs<typeof contract>['models']['card'];
type Score = Card['scores'][number];

/** How the version has forecast matches after its training, beside the base rate and the closing market. */
export function PerformanceSection(props: {
  readonly card: Card;
  readonly nameOf: (code: string) => string;
}) {
  const { card, nameOf } = props;
  const { t } = useTranslation('models');
  const format = useFormat();
  const [all, ...parts] = card.scores;
  const name = (score: Score) =>
    score.championship === null ? t('performance.all') : nameOf(score.championship);
  const option = useCallback(
    (theme: ChartTheme) =>
      intervalBars(theme, {
        isDot: true,
        bars: card.scores.map((score) => ({
          name: score.championship === null ? t('performance.all') : nameOf(score.championship),
          value: score.logLoss.value ?? 0,
          low: score.logLoss.low,
          high: score.logLoss.high,
          note: `n = ${theme.format.count(score.n)}`,
        })),
        text: (value) => theme.format.number(value, 3),
        nameWidth: 180,
      }),
    [card, nameOf, t],
  );
  if (!all) {
    return (
      <Section title={t('performance.title')}>
        <EmptyState title={t('performance.none')} text={t('performance.none-text')} />
      </Section>
    );
  }
  const number = (value: number | null | undefined) => format.number(value, 4);
  const interval = { low: number(all.logLoss.low), high: number(all.logLoss.high), level: 0.95 };
  return (
    <Section
      title={t('performance.title')}
      info={t('performance.info')}
      note={t('performance.note', { from: format.day(card.from), until: format.day(card.until) })}
    >
      <MetricRow>
        <Metric
          label={t('runs.columns.logLoss.title')}
          value={number(all.logLoss.value)}
          definition={t('runs.columns.logLoss.definition')}
          interval={interval}
          n={all.n}
        />
        <Metric
          label={t('performance.base-rate')}
          value={all.baseRate ? number(all.baseRate.logLoss) : null}
          missing={t('performance.no-base-rate')}
          definition={t('performance.base-rate-definition')}
          n={all.baseRate?.n}
        />
        <Metric
          label={t('performance.closing')}
          value={all.closing ? number(all.closing.logLoss) : null}
          missing={t('performance.no-closing')}
          definition={t('performance.closing-definition', { own: number(all.closing?.own) })}
          n={all.closing?.n}
        />
        <Metric
          label={t('runs.columns.accuracy.title')}
          value={format.percent(all.accuracy)}
          definition={t('runs.columns.accuracy.definition')}
          n={all.n}
        />
      </MetricRow>
      {parts.length > 1 && (
        <ChartFigure
          title={t('performance.by-championship')}
          description={t('performance.description', { n: format.count(parts.length) })}
          option={option}
          height={60 + card.scores.length * 26}
          table={{
            columns: [
              { key: 'name', label: t('performance.championship') },
              { key: 'n', label: 'n' },
              { key: 'logLoss', label: t('runs.columns.logLoss.title') },
              { key: 'low', label: t('performance.low') },
              { key: 'high', label: t('performance.high') },
            ],
            rows: card.scores.map((score) => ({
              name: name(score),
              n: score.n,
              logLoss: score.logLoss.value,
              low: score.logLoss.low,
              high: score.logLoss.high,
            })),
          }}
        />
      )}
      <SimpleTable
        caption={t('performance.title')}
        isDense
        rows={card.scores}
        rowKey={({ championship }) => championship ?? ''}
        columns={[
          { key: 'name', title: t('performance.championship'), isRowHead: true, cell: name },
          { key: 'n', title: 'n', align: 'end', cell: ({ n }) => format.count(n) },
          {
            key: 'loss',
            title: t('runs.columns.logLoss.title'),
            definition: t('runs.columns.logLoss.definition'),
            align: 'end',
            cell: ({ logLoss }) => number(logLoss.value),
          },
          {
            key: 'base',
            title: t('performance.base-rate'),
            align: 'end',
            cell: ({ baseRate }) =>
              baseRate ? number(baseRate.logLoss) : <Missing reason={t('performance.no-base-rate')} />,
          },
          {
            key: 'closing',
            title: t('performance.closing'),
            align: 'end',
            cell: ({ closing }) =>
              closing ? number(closing.logLoss) : <Missing reason={t('performance.no-closing')} />,
          },
          { key: 'rps', title: 'RPS', align: 'end', cell: ({ rps }) => number(rps) },
          { key: 'brier', title: t('performance.brier'), align: 'end', cell: ({ brier }) => number(brier) },
          {
            key: 'accuracy',
            title: t('runs.columns.accuracy.title'),
            align: 'end',
            cell: ({ accuracy }) => format.percent(accuracy),
          },
        ]}
      />
    </Section>
  );
}
