import { NumberInput, Switch } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ResultBetting } from '../../../engine/contract/results.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { useFormat } from '../../components/format.ts';
import { Metric, MetricRow } from '../../components/metric.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { Section } from '../../components/screen.tsx';
import { api } from '../../connection/client.ts';
import { BankrollChart } from './bankroll-chart.tsx';
import type { ResultsTabProps } from './results-screen.tsx';
import classes from './results.module.css';

/** What betting on the forecasts of the result would have earned, and how little that proves. */
export function BettingTab({ search, filter, isReady, change }: ResultsTabProps) {
  const { t } = useTranslation('results');
  const { edge, kelly } = search;
  const { types: _, ...shared } = filter;
  const betting = useQuery(
    api.results.betting.queryOptions({
      input: { ...shared, edge: edge === null ? null : edge / 100, kellyFraction: kelly / 100 },
      enabled: isReady,
      placeholderData: keepPreviousData,
      staleTime: 30_000,
    }),
  );
  return (
    <Section title={t('betting.title')} info={t('betting.info')}>
      <div className={classes.controls}>
        <Switch
          size="xs"
          label={t('betting.value-only')}
          checked={edge !== null}
          onChange={({ currentTarget }) => {
            change({ edge: currentTarget.checked ? 3 : null });
          }}
        />
        {edge !== null && (
          <NumberInput
            size="xs"
            w={170}
            label={t('betting.edge')}
            min={0}
            max={50}
            suffix=" %"
            value={edge}
            onChange={(value) => {
              if (typeof value === 'number') change({ edge: value });
            }}
          />
        )}
        <NumberInput
          size="xs"
          w={170}
          label={t('betting.kelly')}
          min={1}
          max={100}
          suffix=" %"
          value={kelly}
          onChange={(value) => {
            if (typeof value === 'number' && value >= 1) change({ kelly: value });
          }}
        />
      </div>
      <QueryState query={betting} height={480}>
        {({ betting: found }) => <Betting found={found} />}
      </QueryState>
    </Section>
  );
}

function Betting({ found }: { readonly found: ResultBetting }) {
  const { t } = useTranslation('results');
  const format = useFormat();
  const counts = t('betting.counts', {
    forecasts: format.count(found.forecasts),
    withoutPrice: format.count(found.withoutPrice),
    bets: format.count(found.bets),
  });
  if (!found.record) {
    return (
      <EmptyState
        title={t('betting.empty.title')}
        text={
          <>
            {t('betting.empty.text')} {counts}
          </>
        }
      />
    );
  }
  return (
    <>
      <div data-private="picture">
        <Figures found={found} record={found.record} />
      </div>
      <p className={classes.paragraph}>{counts}</p>
      <div className={classes.pair} data-private="picture">
        {found.staking.map((staking) => (
          <BankrollChart key={staking.plan} staking={staking} days={found.days} draws={found.draws} />
        ))}
      </div>
      <p className={classes.warning}>{t('betting.warning')}</p>
    </>
  );
}

function Figures({
  found,
  record,
}: {
  readonly found: ResultBetting;
  readonly record: NonNullable<ResultBetting['record']>;
}) {
  const { t } = useTranslation('results');
  const format = useFormat();
  const metric = (key: string) => ({
    label: t(`betting.${key}.label`),
    definition: t(`betting.${key}.definition`),
    missing: t('betting.missing'),
  });
  const percent = (value: number | null) => (value === null ? null : format.percent(value));
  const interval = (figure: { readonly low: number | null; readonly high: number | null } | null) =>
    figure?.low == null || figure.high == null
      ? {}
      : { interval: { low: format.percent(figure.low), high: format.percent(figure.high), level: 0.95 } };
  const flat = found.staking.find(({ plan }) => plan === 'flat');
  const kelly = found.staking.find(({ plan }) => plan === 'kelly');
  const clv = record.closingLineValue;
  return (
    <MetricRow>
      <Metric
        {...metric('yield')}
        value={percent(record.yield.value)}
        {...interval(record.yield)}
        n={found.bets}
      />
      <Metric
        {...metric('clv')}
        value={percent(clv?.value ?? null)}
        {...interval(clv)}
        n={record.withClose}
      />
      <Metric {...metric('hit-rate')} value={percent(record.hitRate)} n={found.bets} />
      <Metric {...metric('odds')} value={format.odds(record.meanOdds)} />
      <Metric
        {...metric('required')}
        value={record.requiredBets === null ? null : format.count(record.requiredBets)}
        {...(record.requiredBets !== null
          ? {
              verdict:
                found.bets >= record.requiredBets
                  ? ({ tone: 'good', text: t('betting.enough') } as const)
                  : ({ tone: 'warning', text: t('betting.too-few') } as const),
            }
          : {})}
      />
      <Metric {...metric('noise')} value={percent(record.noiseProbability)} />
      <Metric {...metric('losing-run')} value={format.count(record.longestLosingRun)} />
      <Metric {...metric('drawdown-flat')} value={percent(flat?.drawdown ?? null)} />
      <Metric {...metric('drawdown-kelly')} value={percent(kelly?.drawdown ?? null)} />
    </MetricRow>
  );
}
