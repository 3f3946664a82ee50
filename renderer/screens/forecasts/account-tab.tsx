import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sports } from '../../../engine/contract/domain.ts';
import type { SelectionAccountRow } from '../../../engine/contract/forecasts.ts';
import { ChartFigure } from '../../components/chart-figure.tsx';
import type { ChartTheme } from '../../components/chart-theme.ts';
import { intervalBars } from '../../components/charts/interval-bars.ts';
import { useForecastWords } from '../../components/forecast/forecast-words.ts';
import { useFormat } from '../../components/format.ts';
import { Metric, MetricRow } from '../../components/metric.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { Section } from '../../components/screen.tsx';
import { api } from '../../connection/client.ts';
import { AccountTable } from './account-table.tsx';
import classes from './forecasts.module.css';

/** What selecting looked at, promised and came to, year by year. */
export function AccountTab() {
  const { t } = useTranslation('forecasts');
  const account = useQuery(api.forecasts.account.queryOptions({ staleTime: 60_000 }));
  return (
    <QueryState
      query={account}
      height={480}
      empty={{
        when: ({ rows }) => rows.length === 0,
        title: t('account.empty.title'),
        text: t('account.empty.text'),
      }}
    >
      {({ rows }) => <Years rows={rows} />}
    </QueryState>
  );
}

function Years({ rows: all }: { readonly rows: readonly SelectionAccountRow[] }) {
  const { t } = useTranslation(['forecasts', 'engine']);
  const format = useFormat();
  const held = sports.filter((sport) => all.some((row) => row.sport === sport));
  const [sport, chooseSport] = useState(held[0]!);
  const rows = all.filter((row) => row.sport === sport);
  const years = [...new Set(rows.map(({ from }) => from))];
  const [asked, choose] = useState<string>();
  const chosen = asked !== undefined && years.includes(asked) ? asked : years[0]!;
  const shown = rows.filter(({ from, status }) => from === chosen && status !== 'not-enough-history');
  const until = rows.find(({ from }) => from === chosen)?.until;
  return (
    <div className={classes.stack}>
      <Section
        title={t('account.title')}
        info={t('account.info')}
        actions={
          <>
            {held.length > 1 && (
              <Select
                size="xs"
                w={160}
                aria-label={t('account.sport')}
                allowDeselect={false}
                value={sport}
                onChange={(value) => {
                  chooseSport(held.find((one) => one === value) ?? sport);
                }}
                data={held.map((one) => ({ value: one, label: t(`engine:monitoring.sports.${one}`) }))}
              />
            )}
            <Select
              size="xs"
              w={240}
              aria-label={t('account.year')}
              allowDeselect={false}
              value={chosen}
              onChange={(year) => {
                choose(year ?? undefined);
              }}
              data={years.map((year) => ({
                value: year,
                label: t('account.from', { day: format.day(year) }),
              }))}
            />
          </>
        }
      >
        {shown.length === 0 ? (
          <p className={classes.paragraph}>{t('account.too-early')}</p>
        ) : (
          <>
            <Summary rows={shown} />
            <p className={classes.paragraph}>
              {t('account.period', { from: format.day(chosen), until: format.day(until) })}
            </p>
            <PromiseChart rows={shown} />
          </>
        )}
      </Section>
      {shown.length > 0 && (
        <Section title={t('account.filters')} flush>
          <AccountTable rows={shown} />
        </Section>
      )}
    </div>
  );
}

function Summary({ rows }: { readonly rows: readonly SelectionAccountRow[] }) {
  const { t } = useTranslation('forecasts');
  const format = useFormat();
  const selected = rows.filter(({ status }) => status === 'selected');
  const sum = (values: readonly ({ readonly n: number; readonly hits: number } | null)[]) =>
    values.reduce<{ n: number; hits: number }>(
      (total, one) => ({ n: total.n + (one?.n ?? 0), hits: total.hits + (one?.hits ?? 0) }),
      { n: 0, hits: 0 },
    );
  const realised = sum(selected.map((row) => row.realised));
  const face = sum(rows.map(({ naive }) => naive));
  const faceRealised = sum(rows.map(({ naive }) => naive?.realised ?? null));
  const rate = ({ n, hits }: { readonly n: number; readonly hits: number }) =>
    n === 0 ? null : format.percent(hits / n);
  const target = rows[0]?.target ?? 0;
  const metric = (key: string) => ({
    label: t(`account.${key}.label`),
    definition: t(`account.${key}.definition`),
    missing: t('missing.settled'),
  });
  return (
    <MetricRow>
      <Metric {...metric('tested')} value={format.count(rows.length)} />
      <Metric
        {...metric('kept')}
        value={t('account.of', { part: format.count(selected.length), whole: format.count(rows.length) })}
      />
      <Metric {...metric('promised')} value={t('account.at-least', { share: format.percent(target, 0) })} />
      <Metric
        {...metric('realised')}
        value={rate(realised)}
        n={realised.n}
        {...(realised.n > 0
          ? {
              verdict:
                realised.hits / realised.n >= target
                  ? ({ tone: 'good', text: t('account.held') } as const)
                  : ({ tone: 'warning', text: t('account.short') } as const),
            }
          : {})}
      />
      <Metric {...metric('face')} value={rate(face)} n={face.n} />
      <Metric {...metric('face-realised')} value={rate(faceRealised)} n={faceRealised.n} />
    </MetricRow>
  );
}

function PromiseChart({ rows }: { readonly rows: readonly SelectionAccountRow[] }) {
  const { t } = useTranslation('forecasts');
  const format = useFormat();
  const words = useForecastWords();
  const target = rows[0]?.target ?? 0;
  const nameOf = useCallback(
    ({ type, label }: SelectionAccountRow) =>
      label === null ? words.type(type) : `${words.type(type)}: ${words.label(type, label)}`,
    [words],
  );
  const played = useMemo(() => rows.filter(({ realised }) => realised !== null && realised.n > 0), [rows]);
  const bars = useMemo(
    () =>
      played.map((row) => ({
        name: nameOf(row),
        value: row.realised!.hits / row.realised!.n,
        low: row.promised?.bound ?? null,
        high: row.promised ? row.promised.hits / row.promised.n : null,
        note: t('metric.n', { n: format.count(row.realised!.n) }),
      })),
    [played, nameOf, t, format],
  );
  const option = useCallback(
    (theme: ChartTheme) =>
      intervalBars(theme, {
        bars,
        isDot: true,
        nameWidth: 240,
        text: (value) => theme.format.percent(value),
        reference: { value: target, label: '' },
      }),
    [bars, target],
  );
  if (bars.length === 0) return null;
  return (
    <ChartFigure
      title={t('account.chart.title')}
      description={t('account.chart.description')}
      option={option}
      height={60 + bars.length * 28}
      table={{
        columns: [
          { key: 'name', label: t('account.table.filter') },
          { key: 'realised', label: t('account.realised.label'), text: (value) => format.percent(value) },
          { key: 'n', label: 'n' },
          { key: 'bound', label: t('account.table.bound'), text: (value) => format.percent(value) },
          { key: 'past', label: t('account.table.past'), text: (value) => format.percent(value) },
        ],
        rows: played.map((row, at) => ({
          name: nameOf(row),
          realised: bars[at]!.value,
          n: row.realised!.n,
          bound: bars[at]!.low,
          past: bars[at]!.high,
        })),
      }}
    />
  );
}
