import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useChampionshipNames } from '../../components/use-championship-names.ts';
import { coverageKinds } from '../../../engine/contract/data.ts';
import type { Coverage, CoverageKind } from '../../../engine/contract/data.ts';
import { ChartFigure } from '../../components/chart-figure.tsx';
import type { ChartTheme } from '../../components/chart-theme.ts';
import { heatMap } from '../../components/charts/heat-map.ts';
import { useFormat } from '../../components/format.ts';
import { QueryState } from '../../components/query-state.tsx';
import { Section } from '../../components/screen.tsx';
import { api } from '../../connection/client.ts';
import { dataRoute } from './route.tsx';
import classes from './data.module.css';

/** What is held of each championship, month by month: fixtures, results, prices, statistics, forecasts. */
export function CoveragePanel() {
  const { t } = useTranslation('data');
  const { held = 'odds' } = dataRoute.useSearch();
  const navigate = useNavigate({ from: dataRoute.fullPath });
  const query = useQuery(api.data.coverage.queryOptions());
  return (
    <Section
      title={t('coverage.title')}
      info={t('coverage.info')}
      actions={
        <SegmentedControl
          size="xs"
          aria-label={t('coverage.what')}
          value={held}
          data={coverageKinds.map((kind) => ({ value: kind, label: t(`coverage.kinds.${kind}`) }))}
          onChange={(next) =>
            void navigate({
              search: (before) => ({ ...before, held: coverageKinds.find((kind) => kind === next) }),
              replace: true,
            })
          }
        />
      }
    >
      <QueryState
        query={query}
        height={360}
        empty={{
          when: ({ coverage }) => coverage.months.length === 0,
          title: t('quality.empty'),
          text: t('quality.empty-text'),
        }}
      >
        {({ coverage }) => <CoverageChart coverage={coverage} held={held} />}
      </QueryState>
    </Section>
  );
}

function CoverageChart({ coverage, held }: { readonly coverage: Coverage; readonly held: CoverageKind }) {
  const { t } = useTranslation('data');
  const format = useFormat();
  const { championships, months, counts } = coverage;
  const nameOf = useChampionshipNames();
  // Fixtures are counted; everything else is a share of them.
  const values = useMemo(
    () =>
      championships.map((_, line) =>
        months.map((__, column) => {
          const matches = counts.fixtures[line]![column]!;
          if (matches === 0) return null;
          return held === 'fixtures' ? matches : counts[held][line]![column]! / matches;
        }),
      ),
    [championships, months, counts, held],
  );
  const largest = Math.max(1, ...counts.fixtures.flat());
  const option = useCallback(
    (theme: ChartTheme) =>
      heatMap(theme, {
        xNames: months.map((month) => theme.format.month(`${month}-01`)),
        yNames: championships.map(({ name, code }) => `${nameOf(code, name)} (${code})`),
        values,
        scale: 'sequential',
        min: 0,
        ...(held === 'fixtures' ? {} : { max: 1 }),
        isTopDown: true,
        ends:
          held === 'fixtures'
            ? { low: theme.format.count(0), high: theme.format.count(largest) }
            : { low: theme.format.percent(0, 0), high: theme.format.percent(1, 0) },
        text: (value) => (held === 'fixtures' ? theme.format.count(value) : theme.format.percent(value, 0)),
      }),
    [championships, months, values, held, largest, nameOf],
  );
  const total = (kind: CoverageKind) => counts[kind].flat().reduce((sum, n) => sum + n, 0);
  const kind = t(`coverage.kinds.${held}`);
  return (
    <div className={classes.stack}>
      <ChartFigure
        title={t('coverage.chart', { kind })}
        description={t('coverage.description', {
          kind,
          have: format.count(total(held)),
          all: format.count(total('fixtures')),
          share: format.probability(total(held) / Math.max(1, total('fixtures')), 1),
        })}
        option={option}
        height={Math.max(160, championships.length * 26 + 76)}
        name={['coverage', held]}
        table={{
          columns: [
            { key: 'championship', label: t('coverage.columns.championship') },
            { key: 'month', label: t('coverage.columns.month') },
            ...coverageKinds.map((one) => ({
              key: one,
              label: t(`coverage.kinds.${one}`),
              text: format.count,
            })),
          ],
          rows: championships.flatMap(({ code }, line) =>
            months.flatMap((month, column) =>
              counts.fixtures[line]![column] === 0
                ? []
                : [
                    {
                      championship: code,
                      month,
                      ...Object.fromEntries(coverageKinds.map((one) => [one, counts[one][line]![column]!])),
                    },
                  ],
            ),
          ),
        }}
      />
    </div>
  );
}
