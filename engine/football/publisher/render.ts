import { createHash } from 'node:crypto';
import type { Day, Language } from '../../contract/domain.ts';
import type { OddsFormat } from '../../contract/odds-format.ts';
import type { Database } from '../../../db/client.ts';
import { readSettledPairs } from '../../../db/queries/football/match-detail.ts';
import { hasSelectionRule, readDayMatches } from '../../../db/queries/football/publisher.ts';
import { readDayTypes } from '../../../db/queries/football/publisher-types.ts';
import { loadLocale } from '../../documents/locale.ts';
import { writeDocument } from '../../documents/registry.ts';
import { variants } from './day-data.ts';
import type { DayData, DocumentKind, Variant } from './day-data.ts';
import { forecastDocument } from './forecast-document.ts';
import { forecastType } from './labels.ts';
import { failureOf, forecastOf } from './matches.ts';
import type { MatchFailure } from './matches.ts';
import { outcomeDocument } from './outcome-document.ts';
import { rangesOfDay } from './day-ranges.ts';
import type { ChampionshipRecord } from './record.ts';
import type { TypeRecord } from './type-record.ts';

/** The documents of one kind and day. */
export interface RenderTask {
  readonly database: string;
  readonly kind: DocumentKind;
  readonly day: Day;
  readonly championshipIds: readonly number[];
  readonly records: ReadonlyMap<number, ChampionshipRecord>;
  readonly typeRecords: ReadonlyMap<number, TypeRecord>;
  readonly languages: readonly Language[];
  readonly formats: readonly string[];
  readonly oddsFormat: OddsFormat;
  /** Of all kick-offs; undefined leaves each championship its own. */
  readonly zone?: string | undefined;
}

export interface RenderedFile {
  readonly variant: Variant;
  readonly language: Language;
  readonly format: string;
  /** Bytes where the format is not text. */
  readonly content: string | Uint8Array;
  readonly sha256: string;
}

export interface RenderedDay {
  readonly files: readonly RenderedFile[];
  readonly forecasts: number;
  readonly failures: readonly MatchFailure[];
}

const builders = { forecast: forecastDocument, outcome: outcomeDocument } satisfies Record<
  DocumentKind,
  unknown
>;

/**
 * Reads a day and words, draws and writes all its documents; touches no file.
 *
 * @param readSettled where the settled forecasts behind the ranges come from; default the database itself
 */
export async function renderDay(
  database: Database,
  task: RenderTask,
  readSettled: typeof readSettledPairs = readSettledPairs,
): Promise<RenderedDay> {
  const { kind, day, championshipIds, records, typeRecords, languages, formats, zone } = task;
  const held = readDayMatches(database, { day, championshipIds, forecastType });
  const matches = zone === undefined ? held : held.map((match) => ({ ...match, zone }));
  const types = readDayTypes(
    database,
    matches.flatMap(({ outcomeId }) => outcomeId ?? []),
  );
  const hasRule = hasSelectionRule(database, forecastType);
  const ranges =
    kind === 'forecast'
      ? rangesOfDay((query) => readSettled(database, query), day, matches)
      : new Map<number, never>();
  const data: DayData = { kind, day, matches, records, types, typeRecords, ranges, hasRule };
  const files: RenderedFile[] = [];
  for (const variant of variants) {
    for (const language of languages) {
      const locale = loadLocale(language, task.oddsFormat);
      const document = builders[kind](data, variant, locale);
      for (const format of formats) {
        const content = await writeDocument(document, locale, format);
        const sha256 = createHash('sha256').update(content).digest('hex');
        files.push({ variant, language, format, content, sha256 });
      }
    }
  }
  return {
    files,
    forecasts: matches.filter((match) => forecastOf(match)).length,
    failures: matches.flatMap((match) => failureOf(match) ?? []),
  };
}
