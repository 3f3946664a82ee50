import { useTranslation } from 'react-i18next';
import { useFormat } from '../format.ts';
import { cellText, isNumericKind } from './column.ts';
import type { GridColumn } from './column.ts';
import { rectangleOf } from './selection.ts';
import type { Selection } from './selection.ts';
import { summarise } from './selection-summary.ts';
import type { RowSource } from './row-source.ts';
import classes from './data-grid.module.css';

export interface GridFootProps<Row> {
  readonly source: RowSource<Row>;
  readonly columns: readonly GridColumn<Row>[];
  readonly selection: Selection | undefined;
}

/** How many rows there are, and what the selected numbers come to. */
export function GridFoot<Row>({ source, columns, selection }: GridFootProps<Row>) {
  const { t } = useTranslation('components');
  const format = useFormat();
  const rectangle = selection === undefined || selection.row < 0 ? undefined : rectangleOf(selection);
  const summary = rectangle === undefined ? undefined : summarise(source, columns, rectangle);
  const cells =
    rectangle === undefined
      ? 0
      : (rectangle.lastRow - rectangle.firstRow + 1) * (rectangle.lastColumn - rectangle.firstColumn + 1);
  const text = (value: number) => summaryText(value, columns, { rectangle, format });
  return (
    <div className={classes.foot} role="status">
      <span>
        {source.count === undefined
          ? t('state.loading')
          : t('grid.rows', { count: source.count, n: format.count(source.count) })}
      </span>
      <span className={classes.spacer} />
      {cells > 1 && <span>{t('grid.selected', { count: cells, n: format.count(cells) })}</span>}
      {summary !== undefined && (
        <>
          <span>{t('grid.sum', { value: text(summary.sum) })}</span>
          <span>{t('grid.mean', { value: text(summary.mean), n: format.count(summary.n) })}</span>
        </>
      )}
    </div>
  );
}

/** A sum is written like its column where all selected numbers are of one kind, else as a plain number. */
function summaryText<Row>(
  value: number,
  columns: readonly GridColumn<Row>[],
  {
    rectangle,
    format,
  }: { rectangle: ReturnType<typeof rectangleOf> | undefined; format: ReturnType<typeof useFormat> },
): string {
  const numeric = columns
    .slice(rectangle?.firstColumn, (rectangle?.lastColumn ?? -1) + 1)
    .filter(({ kind }) => isNumericKind(kind));
  const isShare = numeric.every(({ kind }) => kind === 'percent' || kind === 'probability');
  return isShare
    ? cellText(value, { kind: 'percent', digits: 2 }, format)
    : format.number(value, Number.isInteger(value) ? 0 : 3);
}
