import { useTranslation } from 'react-i18next';
import type { EdgeBand } from '../../../engine/contract/today.ts';
import { useFormat } from '../../components/format.ts';
import { SimpleTable } from '../../components/simple-table.tsx';
import classes from './today.module.css';

export interface EdgeNoteProps {
  readonly edges: {
    readonly considered: number;
    readonly from: string | null;
    readonly until: string | null;
    readonly bands: readonly EdgeBand[];
  };
}

/** What values of each size came to before: nobody should read a value without it. */
export function EdgeNote({ edges }: EdgeNoteProps) {
  const { t } = useTranslation('today');
  const format = useFormat();
  if (edges.considered === 0) return <p className={classes.note}>{t('edges.none')}</p>;
  const percent = (value: number | null) => format.percent(value);
  const interval = (one: { low: number | null; high: number | null }) =>
    format.range(one.low, one.high, percent);
  return (
    <details className={classes.edges}>
      <summary>{t('edges.title')}</summary>
      <p className={classes.note}>
        {t('edges.text', {
          count: edges.considered,
          n: format.count(edges.considered),
          from: format.day(edges.from),
          until: format.day(edges.until),
        })}
      </p>
      <SimpleTable
        caption={t('edges.title')}
        isDense
        rows={edges.bands}
        rowKey={({ from }) => from}
        columns={[
          {
            key: 'size',
            title: t('edges.size'),
            isRowHead: true,
            cell: ({ from, to }) =>
              to === null
                ? t('edges.above', { from: format.percent(from, 0) })
                : t('edges.between', { from: format.percent(from, 0), to: format.percent(to, 0) }),
          },
          {
            key: 'noise',
            title: t('edges.noise'),
            definition: t('edges.noise-definition'),
            align: 'end',
            cell: ({ noise }) =>
              noise.share === null ? '–' : `${percent(noise.share)} (${interval(noise)})`,
          },
          {
            key: 'yield',
            title: t('edges.yield'),
            definition: t('edges.yield-definition'),
            align: 'end',
            cell: (band) =>
              band.yield.mean === null ? '–' : `${percent(band.yield.mean)} (${interval(band.yield)})`,
          },
          { key: 'n', title: 'n', align: 'end', cell: (band) => format.count(band.yield.n) },
        ]}
      />
    </details>
  );
}
