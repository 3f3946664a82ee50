import { columnHeading } from './chart-data.ts';
import type { ChartData, ChartRow } from './chart-data.ts';
import { SimpleTable } from './simple-table.tsx';
import classes from './chart-figure.module.css';

export interface ChartTableProps {
  readonly data: ChartData;
  readonly title: string;
  readonly height: number;
}

/** The most rows that are worth reading; the CSV has all of them. */
const shownRows = 2000;

/** What a chart shows, as a table. */
export function ChartTable({ data, title, height }: ChartTableProps) {
  return (
    <div className={classes.table} style={{ maxHeight: Math.max(height, 160) }}>
      <SimpleTable
        caption={title}
        rows={data.rows.slice(0, shownRows)}
        rowKey={(_, at) => at}
        columns={data.columns.map((column) => ({
          key: column.key,
          title: columnHeading(column),
          align: isNumeric(data, column.key) ? 'end' : 'start',
          cell: (row: ChartRow) => {
            const value = row[column.key];
            if (value === null || value === undefined) return '–';
            return typeof value === 'number' && column.text ? column.text(value) : String(value);
          },
        }))}
      />
    </div>
  );
}

function isNumeric(data: ChartData, key: string): boolean {
  return data.rows.some((row) => typeof row[key] === 'number');
}
