import { z } from 'zod';
import type { ImportPreview } from '../../../../engine/contract/imports.ts';

const texts = z.record(z.string(), z.string());
const importDraftSchema = z.object({
  /** Under which aliases of its names are kept. */
  source: z.string(),
  championshipFrom: z.enum(['fixed', 'column']),
  championship: z.string(),
  championshipColumn: z.string(),
  /** What the values of that column stand for. */
  codes: texts,
  columns: texts,
  /** Prices that are taken over, by bookmaker and phase. */
  odds: z.array(z.string()),
});
/** What the form holds while the meaning of a file is said. */
export type ImportDraft = z.infer<typeof importDraftSchema>;

/** A file that was handed over and not yet imported: what is needed to go on with it after a restart. */
export const openImportSchema = z.object({
  uploadId: z.string(),
  name: z.string(),
  encoding: z.enum(['utf-8', 'utf-16le', 'windows-1251', 'windows-1252']),
  delimiter: z.string(),
  draft: importDraftSchema,
});

export const neededFields = ['date', 'home', 'away', 'homeGoals', 'awayGoals'] as const;
export const furtherFields = [
  'time',
  'result',
  'homeGoalsHalfTime',
  'awayGoalsHalfTime',
  'round',
  'homeShots',
  'awayShots',
  'homeShotsOnTarget',
  'awayShotsOnTarget',
  'homeCorners',
  'awayCorners',
  'homeFouls',
  'awayFouls',
  'homeYellowCards',
  'awayYellowCards',
  'homeRedCards',
  'awayRedCards',
  'homeExpectedGoals',
  'awayExpectedGoals',
] as const;

type SuggestedOdds = ImportPreview['suggestion']['odds'][number];

export function oddsKey({ bookmaker, isClosing }: SuggestedOdds): string {
  return `${bookmaker}${isClosing ? ' closing' : ''}`;
}

/** A draft from what the headings seem to mean. */
export function draftOf({ suggestion }: ImportPreview): ImportDraft {
  return {
    source: 'csv',
    championshipFrom: suggestion.championshipColumn === null ? 'fixed' : 'column',
    championship: '',
    championshipColumn: suggestion.championshipColumn ?? '',
    codes: {},
    columns: suggestion.columns,
    odds: suggestion.odds.map(oddsKey),
  };
}

/** What is still to be said before the file can be tried: names of fields. */
export function missingFields(draft: ImportDraft): string[] {
  const missing: string[] = neededFields.filter((field) => !draft.columns[field]);
  if (draft.championshipFrom === 'fixed' && draft.championship === '') missing.push('championship');
  if (draft.championshipFrom === 'column' && draft.championshipColumn === '')
    missing.push('championshipColumn');
  return missing;
}

/**
 * The mapping as the engine takes it. A value of the championship's column that is a code already stands for itself.
 *
 * @param known codes of the championships that there are
 */
export function mappingOf(
  draft: ImportDraft,
  preview: ImportPreview,
  known: readonly string[],
): Record<string, unknown> {
  const columns = Object.fromEntries(Object.entries(draft.columns).filter(([, column]) => column !== ''));
  const values = preview.columns.find(({ name }) => name === draft.championshipColumn)?.samples ?? [];
  const codes = Object.fromEntries([
    ...values.filter((value) => known.includes(value)).map((value) => [value, value]),
    ...Object.entries(draft.codes).filter(([, code]) => code !== ''),
  ]) as Record<string, string>;
  return {
    source: draft.source,
    championship:
      draft.championshipFrom === 'fixed'
        ? { code: draft.championship }
        : { column: draft.championshipColumn, codes },
    columns,
    encoding: preview.encoding,
    delimiter: preview.delimiter,
    odds: preview.suggestion.odds
      .filter((one) => draft.odds.includes(oddsKey(one)))
      .map(({ bookmaker, isClosing, columns: prices }) => ({
        bookmaker: { code: bookmaker, kind: kindOf(bookmaker) },
        market: '1x2',
        phase: isClosing ? 'closing' : 'preMatch',
        columns: prices,
      })),
  };
}

/** Averages and best prices of the market are not one bookmaker's. */
function kindOf(bookmaker: string): string {
  if (/^(bb)?av/i.test(bookmaker)) return 'average';
  return /^(bb)?(max|mx)/i.test(bookmaker) ? 'best' : 'bookmaker';
}
