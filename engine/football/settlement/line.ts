import { AppError } from '../../contract/errors.ts';

/** What becomes of a stake: `pending` has no result yet, `void` never will have one and gives the stake back. */
export const settlements = ['win', 'half-win', 'push', 'half-loss', 'loss', 'void', 'pending'] as const;
export type Settlement = (typeof settlements)[number];

/** A settlement by a score, in half stakes: 2 all won, 1 half won, 0 back, -1 half lost, -2 all lost. */
export type SettledHalves = -2 | -1 | 0 | 1 | 2;

const names: Readonly<Record<SettledHalves, Settlement>> = {
  2: 'win',
  1: 'half-win',
  0: 'push',
  [-1]: 'half-loss',
  [-2]: 'loss',
};

export const settlementOfHalves = (halves: SettledHalves): Settlement => names[halves];

/**
 * A count against a line of whole, half or quarter goals. A quarter line is two bets of half a stake on the lines a
 * quarter below and above it, so that a count a quarter away from it wins or loses half.
 */
export function settleOver(count: number, line: number): SettledHalves {
  const quarters = Math.round((count - line) * 4);
  return quarters >= 2 ? 2 : quarters <= -2 ? -2 : (quarters as SettledHalves);
}

export const opposite = (halves: SettledHalves): SettledHalves => (0 - halves) as SettledHalves;

export const wholeStake = (isWon: boolean): SettledHalves => (isWon ? 2 : -2);

/** What one staked comes to at decimal odds, the stake included; undefined while pending. */
export function payout(settlement: Settlement, odds: number): number | undefined {
  switch (settlement) {
    case 'win':
      return odds;
    case 'half-win':
      return (odds + 1) / 2;
    case 'push':
    case 'void':
      return 1;
    case 'half-loss':
      return 0.5;
    case 'loss':
      return 0;
    case 'pending':
      return undefined;
  }
}

/** Throws USAGE for a line that is no multiple of a quarter. */
export function requireQuarterLine(line: number, lowest: number): void {
  if (!Number.isInteger(line * 4) || line < lowest) {
    throw new AppError(
      'USAGE',
      `Expected a line in quarters${lowest > -Infinity ? ` from ${lowest}` : ''}, got ${line}.`,
    );
  }
}
