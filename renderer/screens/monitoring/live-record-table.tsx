import { useTranslation } from 'react-i18next';
import type { LiveRecord } from '../../../engine/contract/monitoring.ts';
import { useFormat } from '../../components/format.ts';
import { SimpleTable } from '../../components/simple-table.tsx';
import type { SimpleColumn } from '../../components/simple-table.tsx';
import classes from './monitoring.module.css';

/** How what was forecast before kick-off fared, span by span, beside the base rate and the market. */
export function LiveRecordTable({ records }: { readonly records: readonly LiveRecord[] }) {
  const { t } = useTranslation('monitoring');
  const format = useFormat();
  const loss = (of: LiveRecord['model']) => (of === null ? '–' : format.number(of.logLoss, 4));
  const share = (value: number | null) => (value === null ? '–' : format.percent(value, 1));
  const numeric = (
    key: 'base' | 'close' | 'accuracy' | 'coverage80' | 'coverage90',
    cell: (record: LiveRecord) => string,
  ): SimpleColumn<LiveRecord> => ({
    key,
    title: t(`record.${key}`),
    definition: t(`record.${key}-definition`),
    align: 'end',
    cell,
  });
  const columns: SimpleColumn<LiveRecord>[] = [
    {
      key: 'span',
      title: t('record.span'),
      isRowHead: true,
      cell: ({ sport, span }) => `${t(`sports.${sport}`)}, ${t(`spans.${span}`)}`,
    },
    { key: 'n', title: t('record.n'), align: 'end', cell: ({ n }) => format.count(n) },
    {
      key: 'model',
      title: t('record.model'),
      definition: t('record.model-definition'),
      align: 'end',
      cell: ({ model, n, minimum }) =>
        model === null ? (
          <span className={classes.muted}>{t('record.too-few', { n, minimum })}</span>
        ) : (
          loss(model)
        ),
    },
    numeric('base', ({ baseRate }) => loss(baseRate)),
    numeric('close', ({ closing }) => loss(closing)),
    {
      key: 'gap',
      title: t('record.gap'),
      definition: t('record.gap-definition'),
      align: 'end',
      cell: ({ gapClosed }) =>
        gapClosed === null ? (
          '–'
        ) : (
          <>
            {format.percent(gapClosed.value, 0)}{' '}
            <span className={classes.muted}>
              {t('record.interval', {
                low: format.percent(gapClosed.low, 0),
                high: format.percent(gapClosed.high, 0),
              })}
            </span>
          </>
        ),
    },
    numeric('accuracy', ({ model }) => share(model?.accuracy ?? null)),
    numeric('coverage80', ({ coverage80 }) => share(coverage80)),
    numeric('coverage90', ({ coverage90 }) => share(coverage90)),
  ];
  return (
    <SimpleTable
      caption={t('record.title')}
      columns={columns}
      rows={records}
      rowKey={({ sport, span }) => `${sport} ${span}`}
    />
  );
}
