import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { GridFilters, GridSort } from '../../../engine/contract/grid.ts';
import { arrangeRows, DataGrid, givenRows } from '../../components/data-grid.tsx';
import type { GridColumn } from '../../components/data-grid.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ExportMenu } from '../../components/export-menu.tsx';
import { useFormat } from '../../components/format.ts';
import { DelayedInput } from '../../components/grid/delayed-input.tsx';
import type { AnsweredReport, Catalogue, Entry, Finding } from './answers.ts';
import type { FeatureViewProps } from './feature-name.tsx';
import classes from './features.module.css';

type Row = Entry & { readonly finding: Finding | undefined; readonly text: string };

const noSort: readonly GridSort[] = [];
const noFilters: GridFilters = {};

/** Every feature of the set with its definition, and what the report found of it. */
export function CatalogueTab(
  props: FeatureViewProps & { readonly catalogue: Catalogue; readonly report: AnsweredReport | undefined },
) {
  const { catalogue, report, search, change } = props;
  const { t } = useTranslation('features');
  const format = useFormat();
  const sort = search.sort ?? noSort;
  const filters = search.filters ?? noFilters;
  const columns = useMemo((): GridColumn<Row>[] => {
    const families = [...new Set(catalogue.features.map(({ family }) => family))];
    const figure = (
      id: string,
      value: GridColumn<Row>['value'],
      more: Partial<GridColumn<Row>> = {},
    ): GridColumn<Row> => ({
      id,
      title: t(`columns.${id}.title`),
      definition: t(`columns.${id}.definition`),
      kind: 'number',
      value,
      width: 130,
      filter: { kind: 'number' },
      ...more,
    });
    return [
      {
        id: 'name',
        title: t('columns.name.title'),
        kind: 'text',
        value: (row) => row.name,
        isPinned: true,
        width: 250,
        filter: { kind: 'text' },
      },
      {
        id: 'family',
        title: t('columns.family.title'),
        kind: 'text',
        value: (row) => row.family,
        cell: (row) => t(`families.${row.family}`),
        width: 150,
        filter: { kind: 'set', choices: families.map((value) => ({ value, label: t(`families.${value}`) })) },
      },
      {
        id: 'description',
        title: t('columns.description.title'),
        kind: 'text',
        value: (row) => row.description,
        width: 420,
        filter: { kind: 'text' },
      },
      {
        id: 'unit',
        title: t('columns.unit.title'),
        kind: 'text',
        value: (row) => row.unit,
        width: 150,
        filter: { kind: 'text' },
      },
      figure('information', (row) => row.finding?.information?.value ?? null, { digits: 4 }),
      figure('informationP', (row) => row.finding?.information?.adjusted ?? null, { digits: 3 }),
      figure('permutation', (row) => row.finding?.permutation?.rise ?? null, { digits: 5 }),
      figure('gain', (row) => row.finding?.gain ?? null, { kind: 'percent' }),
      figure('shap', (row) => row.finding?.shap ?? null, { digits: 4 }),
      figure('missing', (row) => row.finding?.missing ?? null, {
        kind: 'percent',
        filter: { kind: 'number', isShare: true },
      }),
      figure('mean', (row) => row.finding?.mean ?? null, { digits: 3, isHidden: true }),
      {
        id: 'asOf',
        title: t('columns.asOf.title'),
        kind: 'text',
        value: (row) => row.asOf,
        width: 260,
        isHidden: true,
      },
      {
        id: 'absent',
        title: t('columns.absent.title'),
        kind: 'text',
        value: (row) => row.missing,
        width: 260,
        isHidden: true,
      },
      // What the search field looks through.
      {
        id: 'text',
        title: t('columns.text.title'),
        kind: 'text',
        value: (row) => row.text,
        width: 420,
        isHidden: true,
      },
    ];
  }, [catalogue, t]);
  const rows = useMemo((): Row[] => {
    const findings = new Map(report?.features.map((finding) => [finding.name, finding]));
    return catalogue.features
      .filter((entry) => entry.set === search.set)
      .map((entry) => ({
        ...entry,
        finding: findings.get(entry.name),
        text: `${entry.name} ${entry.description}`,
      }));
  }, [catalogue, report, search.set]);
  const shown = useMemo(() => arrangeRows(rows, columns, { sort, filters }), [rows, columns, sort, filters]);
  const source = useMemo(() => givenRows(shown), [shown]);
  const exported = columns.filter(({ id }) => id !== 'text');
  const text = filters['text'];
  return (
    <div className={classes.grid}>
      <DataGrid
        name="features"
        label={t('tabs.catalogue')}
        columns={columns}
        source={source}
        sort={sort}
        onSort={(next) => {
          change({ sort: next.length === 0 ? undefined : [...next] });
        }}
        filters={filters}
        onFilters={(next) => {
          change({ filters: Object.keys(next).length === 0 ? undefined : next });
        }}
        onOpen={(row) => {
          change({ feature: row.name });
        }}
        empty={<EmptyState title={t('catalogue.nothing')} />}
        lead={
          <DelayedInput
            label={t('catalogue.search')}
            isLabelHidden
            placeholder={t('catalogue.search')}
            width={260}
            value={text?.kind === 'text' ? text.contains : ''}
            onValue={(contains) => {
              const { text: _, ...others } = filters;
              const next =
                contains === '' ? others : { ...others, text: { kind: 'text' as const, contains } };
              change({ filters: Object.keys(next).length === 0 ? undefined : next });
            }}
          />
        }
        tools={
          <ExportMenu
            rows={shown.length}
            table={() => ({
              name: `${t('title')} ${search.set}`,
              title: t('title'),
              subtitle: t(`sets.${search.set}`),
              notes: [],
              zone: format.preferences.zone,
              columns: exported.map(({ id, title, kind, digits }) => ({
                key: id,
                heading: title,
                kind: kind === 'number' || kind === 'percent' ? kind : 'text',
                ...(digits === undefined ? {} : { digits }),
              })),
              rows: shown.map((row) => exported.map((column) => column.value(row))),
            })}
          />
        }
      />
      <p className={classes.note}>{t('catalogue.note', { n: format.count(rows.length) })}</p>
    </div>
  );
}
