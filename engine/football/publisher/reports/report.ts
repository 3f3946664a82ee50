import type { LastEvaluation } from '../../../../db/queries/football/evaluation.ts';
import type { ForecastingModel } from '../../../../db/queries/football/forecasting-models.ts';
import type { SaidRow } from '../../../../db/queries/football/said-forecasts.ts';
import type { Day, Instant } from '../../../contract/domain.ts';
import type { Locale } from '../../../documents/locale.ts';
import type {
  Cell,
  Column,
  DatasetColumn,
  DatasetValue,
  DocumentModel,
  Figure,
  Mark,
  Section,
  Table,
} from '../../../documents/model.ts';
import { createHasher } from '../../../kernel/math/hash.ts';
import type { SettledSaid } from '../../evaluation/settled-forecasts.ts';

/** Everything that reports are made from. */
export interface ReportData {
  readonly day: Day;
  /** When the newest forecast was made that is told of as coming. */
  readonly madeAt: Instant | null;
  readonly zone: string;
  /** Forecasts of all types whose matches are over: those made before kick-off or, while there are none, the replays. */
  readonly settled: readonly SettledSaid[];
  readonly isReplayed: boolean;
  readonly hasSamples: boolean;
  readonly coming: readonly SaidRow[];
  readonly models: readonly ForecastingModel[];
  readonly evaluation: LastEvaluation | undefined;
}

export interface ReportParts {
  readonly kind: string;
  readonly subtitle: string;
  readonly lead: readonly string[];
  readonly figures: readonly Figure[];
  readonly sections: readonly Section[];
  /** Keys under `documents.legend`. */
  readonly legend: readonly string[];
  readonly dataset: { readonly columns: readonly DatasetColumn[]; readonly rows: readonly DatasetValue[][] };
}

/** What is the same in all reports. */
export function reportDocument(data: ReportData, parts: ReportParts, locale: Locale): DocumentModel {
  const { kind, subtitle, lead, figures, sections, legend } = parts;
  const mark = (key: string): Mark => ({ text: locale.t(`documents.marks.${key}`), tone: 'warn' });
  const hasher = createHasher().text(JSON.stringify(parts.dataset.rows));
  return {
    kind,
    variant: 'regular',
    day: data.day,
    language: locale.language,
    title: locale.t(`reports.${kind}.title`),
    subtitle,
    marks: [...(data.hasSamples ? [mark('sample-some')] : []), ...(data.isReplayed ? [mark('replay')] : [])],
    lead: [...lead, ...(data.isReplayed && data.settled.length > 0 ? [locale.t('reports.replayed')] : [])],
    figures,
    sections,
    failures: [],
    legend: legend.map((key) => ({
      term: locale.t(`documents.legend.${key}.term`),
      text: locale.t(`documents.legend.${key}.text`),
    })),
    provenance: {
      madeAt: data.madeAt,
      // What was settled before the day, whenever it is written.
      asOf: Date.parse(`${data.day}T00:00:00Z`),
      dataHash: hasher.digest(),
      models: [...new Set(data.models.map(({ family }) => family))],
      zone: data.zone,
    },
    dataset: parts.dataset,
  };
}

export const text = (value: string | null): Cell => ({ kind: 'text', value });
export const count = (value: number | null): Cell => ({ kind: 'integer', value });
export const share = (value: number | null): Cell => ({ kind: 'probability', value });
export const names = (...values: readonly string[]): Cell => ({ kind: 'names', values });

/** A column of a table by its heading; numbers stand at the end. */
export function column(heading: string, align: Column['align'] = 'end'): Column {
  return { heading, align };
}

export function section(id: string, heading: string, parts: Partial<Section>): Section {
  return { id, heading, marks: [], paragraphs: [], blocks: [], ...parts };
}

export function table(
  caption: string,
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
): Table {
  return { kind: 'table', caption, columns, rows: rows.map((cells) => ({ cells })), notes: [] };
}
