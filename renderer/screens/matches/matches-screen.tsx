import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useChampionshipNames } from '../../components/use-championship-names.ts';
import type { GridFilters, GridSort } from '../../../engine/contract/grid.ts';
import type { ListedMatch } from '../../../engine/contract/match-list.ts';
import { DataGrid, useWindowedRows } from '../../components/data-grid.tsx';
import { DelayedInput } from '../../components/grid/delayed-input.tsx';
import type { ColumnState } from '../../components/grid/column-state.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { ExportMenu } from '../../components/export-menu.tsx';
import { useFormat } from '../../components/format.ts';
import { Screen } from '../../components/screen.tsx';
import { api, client } from '../../connection/client.ts';
import { SavedViews } from '../../frame/saved-views.tsx';
import { NoMatches } from './no-matches.tsx';
import { matchesColumns } from './matches-columns.ts';
import { matchesTable } from './matches-table.ts';
import { matchesRoute } from './route.tsx';
import classes from './matches.module.css';

const pageSize = 100;
const newestFirst: readonly GridSort[] = [{ column: 'matchDay', direction: 'desc' }];
const noFilters: GridFilters = {};
const noChoices = { championships: [], seasons: [] };

/** All matches that are held, with their forecasts and prices. */
export function MatchesScreen() {
  const { t } = useTranslation(['matches', 'engine']);
  const format = useFormat();
  const navigate = useNavigate({ from: matchesRoute.fullPath });
  const search = matchesRoute.useSearch();
  const sort = search.sort ?? newestFirst;
  const filters = search.filters ?? noFilters;
  const choices = useQuery(api.matches.choices.queryOptions()).data ?? noChoices;
  const nameOf = useChampionshipNames();
  const columns = useMemo(
    () => matchesColumns(t, format, { ...choices, nameOf }),
    [t, format, choices, nameOf],
  );

  const question = useMemo(() => ({ sort: [...sort], filters }), [sort, filters]);
  const firstPage = useQuery(
    api.matches.page.queryOptions({
      input: { ...question, offset: 0, limit: pageSize },
      placeholderData: keepPreviousData,
    }),
  );
  const read = useCallback(
    (offset: number, limit: number, signal: AbortSignal) =>
      client.matches.page({ ...question, offset, limit }, { signal }),
    [question],
  );
  const source = useWindowedRows<ListedMatch>({ firstPage, read, pageSize });
  const isFiltered = Object.keys(filters).length > 0;

  const setSort = (next: readonly GridSort[]) =>
    void navigate({ search: (before) => ({ ...before, sort: next.length === 0 ? undefined : [...next] }) });
  const setFilters = (next: GridFilters) =>
    void navigate({
      search: (before) => ({ ...before, filters: Object.keys(next).length === 0 ? undefined : next }),
      replace: true,
    });
  const setColumns = useCallback(
    (next: ColumnState | undefined) =>
      void navigate({ search: (before) => ({ ...before, columns: next }), replace: true }),
    [navigate],
  );
  const team = filters.team?.kind === 'text' ? filters.team.contains : '';

  return (
    <Screen
      title={t('title')}
      subtitle={t('subtitle')}
      fill
      actions={
        <>
          <SavedViews screen="matches" />
          <ExportMenu
            rows={source.count ?? 0}
            table={(signal) => matchesTable({ columns, source, filters, signal, t, format })}
          />
        </>
      }
    >
      <div className={classes.grid}>
        <DataGrid
          name="matches"
          label={t('title')}
          columns={columns}
          source={source}
          sort={sort}
          onSort={setSort}
          filters={filters}
          filterTitles={{ team: t('columns.team') }}
          onFilters={setFilters}
          columnState={search.columns}
          onColumnState={setColumns}
          onOpen={(match) =>
            void navigate({ to: '/match/$matchId', params: { matchId: String(match.matchId) } })
          }
          lead={
            <DelayedInput
              label={t('team')}
              placeholder={t('team')}
              isLabelHidden
              width={200}
              value={team}
              onValue={(typed) => {
                const { team: _, ...others } = filters;
                const contains = typed.trim();
                setFilters(contains === '' ? others : { ...others, team: { kind: 'text', contains } });
              }}
            />
          }
          empty={
            isFiltered ? <EmptyState title={t('nothing.title')} text={t('nothing.text')} /> : <NoMatches />
          }
        />
      </div>
    </Screen>
  );
}
