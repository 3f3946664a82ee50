import { NumberInput, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { WinnersCurse } from '../../../engine/contract/results.ts';
import { useFormat } from '../../components/format.ts';
import { Metric, MetricRow } from '../../components/metric.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { Section } from '../../components/screen.tsx';
import { api } from '../../connection/client.ts';
import { CurseCloud } from './curse-cloud.tsx';
import { CurseTable } from './curse-table.tsx';
import type { ResultsTabProps } from './results-screen.tsx';
import classes from './results.module.css';

/** The winner's curse on the analyst's own filters: what the best of the past promised, and what it came to. */
export function CurseTab({ search, filter, isReady, change }: ResultsTabProps) {
  const { t } = useTranslation('results');
  const { split, minimum } = search;
  const curse = useQuery(
    api.results.curse.queryOptions({
      input: { ...filter, minimum, ...(split ? { split } : {}) },
      enabled: isReady,
      placeholderData: keepPreviousData,
      staleTime: 30_000,
    }),
  );
  const later = useDebouncedCallback(change, 300);
  return (
    <div className={classes.stack}>
      <Section title={t('curse.title')} info={t('curse.info')}>
        <div className={classes.controls}>
          <TextInput
            size="xs"
            w={190}
            type="date"
            label={t('curse.split')}
            value={split ?? curse.data?.curse.split ?? ''}
            onChange={({ currentTarget }) => {
              change({ split: currentTarget.value || undefined });
            }}
          />
          <NumberInput
            size="xs"
            w={230}
            label={t('curse.minimum')}
            min={10}
            max={5000}
            defaultValue={minimum}
            onChange={(value) => {
              if (typeof value === 'number' && value >= 10) later({ minimum: value });
            }}
          />
        </div>
        <QueryState
          query={curse}
          height={480}
          empty={{
            when: (data) => data.curse.bestExcess === null,
            title: t('curse.empty.title'),
            text: t('curse.empty.text'),
          }}
        >
          {(data) => <Curse found={data.curse} />}
        </QueryState>
      </Section>
      {curse.data && curse.data.curse.best.length > 0 && (
        <Section title={t('curse.best')} info={t('curse.best-info')} flush>
          <CurseTable trials={curse.data.curse.best} />
        </Section>
      )}
    </div>
  );
}

function Curse({ found }: { readonly found: WinnersCurse }) {
  const { t } = useTranslation('results');
  const format = useFormat();
  const { bestExcess, luck, honest, naive, trials, split } = found;
  const points = (value: number | undefined) =>
    value === undefined ? null : t('curse.points', { value: format.signed(value * 100, 1) });
  const rate = ({ n, hits }: { readonly n: number; readonly hits: number }) =>
    n === 0 ? null : format.percent(hits / n);
  const metric = (key: string) => ({
    label: t(`curse.${key}.label`),
    definition: t(`curse.${key}.definition`, { target: format.percent(honest.target, 0) }),
    missing: t('curse.missing'),
  });
  return (
    <>
      <p className={classes.lead}>
        {t('curse.lead', {
          count: trials,
          trials: format.count(trials),
          day: format.day(split),
          past: points(bestExcess?.past),
          future: points(bestExcess?.future),
        })}
      </p>
      <MetricRow>
        <Metric {...metric('trials')} value={format.count(trials)} n={found.past.n} />
        <Metric {...metric('promise')} value={points(bestExcess?.past)} />
        <Metric {...metric('came')} value={points(bestExcess?.future)} />
        <Metric
          {...metric('luck')}
          value={points(luck?.mean)}
          {...(luck && bestExcess
            ? {
                verdict:
                  bestExcess.past > luck.high
                    ? ({ tone: 'good', text: t('curse.beyond-luck') } as const)
                    : ({ tone: 'neutral', text: t('curse.within-luck') } as const),
              }
            : {})}
        />
      </MetricRow>
      <CurseCloud found={found} />
      <MetricRow>
        <Metric {...metric('naive-promise')} value={rate(naive.past)} n={naive.past.n} />
        <Metric {...metric('naive-came')} value={rate(naive.future)} n={naive.future.n} />
        <Metric
          {...metric('honest-promise')}
          value={
            honest.selected === 0 ? null : t('curse.at-least', { share: format.percent(honest.target, 0) })
          }
          n={honest.past.n}
        />
        <Metric {...metric('honest-came')} value={rate(honest.future)} n={honest.future.n} />
      </MetricRow>
      <p className={classes.paragraph}>
        {t('curse.honest', {
          families: format.count(honest.families),
          thresholds: format.count(honest.thresholds),
          selected: format.count(honest.selected),
          naive: format.count(naive.selected),
        })}
      </p>
    </>
  );
}
