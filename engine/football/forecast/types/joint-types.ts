import { sports } from '../../../contract/domain.ts';
import type { Sport } from '../../../contract/domain.ts';
import type { Bet } from '../../settlement/table.ts';
import { settlementTable, type SettlementRule } from '../../settlement/table.ts';
import type { AmountType, MarketType } from './forecast-type.ts';
import { forecastTypes } from './registry.ts';

export type JointType = MarketType | AmountType;

/** The types with a number of the origin but the result itself (2 to 10), each with two selections, in that order. */
export const jointTypes: readonly JointType[] = forecastTypes
  .filter((type): type is Exclude<typeof type, { readonly kind: 'points' }> => type.kind !== 'points')
  .filter(({ originCode }) => originCode !== null && originCode !== 1);

/** The types among them that count goals, each with its position in `jointTypes`. */
export const amountTypes = jointTypes.flatMap((type, index) =>
  type.kind === 'amount' ? [{ ...type, index }] : [],
);

/** The line at which a type is forecast unasked; undefined where it has none. */
export function lineOf(type: JointType, sport: Sport): number | undefined {
  return type.lines(sport)[0];
}

/** The two selections of a type, the same in every sport: yes and no, or over and under. */
export function selectionsOf(type: JointType): readonly [first: string, second: string] {
  const rule: SettlementRule = settlementTable[type.name];
  const [first, second] = rule.selections('football');
  return [first!, second!];
}

/** One selection of a type, as a bet of the settlement table. */
export function betOf(type: JointType, selection: string, sport: Sport): Bet {
  const line = lineOf(type, sport);
  return { sport, market: type.name, selection, ...(line === undefined ? {} : { line }) };
}

const firstBets = new Map(
  sports.map((sport) => [
    sport,
    new Map(jointTypes.map((type) => [type.name, betOf(type, selectionsOf(type)[0], sport)])),
  ]),
);

/** The first selection of a type, as a bet. */
export function firstBet(type: JointType, sport: Sport): Bet {
  return firstBets.get(sport)!.get(type.name)!;
}
