import { Pagination, Select } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ForecastOrder } from '../../../engine/contract/forecasts.ts';
import { ExportMenu } from '../../components/export-menu.tsx';
import { useForecastExport } from '../../components/forecast/export-forecasts.ts';
import { ForecastTable } from '../../components/forecast/forecast-table.tsx';
import { useFormat } from '../../components/format.ts';
import { QueryState } from '../../components/query-state.tsx';
import { Section } from '../../components/screen.tsx';
import { api } from '../../connection/client.ts';
import type { ResultsTabProps } from './results-screen.tsx';

const pageRows = 50;
const orders = ['kick-off', 'probability', 'confidence'] as const;
const noRecord = () => undefined;

/** Forecasts beside their results, the newest first. */
export function MatchesTab({ search, filter, isReady, change }: ResultsTabProps) {
  const { t } = useTranslation(['results', 'forecasts']);
  const format = useFormat();
  const { order, page } = search;
  // Of what is over the newest comes first, unless the address says otherwise.
  const isDescending = !search.descending;
  const list = useQuery(
    api.forecasts.list.queryOptions({
      input: { ...filter, order, isDescending, offset: (page - 1) * pageRows, limit: pageRows },
      enabled: isReady,
      placeholderData: keepPreviousData,
    }),
  );
  const table = useForecastExport({ filter, order, isDescending, recordOf: noRecord });
  const total = list.data?.total ?? 0;
  return (
    <Section
      title={t('matches.title')}
      note={list.data ? t('forecasts:list.count', { count: total, n: format.count(total) }) : undefined}
      actions={
        <>
          <Select
            size="xs"
            w={180}
            aria-label={t('forecasts:list.order')}
            allowDeselect={false}
            value={`${order} ${isDescending}`}
            onChange={(chosen) => {
              const [next, down] = (chosen ?? '').split(' ');
              change({ order: next as ForecastOrder, descending: down !== 'true' });
            }}
            data={orders.flatMap((one) =>
              [true, false].map((down) => ({
                value: `${one} ${down}`,
                label: t(`forecasts:list.orders.${one}.${down ? 'down' : 'up'}`),
              })),
            )}
          />
          <ExportMenu rows={total} table={table} />
        </>
      }
    >
      <QueryState
        query={list}
        height={420}
        empty={{ when: ({ total: held }) => held === 0, title: t('empty.title'), text: t('empty.text') }}
      >
        {({ rows }) => (
          <>
            <ForecastTable rows={rows} recordOf={noRecord} isSettled />
            {total > pageRows && (
              <Pagination
                mt="md"
                size="sm"
                value={page}
                total={Math.ceil(total / pageRows)}
                onChange={(next) => {
                  change({ page: next });
                }}
                getControlProps={(control) => ({ 'aria-label': t(`forecasts:pages.${control}`) })}
                getItemProps={(number) => ({ 'aria-label': t('forecasts:pages.page', { number }) })}
              />
            )}
          </>
        )}
      </QueryState>
    </Section>
  );
}
