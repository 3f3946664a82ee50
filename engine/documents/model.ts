import type { Day, Instant, Language } from '../contract/domain.ts';
import type { ErrorCode } from '../contract/errors.ts';

/**
 * The one document model that every pack's publisher fills and every writer reads. Its sentences are already worded in
 * the document's language; its numbers, odds and instants are raw, at full precision, and are formatted by the writers.
 *
 * `sections` are for reading (HTML, Markdown); `dataset` is the flat table behind them (CSV, JSON).
 */
export interface DocumentModel {
  /** E.g. `forecast`, `outcome`. */
  readonly kind: string;
  /** E.g. `regular`, `quality`. */
  readonly variant: string;
  readonly day: Day;
  readonly language: Language;
  readonly title: string;
  readonly subtitle: string;
  readonly marks: readonly Mark[];
  /** Opening paragraphs. */
  readonly lead: readonly string[];
  /** The day in a few numbers. */
  readonly figures: readonly Figure[];
  readonly sections: readonly Section[];
  /** What should stand in this document and does not, each with the stage that failed. Never empty silently. */
  readonly failures: readonly Failure[];
  /** How to read the numbers. */
  readonly legend: readonly LegendEntry[];
  readonly provenance: Provenance;
  readonly dataset: Dataset;
}

export type Tone = 'plain' | 'good' | 'bad' | 'warn' | 'quality';

/** A small visible mark such as "sample", "replayed" or "hit". */
export interface Mark {
  readonly text: string;
  readonly tone: Tone;
}

export interface Figure {
  readonly label: string;
  readonly value: Cell;
  readonly note?: string;
}

export interface Section {
  /** Unique within the document; letters, digits and hyphens. */
  readonly id: string;
  readonly heading: string;
  readonly marks: readonly Mark[];
  readonly paragraphs: readonly string[];
  readonly blocks: readonly Block[];
}

export type Block = Table | ChartSpec;

export interface Table {
  readonly kind: 'table';
  readonly caption: string;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  readonly notes: readonly string[];
  /** Closed at first where a reader can open it. */
  readonly isFolded?: boolean;
}

export interface Column {
  readonly heading: string;
  /** What the heading means, where it is an abbreviation. */
  readonly meaning?: string;
  readonly align: 'start' | 'center' | 'end';
  /** The cell that names its row. */
  readonly isRowHeading?: boolean;
}

/** One cell per column of its table. */
export interface Row {
  readonly cells: readonly Cell[];
  readonly isTotal?: boolean;
}

/** A missing value is `null` and is shown as a dash, never as a default. */
export type Cell =
  | { readonly kind: 'text'; readonly value: string | null; readonly isMuted?: boolean }
  /** Names from outside (teams, championships): isolated from the text around them, joined by a dash. */
  | { readonly kind: 'names'; readonly values: readonly string[] }
  | { readonly kind: 'integer'; readonly value: number | null }
  | { readonly kind: 'number'; readonly value: number | null; readonly digits: number }
  /** 0 to 1, shown as a percentage. */
  | { readonly kind: 'probability'; readonly value: number | null }
  /** Decimal odds; several are the selections of one market in order. */
  | { readonly kind: 'odds'; readonly values: readonly (number | null)[] }
  | {
      readonly kind: 'instant';
      readonly value: Instant;
      readonly zone: string;
      readonly show: 'time' | 'full';
    }
  /** A prediction set: its short sign (`1X`) and its meaning in words; `null` is "not enough history". */
  | { readonly kind: 'set'; readonly sign: string | null; readonly words: string; readonly size: number }
  /** Parts of one whole, drawn as a bar. */
  | { readonly kind: 'shares'; readonly parts: readonly Share[] }
  | { readonly kind: 'mark'; readonly mark: Mark }
  /** Several cells in one place, under each other or in one line. */
  | { readonly kind: 'group'; readonly flow: 'lines' | 'inline'; readonly cells: readonly Cell[] };

export interface Share {
  readonly label: string;
  /** 0 to 1. */
  readonly value: number;
  readonly isEmphasised: boolean;
}

