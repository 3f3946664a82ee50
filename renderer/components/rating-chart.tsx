import { NativeSelect } from '@mantine/core';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { RatingSeries } from '../../engine/contract/match.ts';
import { ChartFigure } from './chart-figure.tsx';
import type { ChartTheme } from './chart-theme.ts';
import { lineChart, type LinePoint } from './charts/line-chart.ts';
import { useFormat } from './format.ts';
import type { ColourTokens } from '../theme/tokens.ts';

export interface RatingChartProps {
  readonly series: readonly RatingSeries[];
  /** Name of the rating that is shown; the first where it is none of them. */
  readonly rating: string | undefined;
  readonly onRating: (rating: string) => void;
  /** Ids of the teams that are shown, in their order; all where none are given. */
  readonly teams?: readonly number[];
  readonly name: readonly string[];
  /** Colour of the team in this place; the palette's where none is given. */
  readonly colourOf?: (tokens: ColourTokens, at: number) => string | undefined;
  readonly height?: number;
}

/** One rating of some teams over time; the line breaks where a team was away for a season. */
export function RatingChart(props: RatingChartProps) {
  const { series, rating, onRating, teams, name, colourOf, height = 300 } = props;
  const { t } = useTranslation('match-table');
  const format = useFormat();
  const shown = series.find((one) => one.rating === rating) ?? series[0];
  const option = useCallback(
    (theme: ChartTheme) => {
      const lines = linesOf(shown, teams);
      return lineChart(theme, {
        xKind: 'time',
        canZoom: true,
        yText: (value) => theme.format.number(value, shown?.rating === 'elo' ? 0 : 2),
        xText: (x) => theme.format.day(new Date(Number(x)).toISOString().slice(0, 10)),
        series: lines.map(({ team, points }, at) => {
          const colour = colourOf?.(theme.tokens, at);
          return {
            name: team.name,
            points,
            ...(colour === undefined ? {} : { colour }),
            style: (['solid', 'dashed', 'dotted'] as const)[
              colourOf ? at % 3 : Math.floor(at / theme.tokens.series.length) % 3
            ]!,
          };
        }),
      });
    },
    [shown, teams, colourOf],
  );
  if (!shown) return null;
  const lines = linesOf(shown, teams);
  const digits = shown.rating === 'elo' ? 0 : 2;
  return (
    <ChartFigure
      title={[
        t(`ratings.${shown.rating}.title`, { defaultValue: shown.rating }),
        t(`ratings.${shown.rating}.unit`, { defaultValue: shown.unit }),
      ].join(', ')}
      description={t(`ratings.${shown.rating}.description`, {
        defaultValue: '',
        last: format.list(
          lines
            .slice(0, 4)
            .map(({ team, points }) => `${team.name} ${format.number(points.at(-1)?.y, digits)}`),
        ),
      })}
      option={option}
      height={height}
      name={[...name, shown.rating]}
      table={{
        columns: [
          { key: 'team', label: t('ratings.team') },
          { key: 'day', label: t('ratings.day') },
          { key: 'season', label: t('ratings.season') },
          { key: 'value', label: t('ratings.value'), text: (value) => format.number(value, digits) },
        ],
        rows: shown.teams
          .filter(({ team }) => teams === undefined || teams.includes(team.id))
          .flatMap(({ team, points }) => points.map((point) => ({ team: team.name, ...point }))),
      }}
      tools={
        <NativeSelect
          aria-label={t('ratings.choose')}
          value={shown.rating}
          data={series.map((one) => ({
            value: one.rating,
            label: t(`ratings.${one.rating}.title`, { defaultValue: one.rating }),
          }))}
          onChange={(event) => {
            onRating(event.currentTarget.value);
          }}
        />
      }
    />
  );
}

function linesOf(shown: RatingSeries | undefined, ids: readonly number[] | undefined) {
  const teams = shown?.teams ?? [];
  const chosen = ids ? ids.flatMap((id) => teams.filter(({ team }) => team.id === id)) : teams;
  return chosen.map(({ team, points }) => ({ team, points: broken(points) }));
}

/** The line breaks between two seasons: what lies between them are no matches. */
function broken(points: RatingSeries['teams'][number]['points']): LinePoint[] {
  return points.flatMap(({ day, season, value }, at): LinePoint[] => {
    const x = Date.parse(`${day}T12:00:00Z`);
    const before = points[at - 1];
    const gap = before !== undefined && before.season !== season ? [{ x: x - 1, y: null }] : [];
    return [...gap, { x, y: value }];
  });
}
