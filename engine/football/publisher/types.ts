import type { DayMatch } from '../../../db/queries/football/publisher.ts';
import type { DayType } from '../../../db/queries/football/publisher-types.ts';
import type { Locale } from '../../documents/locale.ts';
import { settle } from '../settlement/settle.ts';
import { marketNames, type Bet, type MarketName } from '../settlement/table.ts';
import { AppError } from '../../contract/errors.ts';
import { betSign } from '../forecast/types/labels.ts';
import { jointTypes, selectionsOf } from '../forecast/types/joint-types.ts';

/** The types beside the result in the order in which documents show them: each total with its amount after it. */
export const shownTypes = [2, 5, 8, 6, 9, 7, 10, 3, 4].map((code) =>
  jointTypes.find((type) => type.originCode === code)!,
);
export type ShownType = (typeof shownTypes)[number];

/** What a settled type came to. */
export interface TypeVerdict {
  /** Whether the label came true. */
  readonly isHit: boolean;
  /** Whether the set, or the interval of goals, held what came; null without one. */
  readonly held80: boolean | null;
  readonly held90: boolean | null;
}

type Said = Pick<
  DayType,
  'forecastType' | 'line' | 'label' | 'set80' | 'set90' | 'low80' | 'high80' | 'low90' | 'high90'
>;

/** What became of a type, by the settlement table, under a final score. */
export function verdictOf(said: Said, score: readonly [home: number, away: number]): TypeVerdict {
  const type = jointTypes.find(({ name }) => name === said.forecastType);
  if (!type) throw new AppError('INTERNAL', `There is no forecast type ${said.forecastType}.`);
  const isHit = isWon(said, score);
  const [first] = selectionsOf(type);
  const came = isHit === (said.label === first) ? 0 : 1;
  if (type.kind === 'amount') {
    const goals = type.count === 'home' ? score[0] : type.count === 'away' ? score[1] : score[0] + score[1];
    const within = (low: number | null, high: number | null) =>
      low === null || high === null ? null : goals >= low && goals <= high;
    return { isHit, held80: within(said.low80, said.high80), held90: within(said.low90, said.high90) };
  }
  const holds = (set: number | null) => (set === null ? null : (set & (1 << came)) !== 0);
  return { isHit, held80: holds(said.set80), held90: holds(said.set90) };
}

const won = new Map<string, boolean>();

/** Whether the settlement table calls the label won. Kept by score: the record asks for the same few again and again. */
function isWon(said: Said, score: readonly [home: number, away: number]): boolean {
  const key = `${said.forecastType} ${said.line ?? ''} ${said.label} ${score.join(':')}`;
  const known = won.get(key);
  if (known !== undefined) return known;
  const isHit = settle(betOf(said), { status: 'finished', regular: score }) === 'win';
  if (won.size >= 20_000) won.clear();
  won.set(key, isHit);
  return isHit;
}

/** The verdict on a type of a match; undefined until it is finished on the pitch. */
export function settledVerdict(said: Said, match: DayMatch): TypeVerdict | undefined {
  if (match.status !== 'finished' || match.homeGoals === null || match.awayGoals === null) return undefined;
  return verdictOf(said, [match.homeGoals, match.awayGoals]);
}

/** The label as a bet of the settlement table. These markets, with their lines, are settled alike in every sport. */
function betOf({ forecastType, line, label }: Pick<Said, 'forecastType' | 'line' | 'label'>): Bet {
  const market = marketNames.find((name) => name === forecastType) as MarketName;
  return { sport: 'football', market, selection: label, ...(line === null ? {} : { line }) };
}

/** The short sign of a type's label: `Over 2.5`; `ТБ 2,5`. */
export function typeSign(said: Pick<Said, 'forecastType' | 'line' | 'label'>, locale: Locale): string {
  return betSign(betOf(said), locale);
}

/** The labels in a set, as signs: `Over 2.5`, both, or the word for none; null where there is no set. */
export function typeSetSign(said: Said, set: number | null, locale: Locale): string | null {
  const type = jointTypes.find(({ name }) => name === said.forecastType);
  if (set === null || !type) return null;
  if (set === 0) return locale.t('documents.types.unlike');
  return selectionsOf(type)
    .filter((_, at) => (set & (1 << at)) !== 0)
    .map((label) => typeSign({ ...said, label }, locale))
    .join(' / ');
}