/** Charts are data only; each writer draws or words them as it can. */
export type ChartSpec = StackedSharesChart | PairedPointsChart | IntervalsChart | ReliabilityChart | FanChart;

/** One bar per row, divided into the shares of its classes. */
export interface StackedSharesChart {
  readonly kind: 'stacked-shares';
  readonly title: string;
  readonly description: string;
  readonly classes: readonly string[];
  readonly rows: readonly { readonly names: readonly string[]; readonly values: readonly number[] }[];
}

/** Per row a reference and a value on the scale 0 to 1. */
export interface PairedPointsChart {
  readonly kind: 'paired-points';
  readonly title: string;
  readonly description: string;
  readonly referenceLabel: string;
  readonly goodLabel: string;
  readonly badLabel: string;
  readonly rows: readonly {
    readonly names: readonly string[];
    readonly detail: string;
    readonly reference: number | null;
    readonly value: number;
    readonly isGood: boolean;
  }[];
}

/** Per row a value with its interval, beside reference lines. */
export interface IntervalsChart {
  readonly kind: 'intervals';
  readonly title: string;
  readonly description: string;
  /** `share` is shown as a percentage. */
  readonly unit: 'share' | 'number';
  readonly references: readonly { readonly value: number; readonly label: string }[];
  readonly rows: readonly {
    readonly name: string;
    readonly value: number;
    readonly low: number;
    readonly high: number;
    readonly tone?: 'good' | 'bad';
  }[];
}

/** Observed frequency over forecast probability, one panel a class; `points` ascend within 0 to 1. */
export interface ReliabilityChart {
  readonly kind: 'reliability';
  readonly title: string;
  readonly description: string;
  readonly acrossLabel: string;
  readonly panels: readonly {
    readonly name: string;
    readonly note: string;
    readonly points: readonly number[];
    readonly frequency: readonly number[];
    readonly low: readonly number[];
    readonly high: readonly number[];
    /** Counts by tenth of probability. */
    readonly histogram: readonly number[];
  }[];
}

/** Possible paths and the actual one, evenly spaced, one panel a plan. */
export interface FanChart {
  readonly kind: 'fan';
  readonly title: string;
  readonly description: string;
  readonly acrossLabel: string;
  /** Labels along the bottom, evenly spaced. */
  readonly across: readonly string[];
  /** Where every path begins. */
  readonly start: number;
  readonly panels: readonly {
    readonly name: string;
    readonly note: string;
    readonly low: readonly number[];
    readonly middle: readonly number[];
    readonly high: readonly number[];
    readonly actual: readonly number[];
  }[];
}

export interface Failure {
  readonly names: readonly string[];
  /** Where it belongs, e.g. the championship's name. */
  readonly place: string;
  /** The stage that lacks its data, in the document's language. */
  readonly stage: string;
  readonly code: ErrorCode;
  readonly sentence: string;
}

export interface LegendEntry {
  readonly term: string;
  readonly text: string;
}

export interface Provenance {
  /** When the newest forecast in the document was made (not when the file was written); null without forecasts. */
  readonly madeAt: Instant | null;
  /** The newest instant whose knowledge the forecasts use. */
  readonly asOf: Instant | null;
  /** Hash over the data hashes of the forecasts shown. */
  readonly dataHash: string | null;
  readonly models: readonly string[];
  readonly zone: string;
}

export type DatasetKind = 'text' | 'integer' | 'number' | 'instant' | 'flag';
export type DatasetValue = string | number | boolean | null;

/** The flat table behind a document, at full precision. Instants are epoch milliseconds. */
export interface Dataset {
  readonly columns: readonly DatasetColumn[];
  readonly rows: readonly (readonly DatasetValue[])[];
}

export interface DatasetColumn {
  /** Stable name for programs; dots nest in JSON: `probability.home`. */
  readonly key: string;
  /** Worded in the document's language, for spreadsheets. */
  readonly heading: string;
  readonly kind: DatasetKind;
}
