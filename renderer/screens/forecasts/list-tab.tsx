import { Button, Pagination, Select } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { forecastOrders } from '../../../engine/contract/forecasts.ts';
import type { ForecastOrder } from '../../../engine/contract/forecasts.ts';
import { ExportMenu } from '../../components/export-menu.tsx';
import { useForecastExport } from '../../components/forecast/export-forecasts.ts';
import { FilterBar } from '../../components/forecast/filter-bar.tsx';
import { filterOf, periods } from '../../components/forecast/forecast-search.ts';
import { ForecastTable } from '../../components/forecast/forecast-table.tsx';
import { recordLookup } from '../../components/forecast/label-record.ts';
import { useFormat } from '../../components/format.ts';
import { QueryState } from '../../components/query-state.tsx';
import type { QueryLike } from '../../components/query-state.tsx';
import { Section } from '../../components/screen.tsx';
import { api } from '../../connection/client.ts';
import { SendMenu } from './send-menu.tsx';
import type { ForecastsSearch } from './route.tsx';

const pageRows = 50;

/** What there is to choose from. */
export interface ForecastScope {
  readonly today: string;
  readonly lastSettled: string | null;
  readonly last: string | null;
  readonly championships: readonly { readonly code: string; readonly name: string }[];
}

export interface ListTabProps {
  readonly search: ForecastsSearch;
  readonly scope: QueryLike<ForecastScope>;
  readonly change: (changed: Partial<ForecastsSearch>) => void;
}

/** Every forecast of the filter with its eight numbers. */
export function ListTab({ search, scope, change }: ListTabProps) {
  const { t } = useTranslation('forecasts');
  const format = useFormat();
  const filter = filterOf(search, scope.data?.lastSettled ?? null);
  const { order, descending: isDescending, page } = search;
  const list = useQuery(
    api.forecasts.list.queryOptions({
      input: { ...filter, order, isDescending, offset: (page - 1) * pageRows, limit: pageRows },
      enabled: scope.data !== undefined,
      placeholderData: keepPreviousData,
    }),
  );
  // The record is worked out beside the screens and may take a moment the first time; the list does not wait for it.
  const records = useQuery(api.forecasts.records.queryOptions({ staleTime: 60_000 })).data?.records;
  const recordOf = useMemo(() => recordLookup(records), [records]);
  const table = useForecastExport({ filter, order, isDescending, recordOf });
  const total = list.data?.total ?? 0;
  return (
    <Section
      title={t('list.title')}
      note={list.data ? t('list.count', { count: total, n: format.count(total) }) : undefined}
      info={t('list.info')}
      actions={
        <>
          <SendMenu />
          <ExportMenu rows={total} table={table} />
        </>
      }
    >
      <FilterBar
        search={search}
        championships={scope.data?.championships ?? []}
        periods={periods}
        change={change}
      >
        <Select
          size="xs"
          w={170}
          aria-label={t('list.order')}
          allowDeselect={false}
          value={`${order} ${isDescending}`}
          onChange={(chosen) => {
            const [next, down] = (chosen ?? '').split(' ');
            change({ order: next as ForecastOrder, descending: down === 'true' });
          }}
          data={forecastOrders.flatMap((one) =>
            [false, true].map((down) => ({
              value: `${one} ${down}`,
              label: t(`list.orders.${one}.${down ? 'down' : 'up'}`),
            })),
          )}
        />
      </FilterBar>
      <QueryState
        query={list}
        height={420}
        empty={{
          when: ({ total: held }) => held === 0,
          title: t(scope.data?.last === null ? 'empty.none.title' : 'empty.filter.title'),
          text: t(scope.data?.last === null ? 'empty.none.text' : 'empty.filter.text'),
          action:
            scope.data?.last === null ? undefined : (
              <Button
                variant="default"
                size="xs"
                onClick={() => {
                  change({
                    ...{ period: '30', from: undefined, until: undefined, championships: [], types: [] },
                    ...{ variant: 'regular', origin: 'any', strength: 0, certain: false, team: '' },
                  });
                }}
              >
                {t('empty.filter.action')}
              </Button>
            ),
        }}
      >
        {({ rows }) => (
          <>
            <ForecastTable rows={rows} recordOf={recordOf} />
            {total > pageRows && (
              <Pagination
                mt="md"
                size="sm"
                value={page}
                total={Math.ceil(total / pageRows)}
                onChange={(next) => {
                  change({ page: next });
                }}
                getControlProps={(control) => ({ 'aria-label': t(`pages.${control}`) })}
                getItemProps={(number) => ({ 'aria-label': t('pages.page', { number }) })}
              />
            )}
          </>
        )}
      </QueryState>
    </Section>
  );
}
