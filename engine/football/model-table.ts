import type { ModelTable, PriceColumns } from '../../db/queries/football/processing.ts';
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

/** Loads the model table in a worker thread. FEATURES_MISSING before the first calculation. */
export async function loadModelTable(
  context: Pick<StageContext, 'consumer' | 'database' | 'signal'>,
): Promise<LoadedTable> {
  const loaded = await runTask<LoadedTable | undefined>(context, {
    worker: new URL('../workers/processing.ts', import.meta.url),
    handler: 'loadTable',
    task: { database: context.database.path },
  });
  if (!loaded || loaded.table.rows === 0) {
    throw new AppError('FEATURES_MISSING', 'there are no features yet: run `calculation` first');
  }
  return loaded;
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
