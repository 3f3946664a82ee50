/** Cells of match files as numbers, days and times. Nothing here guesses: what does not fit is NaN. */

/** A number, with decimal point or comma; NaN for an empty or foreign cell. */
export function parseNumber(cell: string): number {
  const text = cell.trim();
  if (text === '') return NaN;
  if (/^[+-]?\d+([.,]\d+)?$/.test(text) || /^[+-]?[.,]\d+$/.test(text)) return Number(text.replace(',', '.'));
  return NaN;
}

/** A whole number from 0 to `largest` ("2" or "2.0"); NaN else. */
export function parseCount(cell: string, largest = 99): number {
  const value = parseNumber(cell);
  return Number.isInteger(value) && value >= 0 && value <= largest ? value : NaN;
}

const dayMs = 86_400_000;

/**
 * A day as `dd/mm/yy`, `dd/mm/yyyy`, `dd.mm.yyyy` or ISO, as days since 1970-01-01; NaN where it is no day of the
 * calendar. Two-digit years from 80 are of the last century.
 */
export function parseDay(cell: string): number {
  const text = cell.trim();
  const european = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{2}|\d{4})$/.exec(text);
  if (european) {
    const year = Number(european[3]);
    const full = european[3]!.length === 4 ? year : year >= 80 ? 1900 + year : 2000 + year;
    return calendarDay(full, Number(european[2]), Number(european[1]));
  }
  const iso = /^(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?$/.exec(text);
  return iso ? calendarDay(Number(iso[1]), Number(iso[2]), Number(iso[3])) : NaN;
}

function calendarDay(year: number, month: number, day: number): number {
  const number = Date.UTC(year, month - 1, day) / dayMs;
  const back = new Date(number * dayMs);
  const isReal = year >= 1850 && back.getUTCMonth() === month - 1 && back.getUTCDate() === day;
  return isReal ? number : NaN;
}

/** A time of day as `H:MM`, `HH:MM` or `HH:MM:SS`, in minutes after midnight; NaN else. */
export function parseTime(cell: string): number {
  const match = /^(\d{1,2}):(\d{2})(?::\d{2})?$/.exec(cell.trim());
  if (!match) return NaN;
  const hours = Number(match[1]);
  const minutes = Number(match[2]);
  return hours < 24 && minutes < 60 ? hours * 60 + minutes : NaN;
}
