import { phases } from '../../../../../db/storage/football/match-batch.ts';
import type { Instant } from '../../../../contract/domain.ts';
import type { BatchBuilder } from '../../batch-builder.ts';
import type { NoteTaker } from '../../notes.ts';
import { absurdity } from '../../rules.ts';
import type { KickOff } from '../../rules.ts';
import { parseNumber } from '../../values.ts';
import type { QuoteGroup } from './columns.ts';
import type { FootballDataRow } from './parse.ts';

const largestHandicap = 10;

/**
 * Adds a row's prices to the batch. Pre-match prices get the instant of their collection, or, for a match to come, that
 * of the look; closing prices the kick-off. A group without any price is simply not there; one with an impossible price
 * is refused by itself, and the match stays.
 */
export function readQuotes(
  row: FootballDataRow,
  groups: readonly QuoteGroup[],
  target: {
    builder: BatchBuilder;
    notes: NoteTaker;
    kickOff: KickOff;
    preMatchInstant: Instant;
    isPlayed: boolean;
  },
): void {
  for (const group of groups) {
    const isClosing = group.phase === phases.closing;
    // A coming match has no closing price yet, and what is seen after the kick-off is no pre-match price.
    if (!target.isPlayed && (isClosing || target.preMatchInstant >= target.kickOff.instant)) continue;
    const prices: number[] = [];
    let given = 0;
    let zeros = 0;
    for (const column of group.columns) {
      const cell = row.cells[column] ?? '';
      if (cell !== '') given++;
      const value = cell === '' ? NaN : parseNumber(cell);
      if (value === 0) zeros++;
      prices.push(value);
    }
    // Some files write 0 where a bookmaker had no price.
    if (given === 0 || zeros === group.columns.length) continue;
    const name = `${group.bookmaker.name} ${isClosing ? 'closing' : 'pre-match'} odds`;
    const reason = absurdity(prices, group.bookmaker.kind === 'best');
    if (reason) {
      target.notes.warn(row.line, `${name} are refused: ${reason}.`);
      continue;
    }
    let line = group.fixedLine;
    if (group.lineColumn !== undefined) {
      line = parseNumber(row.cells[group.lineColumn] ?? '');
      if (Number.isNaN(line) || Math.abs(line) > largestHandicap || !Number.isInteger(line * 4)) {
        target.notes.warn(
          row.line,
          `${name} are refused: the handicap '${row.cells[group.lineColumn] ?? ''}' is none.`,
        );
        continue;
      }
      line += 0; // -0 and 0 are one line
    }
    target.builder.addQuote({
      market: group.market,
      bookmaker: group.bookmaker,
      phase: group.phase,
      line,
      instant: isClosing ? target.kickOff.instant : target.preMatchInstant,
      prices,
    });
  }
}
