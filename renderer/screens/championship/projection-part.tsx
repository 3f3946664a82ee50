import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Projection, ProjectedTeam } from '../../../engine/contract/championship.ts';
import { ChartFigure } from '../../components/chart-figure.tsx';
import type { ChartTheme } from '../../components/chart-theme.ts';
import { heatMap } from '../../components/charts/heat-map.ts';
import { useFormat } from '../../components/format.ts';
import { QueryState } from '../../components/query-state.tsx';
import { Section } from '../../components/screen.tsx';
import { SimpleTable } from '../../components/simple-table.tsx';
import { TeamLink } from '../../components/team-link.tsx';
import { api } from '../../connection/client.ts';
import classes from './championship.module.css';

export interface Where {
  readonly code: string;
  readonly season: string;
  readonly asOf: string;
}

/** The rest of the season played out ten thousand times. */
export function ProjectionPart({ where }: { readonly where: Where }) {
  const { t } = useTranslation('championship');
  const format = useFormat();
  const query = useQuery(api.championship.projection.queryOptions({ input: where }));
  const matches = query.data?.matches;
  const note =
    query.data &&
    matches &&
    t('projection.note', {
      draws: format.count(query.data.draws),
      published: format.count(matches.published),
      modelled: format.count(matches.modelled),
      error: format.percent(1.96 * Math.sqrt(0.25 / query.data.draws)),
    });
  return (
    <div className={classes.part}>
      <Section title={t('projection.title')} info={t('projection.info')} note={note} flush>
        <QueryState
          query={query}
          height={520}
          empty={{
            when: (data) => data.matches.published + data.matches.modelled === 0,
            title: t('projection.none'),
            text: t('projection.none-text'),
          }}
        >
          {(data) => (
            <>
              {data.matches.unknown > 0 && (
                <p className={classes.warning} role="note">
                  {t('projection.unknown', {
                    count: data.matches.unknown,
                    n: format.count(data.matches.unknown),
                  })}
                </p>
              )}
              <ProjectionTable data={data} />
            </>
          )}
        </QueryState>
      </Section>
      {query.data && query.data.matches.published + query.data.matches.modelled > 0 && (
        <Section title={t('places.title')} info={t('places.info')}>
          <Places data={query.data} where={where} />
        </Section>
      )}
    </div>
  );
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

function ProjectionTable({ data }: { readonly data: Projection }) {
  const { t } = useTranslation('championship');
  const format = useFormat();
  const { upper, lower, shape } = data.format;
  const hasZones = shape === 'table' && upper !== null && lower !== null && upper > 0;
  const share = (key: string, of: (team: ProjectedTeam) => number) => ({
    key,
    title: t(`projection.${key}`),
    definition: t(`projection.${key}-definition`, { count: key === 'upper' ? (upper ?? 0) : (lower ?? 0) }),
    align: 'end' as const,
    cell: (team: ProjectedTeam) => <Share value={of(team)} />,
  });
  return (
    <SimpleTable
      caption={t('projection.title')}
      isDense
      rows={data.teams}
      rowKey={({ team }) => team.id}
      columns={[
        { key: 'place', title: '№', align: 'end', width: 48, cell: (_, at) => format.count(at + 1) },
        { key: 'team', title: t('table.team'), isRowHead: true, cell: ({ team }) => <TeamLink {...team} /> },
        {
          key: 'points',
          title: t('projection.points'),
          align: 'end',
          cell: ({ points }) => format.count(points),
        },
        {
          key: 'expected',
          title: t('projection.expected'),
          definition: t('projection.expected-definition'),
          align: 'end',
          cell: ({ expectedPoints }) => <strong>{format.number(expectedPoints, 1)}</strong>,
        },
        {
          key: 'interval',
          title: t('projection.interval'),
          definition: t('projection.interval-definition'),
          align: 'end',
          cell: ({ low, high }) => format.range(low, high, format.count),
        },
        {
          key: 'position',
          title: t('projection.position'),
          definition: t('projection.position-definition'),
          align: 'end',
          cell: ({ expectedPosition }) => format.number(expectedPosition, 1),
        },
        share('title-share', ({ positions }) => positions[0] ?? 0),
        ...(hasZones
          ? [
              share('upper', ({ positions }) => sum(positions.slice(0, upper))),
              share('lower', ({ positions }) => (lower === 0 ? 0 : sum(positions.slice(-lower)))),
            ]
          : []),
      ]}
    />
  );
}

function Share({ value }: { readonly value: number }) {
  const format = useFormat();
  return (
    <span className={classes.share} data-none={value === 0}>
      <span className={classes.shareBar} aria-hidden>
        <span style={{ width: `${value * 100}%` }} />
      </span>
      {value === 0 ? '–' : format.probability(value)}
    </span>
  );
}

function Places({ data, where }: { readonly data: Projection; readonly where: Where }) {
  const { t } = useTranslation('championship');
  const format = useFormat();
  const { teams } = data;
  const xName = t('places.axis');
  const option = useCallback(
    (theme: ChartTheme) =>
      heatMap(theme, {
        xNames: teams.map((_, at) => String(at + 1)),
        yNames: teams.map(({ team }) => team.name),
        values: teams.map(({ positions }) => positions.map((share) => (share === 0 ? null : share))),
        scale: 'sequential',
        text: (value) => theme.format.probability(value, value >= 0.095 ? 0 : 1),
        hasFigures: true,
        isTopDown: true,
        xName,
      }),
    [teams, xName],
  );
  const first = teams[0];
  return (
    <ChartFigure
      title={t('places.title')}
      isTitleHidden
      description={t('places.description', {
        team: first?.team.name ?? '',
        share: format.probability(first?.positions[0]),
        draws: format.count(data.draws),
      })}
      option={option}
      height={Math.max(260, 28 * teams.length + 48)}
      name={[where.code, where.season, where.asOf, 'projection']}
      provenance={t('places.provenance', {
        draws: format.count(data.draws),
        seed: data.seed,
        day: format.day(data.asOf),
      })}
      table={{
        columns: [
          { key: 'team', label: t('table.team') },
          ...teams.map((_, at) => ({
            key: String(at + 1),
            label: String(at + 1),
            text: (value: number) => format.probability(value),
          })),
        ],
        rows: teams.map(({ team, positions }) => ({
          team: team.name,
          ...Object.fromEntries(positions.map((share, at) => [String(at + 1), share])),
        })),
      }}
    />
  );
}
