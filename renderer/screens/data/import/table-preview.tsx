import { NativeSelect } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { ColumnProfile, ImportPreview } from '../../../../engine/contract/imports.ts';
import { useFormat } from '../../../components/format.ts';
import { SimpleTable } from '../../../components/simple-table.tsx';
import classes from '../data.module.css';

const encodings = ['utf-8', 'windows-1251', 'windows-1252', 'utf-16le'] as const;
const delimiters = [',', ';', '\t', '|'] as const;

export interface TablePreviewProps {
  readonly name: string;
  readonly preview: ImportPreview;
  readonly onRead: (how: {
    encoding?: ImportPreview['encoding'];
    delimiter?: string;
    sheet?: string;
  }) => Promise<void>;
}

/** How the file is written and what stands in it, with the cells that do not fit their column. */
export function TablePreview({ name, preview, onRead }: TablePreviewProps) {
  const { t } = useTranslation('data');
  const format = useFormat();
  const { encoding, delimiter, columns, rows, rowCount, sheets } = preview;
  const strays = columns.filter((column) => column.strays.length > 0);
  const commas = columns.filter(({ decimalCommas }) => decimalCommas > 0);
  return (
    <div className={classes.stack}>
      <p className={classes.text}>
        <bdi>{name}</bdi>
        {`: ${t('import.size', { count: rowCount, rows: format.count(rowCount), columns: format.count(columns.length) })}`}
      </p>
      <div className={classes.row}>
        {sheets === null ? (
          <>
            <NativeSelect
              size="xs"
              label={t('import.encoding')}
              value={encoding}
              data={encodings.map((one) => ({ value: one, label: one.toUpperCase() }))}
              onChange={(event) => {
                const chosen = encodings.find((one) => one === event.currentTarget.value) ?? encoding;
                void onRead({ encoding: chosen, delimiter });
              }}
            />
            <NativeSelect
              size="xs"
              label={t('import.delimiter')}
              value={delimiter}
              data={delimiters.map((one) => ({
                value: one,
                label: t(`import.delimiters.${delimiterNames[one]}`),
              }))}
              onChange={(event) => void onRead({ encoding, delimiter: event.currentTarget.value })}
            />
          </>
        ) : (
          <NativeSelect
            size="xs"
            label={t('import.sheet')}
            value={sheets.chosen}
            data={sheets.names}
            onChange={(event) => void onRead({ sheet: event.currentTarget.value })}
          />
        )}
        {commas.length > 0 && (
          <span className={classes.muted}>
            {t('import.commas', { columns: commas.map((column) => column.name).join(', ') })}
          </span>
        )}
      </div>
      {strays.map((column) => (
        <p key={column.name} className={classes.error}>
          {strayText(column, t)}
        </p>
      ))}
      <div className={classes.preview}>
        <SimpleTable
          caption={t('import.preview')}
          isDense
          rows={rows}
          rowKey={(_, at) => at}
          columns={columns.map((column, at) => ({
            key: `${at}`,
            title: column.name === '' ? t('import.unnamed', { number: at + 1 }) : column.name,
            align: column.numbers > column.filled / 2 ? ('end' as const) : ('start' as const),
            cell: (row: readonly string[]) => <bdi>{row[at]}</bdi>,
          }))}
        />
      </div>
    </div>
  );
}

const delimiterNames = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' } as const;

function strayText(column: ColumnProfile, t: TFunction<'data'>): string {
  const kind = column.numbers > column.days ? 'numbers' : 'days';
  return t(`import.strays.${kind}`, {
    column: column.name,
    cells: column.strays.map(({ line, value }) => t('import.stray', { line, value })).join(', '),
  });
}
