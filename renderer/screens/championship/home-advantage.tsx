import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { SeasonAdvantage } from '../../../engine/contract/championship.ts';
import { ChartFigure } from '../../components/chart-figure.tsx';
import type { ChartTheme } from '../../components/chart-theme.ts';
import { lineChart } from '../../components/charts/line-chart.ts';
import { useFormat } from '../../components/format.ts';
import { QueryState } from '../../components/query-state.tsx';
import { Section } from '../../components/screen.tsx';
import { SimpleTable } from '../../components/simple-table.tsx';
import { api } from '../../connection/client.ts';
import classes from './championship.module.css';

/** What playing at home was worth, season by season, each with its interval. */
export function HomeAdvantage({ code }: { readonly code: string }) {
  const { t } = useTranslation('championship');
  const query = useQuery(api.championship.homeAdvantage.queryOptions({ input: { code } }));
  return (
    <div className={classes.part}>
      <Section title={t('home.title')} info={t('home.info')}>
        <QueryState
          query={query}
          height={420}
          empty={{ when: (seasons) => seasons.length === 0, title: t('home.none') }}
        >
          {(seasons) => <Advantage seasons={seasons} code={code} />}
        </QueryState>
      </Section>
    </div>
  );
}

function Advantage({
  seasons,
  code,
}: {
  readonly seasons: readonly SeasonAdvantage[];
  readonly code: string;
}) {
  const { t } = useTranslation(['championship', 'engine']);
  const format = useFormat();
  const option = useCallback(
    (theme: ChartTheme) => {
      const inTime = [...seasons].reverse();
      const { home, draw, away } = theme.tokens;
      const line = (key: 'home' | 'draw' | 'away', colour: string, style: 'solid' | 'dashed' | 'dotted') => ({
        name: t(`engine:labels.words.${key}`),
        colour,
        style,
        hasPoints: true,
        points: inTime.map((season) => ({
          x: season.season,
          y: season[key].share,
          low: season[key].low,
          high: season[key].high,
        })),
      });
      return lineChart(theme, {
        xKind: 'category',
        yText: (value) => theme.format.percent(value),
        yAxis: { label: (value) => theme.format.percent(value, 0) },
        series: [line('home', home, 'solid'), line('draw', draw, 'dashed'), line('away', away, 'dotted')],
      });
    },
    [seasons, t],
  );
  const newest = seasons[0];
  return (
    <>
      <ChartFigure
        title={t('home.chart')}
        description={t('home.description', {
          season: newest?.season ?? '',
          share: format.percent(newest?.home.share),
          low: format.percent(newest?.home.low),
          high: format.percent(newest?.home.high),
          n: format.count(newest?.home.n),
        })}
        option={option}
        height={320}
        name={[code, 'home-advantage']}
        table={{
          columns: [
            { key: 'season', label: t('home.season') },
            { key: 'n', label: 'n' },
            ...(['home', 'draw', 'away'] as const).flatMap((key) => [
              { key, label: t(`engine:labels.words.${key}`), text: (value: number) => format.percent(value) },
              { key: `${key}Low`, label: t('home.low'), text: (value: number) => format.percent(value) },
              { key: `${key}High`, label: t('home.high'), text: (value: number) => format.percent(value) },
            ]),
          ],
          rows: seasons.map((season) => ({
            season: season.season,
            n: season.home.n,
            ...Object.fromEntries(
              (['home', 'draw', 'away'] as const).flatMap((key) => [
                [key, season[key].share],
                [`${key}Low`, season[key].low],
                [`${key}High`, season[key].high],
              ]),
            ),
          })),
        }}
      />
      <SimpleTable
        caption={t('home.title')}
        isDense
        rows={seasons}
        rowKey={({ season }) => season}
        columns={[
          { key: 'season', title: t('home.season'), isRowHead: true, cell: ({ season }) => season },
          { key: 'n', title: 'n', align: 'end', cell: ({ home }) => format.count(home.n) },
          ...(['home', 'draw', 'away'] as const).map((key) => ({
            key,
            title: t(`engine:labels.words.${key}`),
            definition: t('home.share-definition'),
            align: 'end' as const,
            cell: (season: SeasonAdvantage) =>
              `${format.percent(season[key].share)} (${format.range(season[key].low, season[key].high, (value) => format.percent(value))})`,
          })),
          {
            key: 'difference',
            title: t('home.difference'),
            definition: t('home.difference-definition'),
            align: 'end',
            cell: ({ goalDifference: { mean, low, high } }) =>
              `${format.signed(mean, 2)} (${format.range(low, high, (value) => format.signed(value, 2))})`,
          },
        ]}
      />
    </>
  );
}
