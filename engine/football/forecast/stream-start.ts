import type { ModelTable } from '../../../db/queries/football/processing.ts';
import { dayNumber, dayText } from '../../contract/zones.ts';
import { jointRules } from './joint.ts';
import { ruleYear, selectionRules } from './selection.ts';
import { forecastRules, type StreamColumns } from './stream.ts';

/** From where a run must go through the past. */
export interface StreamStart {
  /** First row that is forecast; of those before it, only what calibration learns from is looked at. */
  readonly row: number;
  /** First row that selection rules are needed for. */
  readonly selectionRow: number;
}

/**
 * The latest row to begin with that leaves every wanted forecast what it is, to the bit: everything that a forecast
 * rests on is a window of the past. It takes the conformal windows of the wanted championships, the window of all
 * championships that stands in for a short one, and the two years behind the year's selection rules. Windows hold whole
 * days and calibration is fitted with the month, so that it begins with a month.
 *
 * @param isWanted rows to be stored
 * @param isRecord rows with a forecast, a grid and a settled result
 */
export function streamStart(
  columns: StreamColumns,
  isWanted: (row: number) => boolean,
  isRecord: (row: number) => boolean,
): StreamStart {
  const { rows, day, championship } = columns;
  let first = 0;
  while (first < rows && !isWanted(first)) first++;
  if (first === rows) return { row: rows, selectionRow: rows };
  const missing = recordsNeeded(columns, { first, isWanted, isRecord });
  const year = ruleYear(day[first]!).from;
  const recordBegins = year - selectionRules.recordDays;
  let row = first;
  let selectionRow = first;
  while (row > 0 && (day[row - 1]! >= recordBegins || missing.size > 0)) {
    row--;
    if (day[row]! >= year) selectionRow = row;
    if (!isRecord(row) || day[row] === day[first]) continue;
    for (const key of [championship[row]!, everyChampionship]) {
      const left = missing.get(key);
      if (left === 1) missing.delete(key);
      else if (left !== undefined) missing.set(key, left - 1);
    }
  }
  const month = dayNumber(`${dayText(day[row]!).slice(0, 7)}-01`);
  while (row > 0 && day[row - 1]! >= month) row--;
  return { row, selectionRow };
}

const everyChampionship = -1;

/** How many records before the first wanted day each wanted championship needs, and all together; of those held. */
function recordsNeeded(
  { rows, day, championship }: StreamColumns,
  given: {
    readonly first: number;
    readonly isWanted: (row: number) => boolean;
    readonly isRecord: (row: number) => boolean;
  },
): Map<number, number> {
  const size = Math.max(forecastRules.window, jointRules.window, jointRules.amountWindow);
  const wanted = new Set([everyChampionship]);
  for (let row = given.first; row < rows; row++) if (given.isWanted(row)) wanted.add(championship[row]!);
  const held = new Map<number, number>();
  for (let row = 0; row < given.first && day[row]! < day[given.first]!; row++) {
    if (!given.isRecord(row)) continue;
    for (const key of [championship[row]!, everyChampionship]) {
      if (wanted.has(key)) held.set(key, Math.min(size, (held.get(key) ?? 0) + 1));
    }
  }
  return held;
}

/** Settled before `today`, with a forecast and a grid. */
export function isRecordOf(
  columns: Pick<ModelTable, 'day' | 'target'>,
  given: { readonly raw: Float64Array; readonly goalPredictionId: Int32Array; readonly today: number },
): (row: number) => boolean {
  const { raw, goalPredictionId, today } = given;
  return (row) =>
    columns.target[row]! >= 0 &&
    columns.day[row]! < today &&
    goalPredictionId[row] !== 0 &&
    !Number.isNaN(raw[row * 3]);
}
