import { useTranslation } from 'react-i18next';
import type { SelectionAccountRow } from '../../../engine/contract/forecasts.ts';
import { useForecastWords } from '../../components/forecast/forecast-words.ts';
import { useFormat } from '../../components/format.ts';
import { Missing } from '../../components/missing.tsx';
import { SimpleTable } from '../../components/simple-table.tsx';
import classes from './forecasts.module.css';

interface Tally {
  readonly n: number;
  readonly hits: number;
}

/** One line a filter: what it looked at, promised and came to, and what taking the past at face value would have. */
export function AccountTable({ rows }: { readonly rows: readonly SelectionAccountRow[] }) {
  const { t } = useTranslation('forecasts');
  const format = useFormat();
  const words = useForecastWords();
  const column = (key: string) => ({
    key,
    title: t(`account.table.${key}`),
    definition: t(`account.table.${key}-definition`),
    align: 'end' as const,
  });
  const tally = (one: Tally | null | undefined, reason: string) =>
    !one || one.n === 0 ? (
      <Missing reason={reason} />
    ) : (
      <span title={t('account.of', { part: format.count(one.hits), whole: format.count(one.n) })}>
        {`${format.percent(one.hits / one.n)} · ${format.count(one.n)}`}
      </span>
    );
  return (
    <SimpleTable
      caption={t('account.table.caption')}
      isDense
      rows={rows}
      rowKey={({ type, label }) => `${type} ${label ?? ''}`}
      columns={[
        {
          key: 'filter',
          title: t('account.table.filter'),
          isRowHead: true,
          cell: ({ type, label }) =>
            label === null ? words.type(type) : `${words.type(type)}: ${words.label(type, label)}`,
        },
        {
          key: 'status',
          title: t('account.table.status'),
          cell: ({ status }) => (
            <span className={status === 'selected' ? classes.kept : classes.dropped}>
              <span aria-hidden>{status === 'selected' ? '● ' : '○ '}</span>
              {t(`account.status.${status}`)}
            </span>
          ),
        },
        { ...column('considered'), cell: ({ considered }) => format.count(considered) },
        {
          ...column('tried'),
          cell: ({ tried }) =>
            tried === null ? <Missing reason={t('missing.not-told')} /> : format.count(tried),
        },
        {
          ...column('bound'),
          cell: ({ promised }) =>
            promised ? format.percent(promised.bound) : <Missing reason={t('missing.dropped')} />,
        },
        { ...column('past'), cell: ({ promised }) => tally(promised, t('missing.dropped')) },
        { ...column('came'), cell: ({ realised }) => tally(realised, t('missing.settled')) },
        { ...column('naive'), cell: ({ naive }) => tally(naive, t('missing.nothing-taken')) },
        {
          ...column('naive-came'),
          cell: ({ naive }) => tally(naive?.realised, t('missing.settled')),
        },
        {
          ...column('coming'),
          cell: ({ coming }) =>
            t('account.of', { part: format.count(coming.selected), whole: format.count(coming.n) }),
        },
      ]}
    />
  );
}
