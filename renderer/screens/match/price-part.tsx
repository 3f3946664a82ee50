import { NativeSelect } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MatchPrices } from '../../../engine/contract/match.ts';
import type { MatchView } from '../../../engine/contract/match-view.ts';
import { ChartFigure } from '../../components/chart-figure.tsx';
import type { ChartOption, ChartTheme } from '../../components/chart-theme.ts';
import { lineChart } from '../../components/charts/line-chart.ts';
import { useFormat } from '../../components/format.ts';
import type { Format } from '../../components/format.ts';
import { QueryState } from '../../components/query-state.tsx';
import { Section } from '../../components/screen.tsx';
import { SimpleTable } from '../../components/simple-table.tsx';
import { api } from '../../connection/client.ts';
import { betSign } from './bet-sign.ts';
import classes from './match.module.css';

type Market = MatchPrices['markets'][number];

/** What the market said and when, beside what we said and when. */
export function PricePart({ match }: { readonly match: MatchView }) {
  const { t } = useTranslation(['match', 'engine']);
  const format = useFormat();
  const [chosen, choose] = useState<string>();
  const query = useQuery(api.match.prices.queryOptions({ input: { matchId: match.matchId } }));
  const keyOf = ({ market, line }: Market) => `${market} ${line ?? ''}`;
  const markets = query.data?.markets ?? [];
  const shown = markets.find((market) => keyOf(market) === chosen) ?? markets[0];
  return (
    <div className={classes.part}>
      <Section
        title={t('prices.title')}
        info={t('prices.info')}
        actions={
          markets.length > 1 && (
            <NativeSelect
              aria-label={t('prices.market')}
              value={shown ? keyOf(shown) : ''}
              data={markets.map((market) => ({
                value: keyOf(market),
                label: [
                  t(`engine:forecast-types.${market.market}.name`, { defaultValue: market.market }),
                  ...(market.line === null ? [] : [format.number(market.line, 2)]),
                ].join(' '),
              }))}
              onChange={(event) => {
                choose(event.currentTarget.value);
              }}
            />
          )
        }
      >
        <QueryState
          query={query}
          height={320}
          empty={{
            when: (data) => data.markets.length === 0,
            title: t('prices.none'),
            text: t('prices.none-text'),
          }}
        >
          {(data) => shown && <Movement market={shown} prices={data} match={match} />}
        </QueryState>
      </Section>
      {shown && <Quotes market={shown} />}
    </div>
  );
}

/** Who stands for the market: the sharpest first. */
const order = ['PS', 'Avg', 'BbAv', 'B365'];

function Movement(props: {
  readonly market: Market;
  readonly prices: MatchPrices;
  readonly match: MatchView;
}) {
  const { market, prices, match } = props;
  const { t } = useTranslation(['match', 'engine']);
  const format = useFormat();
  const byBookmaker = Map.groupBy(
    market.quotes.filter(({ fair }) => fair !== null),
    ({ code }) => code,
  );
  const code = order.find((one) => byBookmaker.has(one)) ?? [...byBookmaker.keys()][0];
  const quotes = useMemo(
    () => market.quotes.filter((quote) => quote.code === code && quote.fair !== null),
    [market, code],
  );
  const bookmaker = quotes[0]?.bookmaker ?? '';
  const option = useCallback(
    (theme: ChartTheme) =>
      movement(theme, {
        market,
        quotes,
        prices,
        signs: signsOf(market, t, theme.format),
        words: {
          ours: t('prices.ours'),
          forecast: t('prices.forecast-at'),
          kickOff: t('prices.kick-off'),
        },
      }),
    [market, quotes, prices, t],
  );
  const signs = signsOf(market, t, format);
  const first = quotes[0]?.fair;
  const last = quotes.at(-1)?.fair;
  return (
    <ChartFigure
      title={t('prices.chart', { bookmaker })}
      description={t('prices.description', {
        bookmaker,
        moves: format.list(
          signs.map(
            (sign, at) => `${sign} ${format.probability(first?.[at])} → ${format.probability(last?.[at])}`,
          ),
        ),
      })}
      option={option}
      name={[match.home.name, match.away.name, 'prices']}
      table={{
        columns: [
          { key: 'phase', label: t('prices.phase') },
          { key: 'instant', label: t('prices.instant'), text: (value) => format.instant(value) },
          ...signs.map((sign, at) => ({
            key: `fair${at}`,
            label: sign,
            text: (value: number) => format.probability(value, 2),
          })),
        ],
        rows: quotes.map((quote) => ({
          phase: t(`prices.phases.${quote.phase}`),
          instant: quote.instant,
          ...Object.fromEntries((quote.fair ?? []).map((value, at) => [`fair${at}`, value])),
        })),
      }}
    />
  );
}

