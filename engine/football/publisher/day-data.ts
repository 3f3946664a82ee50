import type { Day } from '../../contract/domain.ts';
import type { DayMatch } from '../../../db/queries/football/publisher.ts';
import type { DayType } from '../../../db/queries/football/publisher-types.ts';
import type { ProbabilityRange } from '../../kernel/conformal/probability-range.ts';
import type { ChampionshipRecord } from './record.ts';
import type { TypeRecord } from './type-record.ts';

export const documentKinds = ['forecast', 'outcome'] as const;
export type DocumentKind = (typeof documentKinds)[number];

export const variants = ['regular', 'quality'] as const;
export type Variant = (typeof variants)[number];

/** Everything that the documents of one kind and day are made from. */
export interface DayData {
  readonly kind: DocumentKind;
  readonly day: Day;
  readonly matches: readonly DayMatch[];
  /** By championship: what was known on the morning of the day. */
  readonly records: ReadonlyMap<number, ChampionshipRecord>;
  /** By forecast: what it says of the types beside the result. */
  readonly types: ReadonlyMap<number, readonly DayType[]>;
  /** By championship, as `records`: of the types beside the result. */
  readonly typeRecords: ReadonlyMap<number, TypeRecord>;
  /** By match: low and high probability of home, draw and away by Venn-Abers; forecast documents alone have them. */
  readonly ranges: ReadonlyMap<number, readonly ProbabilityRange[]>;
  /** Whether a rule of selection exists at all. */
  readonly hasRule: boolean;
}

/** The matches of each championship, in the order in which they come. */
export function byChampionship(matches: readonly DayMatch[]): readonly (readonly DayMatch[])[] {
  return [...Map.groupBy(matches, (match) => match.championshipId).values()];
}
