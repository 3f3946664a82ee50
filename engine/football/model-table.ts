import { championshipsWithFeatures } from '../../db/queries/football/processing.ts';
import type { ModelTable, PriceColumns } from '../../db/queries/football/processing.ts';
import type { Database } from '../../db/client.ts';
import type { Sport } from '../contract/domain.ts';
import { AppError } from '../contract/errors.ts';
import { runTask } from '../runtime/run-task.ts';
import type { StageContext } from '../runtime/stage.ts';

/** The model table and the prices of it, in shared memory. */
export interface LoadedTable {
  readonly table: ModelTable;
  /** Newest price that was known at each match's as-of instant. */
  readonly preMatch: PriceColumns;
  readonly closing: PriceColumns;
}

/** What is asked for of one sport. */
export interface SportPart {
  readonly sport: Sport;
  /** Codes; undefined for every championship. */
  readonly championships: readonly string[] | undefined;
}

/**
 * Splits what is asked for by sport. Models, calibration and selection learn from matches of one sport alone, so that
 * every stage does its work sport by sport. Codes that no championship with features has go to the first part, which
 * says so. At least one part, also before there are features.
 */
export function bySport(database: Database, codes: readonly string[] | undefined): readonly SportPart[] {
  const held = championshipsWithFeatures(database);
  const sports = [...new Set(held.map(({ sport }) => sport))];
  if (!codes) return (sports.length === 0 ? (['football'] as const) : sports).map(whole);
  const known = new Map(held.map(({ code, sport }) => [code, sport]));
  const parts = Map.groupBy(codes, (code) => known.get(code) ?? sports[0] ?? 'football');
  return [...parts].map(([sport, championships]) => ({ sport, championships }));
}

function whole(sport: Sport): SportPart {
  return { sport, championships: undefined };
}

/** What is asked for, where only one sport can be: football unless the codes say another. USAGE for codes of several. */
export function oneSport(database: Database, codes: readonly string[] | undefined): SportPart {
  const parts = bySport(database, codes);
  if (codes === undefined) return parts.find(({ sport }) => sport === 'football') ?? parts[0]!;
  if (parts.length === 1) return parts[0]!;
  const named = parts.map((part) => `${part.championships!.join(', ')} (${part.sport})`).join('; ');
  throw new AppError('USAGE', `Expected championships of one sport, got ${named}.`);
}

/** Loads the model table of a sport in a worker thread. FEATURES_MISSING before the first calculation. */
export async function loadModelTable(
  context: Pick<StageContext, 'consumer' | 'database' | 'signal'>,
  sport: Sport,
): Promise<LoadedTable> {
  const loaded = await load<LoadedTable>(context, 'loadTable', { sport });
  if (!loaded || loaded.table.rows === 0) throw featuresMissing();
  return loaded;
}

/** The same with the named features and without any price, `market` empty: for what looks at predictions already made. */
export async function loadModelRows(
  context: Pick<StageContext, 'consumer' | 'database' | 'signal'>,
  sport: Sport,
  features: readonly string[],
): Promise<ModelTable> {
  const table = await load<ModelTable>(context, 'loadRows', { sport, features });
  if (!table || table.rows === 0) throw featuresMissing();
  return table;
}

const featuresMissing = () =>
  new AppError('FEATURES_MISSING', 'there are no features yet: run `calculation` first');

function load<Loaded>(
  context: Pick<StageContext, 'consumer' | 'database' | 'signal'>,
  handler: 'loadTable' | 'loadRows',
  wanted: { readonly sport: Sport; readonly features?: readonly string[] },
): Promise<Loaded | undefined> {
  return runTask<Loaded | undefined>(context, {
    worker: new URL('../workers/processing.ts', import.meta.url),
    handler,
    task: { database: context.database.path, ...wanted },
  });
}

/** Positions of the championships asked for, all by default; an unknown code is NOT_FOUND with the known ones. */
export function wantedChampionships(table: ModelTable, codes: readonly string[] | undefined): number[] {
  const present = new Set<number>(table.championship.subarray(0, table.rows));
  const all = table.championships.map((championship) => championship.code);
  if (!codes) return [...present].sort((a, b) => a - b);
  return codes.map((code) => {
    const at = all.indexOf(code);
    if (at < 0 || !present.has(at)) {
      throw new AppError('NOT_FOUND', `no championship ${code} with features; held: ${all.join(', ')}`, {
        detail: { what: 'championship', name: code, known: all },
      });
    }
    return at;
  });
}

/** True where a forecast made at `instant` was made before the match began; without a known minute, before its day. */
export function isBeforeKickOff(table: ModelTable, row: number, instant: number): boolean {
  if (table.scheduled[row] !== 1) return false;
  return instant < (table.kickOffKnown[row] === 1 ? table.kickOff[row]! : table.asOf[row]!);
}

/** The row's content hash as text. */
export function hashText(table: ModelTable, row: number): string {
  const word = (at: number) => table.hashes[at]!.toString(16).padStart(8, '0');
  return word(2 * row) + word(2 * row + 1);
}