function signsOf(market: Market, t: TFunction, format: Format): string[] {
  return market.selections.map((selection) =>
    betSign({ type: market.market, selection, line: market.line }, t, format),
  );
}

interface MovementInput {
  readonly market: Market;
  readonly quotes: Market['quotes'];
  readonly prices: MatchPrices;
  readonly signs: readonly string[];
  readonly words: { readonly ours: string; readonly forecast: string; readonly kickOff: string };
}

/** Fair probabilities of one bookmaker over time, ours as dashed lines, and the two instants that matter. */
function movement(theme: ChartTheme, { market, quotes, prices, signs, words }: MovementInput): ChartOption {
  const { home, draw, away, series } = theme.tokens;
  const colours = market.selections.length === 3 ? [home, draw, away] : [series[2]!, series[3]!];
  const { kickOff, forecastAsOf } = prices;
  const instants = [...quotes.map(({ instant }) => instant), kickOff];
  const ends = [Math.min(...instants), Math.max(...instants)];
  const { ours } = market;
  return lineChart(theme, {
    xKind: 'time',
    yText: (value) => theme.format.probability(value),
    yAxis: { label: (value) => theme.format.percent(value, 0) },
    series: [
      ...signs.map((name, at) => ({
        name,
        colour: colours[at]!,
        hasPoints: true,
        points: quotes.map(({ instant, fair }) => ({ x: instant, y: fair?.[at] ?? null })),
      })),
      ...(ours
        ? signs.map((name, at) => ({
            name: `${name}, ${words.ours}`,
            colour: colours[at]!,
            style: 'dashed' as const,
            points: ends.map((x) => ({ x, y: ours[at] ?? null })),
          }))
        : []),
    ],
    marks: [
      ...(forecastAsOf !== null && forecastAsOf <= kickOff
        ? [{ at: forecastAsOf, label: words.forecast }]
        : []),
      { at: kickOff, label: words.kickOff },
    ],
  });
}

function Quotes({ market }: { readonly market: Market }) {
  const { t } = useTranslation(['match', 'engine']);
  const format = useFormat();
  return (
    <Section title={t('prices.all')} info={t('prices.all-info')} flush>
      <SimpleTable
        caption={t('prices.all')}
        isDense
        rows={market.quotes}
        rowKey={({ code, phase, instant }) => `${code} ${phase} ${instant}`}
        columns={[
          {
            key: 'bookmaker',
            title: t('prices.bookmaker'),
            isRowHead: true,
            cell: ({ bookmaker, kind }) =>
              kind === 'bookmaker' ? (
                <bdi>{bookmaker}</bdi>
              ) : kind === 'exchange' ? (
                `${bookmaker} (${t('prices.kinds.exchange')})`
              ) : (
                // A figure of the whole market is no name; who gathered it, in brackets, is one.
                `${t(`prices.kinds.${kind}`)} ${/\(.+\)$/.exec(bookmaker)?.[0] ?? ''}`.trim()
              ),
          },
          { key: 'phase', title: t('prices.phase'), cell: ({ phase }) => t(`prices.phases.${phase}`) },
          { key: 'instant', title: t('prices.instant'), cell: ({ instant }) => format.instant(instant) },
          ...market.selections.map((selection, at) => ({
            key: selection,
            title: betSign({ type: market.market, selection, line: market.line }, t, format),
            align: 'end' as const,
            cell: ({ odds }: Market['quotes'][number]) => format.odds(odds[at]),
          })),
          {
            key: 'margin',
            title: t('prices.margin'),
            definition: t('prices.margin-definition'),
            align: 'end',
            cell: ({ margin }) => format.percent(margin),
          },
        ]}
      />
    </Section>
  );
}
