import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ForecastRecord } from '../../engine/contract/championship.ts';
import type { Mean, Rate } from '../../engine/contract/match-view.ts';
import { useFormat } from './format.ts';
import { Missing } from './missing.tsx';
import { SimpleTable } from './simple-table.tsx';
import classes from './record-table.module.css';

/** What forecasts came to, row by row: all together first, then season by season; every figure with its interval and n. */
export function RecordTable(props: {
  readonly caption: string;
  readonly records: readonly ForecastRecord[];
}) {
  const { caption, records } = props;
  const { t } = useTranslation('match-table');
  const format = useFormat();
  const rate = (one: Rate) =>
    one.share === null ? (
      <Missing reason={t('record.none')} />
    ) : (
      <Figure
        value={format.percent(one.share)}
        note={format.range(one.low, one.high, (value) => format.percent(value))}
        n={one.n}
      />
    );
  const mean = (one: Mean, digits: number) =>
    one.mean === null ? (
      <Missing reason={t('record.none')} />
    ) : (
      <Figure
        value={format.number(one.mean, digits)}
        note={format.range(one.low, one.high, (value) => format.number(value, digits))}
        n={one.n}
      />
    );
  const column = (key: string, cell: (record: ForecastRecord) => ReactNode) => ({
    key,
    title: t(`record.${key}`),
    definition: t(`record.${key}-definition`),
    align: 'end' as const,
    cell,
  });
  return (
    <SimpleTable
      caption={caption}
      isDense
      rows={records}
      rowKey={({ origin, season }) => `${origin} ${season ?? ''}`}
      isMarked={({ season }) => season === null}
      columns={[
        {
          key: 'what',
          title: t('record.what'),
          isRowHead: true,
          cell: ({ origin, season }) => (
            <Figure value={season ?? t('record.all')} note={t(`record.origin.${origin}`)} />
          ),
        },
        column('hits', ({ hits }) => rate(hits)),
        column('expected', ({ hits, expectedHits }) =>
          hits.n === 0 ? <Missing reason={t('record.none')} /> : format.percent(expectedHits / hits.n),
        ),
        column('log-loss', ({ logLoss }) => mean(logLoss, 4)),
        column('rps', ({ rankedProbabilityScore }) => mean(rankedProbabilityScore, 4)),
        column('price', ({ againstPrice: { ours, price } }) =>
          ours.mean === null || price.mean === null ? (
            <Missing reason={t('record.no-price')} />
          ) : (
            <Figure
              value={format.signed(ours.mean - price.mean, 4)}
              note={format.number(price.mean, 4)}
              n={price.n}
            />
          ),
        ),
        column('held80', ({ held80 }) => rate(held80)),
        column('held90', ({ held90 }) => rate(held90)),
      ]}
    />
  );
}

interface FigureProps {
  readonly value: string;
  readonly note: string;
  readonly n?: number;
}

/** A figure, its interval and how many stand behind it, each on a line of its own. */
function Figure({ value, note, n }: FigureProps) {
  const { t } = useTranslation('components');
  const format = useFormat();
  return (
    <span className={classes.figure}>
      <span>{value}</span>
      <small>
        <span>{note}</span> {n !== undefined && <span>{t('metric.n', { n: format.count(n) })}</span>}
      </small>
    </span>
  );
}
