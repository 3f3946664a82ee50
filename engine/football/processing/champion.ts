import type { ModelTable } from '../../../db/queries/football/processing.ts';
import type { PromotionDecision } from '../../contract/models.ts';
import { addDays, dayNumber, dayText } from '../../contract/zones.ts';
import { logLossOf } from '../../kernel/evaluation/scores.ts';
import { decidePromotion } from '../../kernel/modeling/promotion.ts';
import { contenders, type Contender } from './models.ts';
import type { FamilyProbabilities } from './pool.ts';
import type { FamilyStanding } from './registration.ts';

/** Settled forecasts of so many days before a review are its evidence. */
const evidenceDays = 730;

/** One review of who forecasts from a day on. */
export interface ChampionReview {
  /** First day (days since 1970-01-01) that the champion forecasts. */
  readonly from: number;
  readonly champion: Contender;
  /** Every contender that was better than the champion then, with the gate's answer. */
  readonly decisions: readonly { readonly challenger: Contender; readonly decision: PromotionDecision }[];
}

/**
 * Who is champion when: on each 1 July the contenders are compared with the champion on the two years of walk-forward
 * forecasts before that day, all championships together. The best of those that pass the gate takes over. So the choice of
 * a family is part of what walk-forward tests, and no review looks at a match that it decides about.
 */
export function reviewChampions(
  table: ModelTable,
  families: FamilyProbabilities,
  options: { readonly today: number; readonly closing?: Float64Array | undefined },
): ChampionReview[] {
  const held = contenders.filter((name) => families[name]);
  const [first] = held;
  if (first === undefined || table.rows === 0) return [];
  let champion: Contender = first;
  const reviews: ChampionReview[] = [{ from: -Infinity, champion, decisions: [] }];
  const dayTexts = new Map<number, string>();
  const textOf = (day: number): string => {
    let text = dayTexts.get(day);
    if (text === undefined) dayTexts.set(day, (text = dayText(day)));
    return text;
  };
  const lastDay = Math.min(table.day[table.rows - 1]!, options.today);
  for (
    let from = julyOf(table.day[0]!);
    from <= lastDay;
    from = julyOf(dayNumber(addDays(dayText(from), 366)))
  ) {
    const rows = evidenceRows(table, families, { held, from });
    const losses = new Map(
      held.map((name) => [
        name,
        Float64Array.from(rows, (row) => logLossOf(families[name]!, row * 3, table.target[row]!, 3)),
      ]),
    );
    const mean = (name: Contender) => losses.get(name)!.reduce((sum, loss) => sum + loss, 0) / rows.length;
    const days = rows.map((row) => textOf(table.day[row]!));
    const { closing } = options;
    const close =
      closing && Float64Array.from(rows, (row) => logLossOf(closing, row * 3, table.target[row]!, 3));
    const decisions = held
      .filter((name) => rows.length > 0 && name !== champion && mean(name) < mean(champion))
      .sort((a, b) => mean(a) - mean(b))
      .map((challenger) => ({
        challenger,
        decision: decidePromotion({
          days,
          challenger: losses.get(challenger)!,
          champion: losses.get(champion)!,
          close,
        }),
      }));
    champion = decisions.find(({ decision }) => decision.promoted)?.challenger ?? champion;
    reviews.push({ from, champion, decisions });
  }
  return reviews;
}

/**
 * The families by their log loss on the last review's evidence, whoever may be champion first, each with the gate's answer
 * against the champion given (none: the first comer).
 */
export function judgeFamilies(
  table: ModelTable,
  families: FamilyProbabilities,
  options: {
    readonly today: number;
    readonly closing?: Float64Array | undefined;
    readonly champion?: Contender | undefined;
  },
): FamilyStanding[] {
  const reviews = reviewChampions(table, families, options);
  const chosen = reviews.at(-1)?.champion;
  const held = contenders.filter((name) => families[name]);
  const from = Math.max(reviews.at(-1)?.from ?? 0, 0);
  const rows = evidenceRows(table, families, { held, from });
  if (chosen === undefined || rows.length === 0) return [];
  const lossesOf = (p: Float64Array) =>
    Float64Array.from(rows, (row) => logLossOf(p, row * 3, table.target[row]!, 3));
  const days = rows.map((row) => dayText(table.day[row]!));
  const champion = options.champion && families[options.champion];
  return held
    .map((family) => {
      const losses = lossesOf(families[family]!);
      return {
        family,
        logLoss: losses.reduce((sum, loss) => sum + loss, 0) / rows.length,
        matches: rows.length,
        from: days[0]!,
        until: days.at(-1)!,
        reviewedOn: from,
        decision: decidePromotion({
          days,
          challenger: losses,
          champion: champion && lossesOf(champion),
          close: options.closing && lossesOf(options.closing),
        }),
      };
    })
    .sort((a, b) => Number(b.family === chosen) - Number(a.family === chosen) || a.logLoss - b.logLoss);
}

/** The champion's family in force on a day. */
export function championOn(reviews: readonly ChampionReview[], day: number): Contender | undefined {
  return reviews.findLast((review) => review.from <= day)?.champion;
}

/** The reviews with whoever holds the champion's place in the registry forecasting from today on. */
export function withHolder(
  reviews: readonly ChampionReview[],
  today: number,
  holder: Contender | undefined,
): readonly ChampionReview[] {
  if (holder === undefined || championOn(reviews, today) === holder) return reviews;
  return [...reviews.filter(({ from }) => from < today), { from: today, champion: holder, decisions: [] }];
}

/** Families of the champions that championships have of their own, by position in `championships` of the table. */
export type OwnChampions = ReadonlyMap<number, Contender>;

/** The champion's family of a row. */
export type Reign = (row: number) => Contender | undefined;

/**
 * Who forecasts each match: the champion of the last review before its day, and from today on a championship's own
 * champion where it has one.
 */
export function reignOf(
  table: Pick<ModelTable, 'day' | 'championship'>,
  reviews: readonly ChampionReview[],
  own: { readonly today: number; readonly champions: OwnChampions },
): Reign {
  return (row) => {
    const day = table.day[row]!;
    const chosen = day >= own.today ? own.champions.get(table.championship[row]!) : undefined;
    return chosen ?? championOn(reviews, day);
  };
}

/** Raw probabilities of whoever is champion of each row, rows x 3; NaN where that family has none. */
export function championForecasts(
  table: ModelTable,
  families: FamilyProbabilities,
  reign: Reign,
): Float64Array {
  const raw = new Float64Array(table.rows * 3).fill(Number.NaN);
  for (let row = 0; row < table.rows; row++) {
    const champion = reign(row);
    const source = champion && families[champion];
    if (source) raw.set(source.subarray(row * 3, row * 3 + 3), row * 3);
  }
  return raw;
}

/** The last 1 July on or before a day. */
function julyOf(day: number): number {
  const text = dayText(day);
  const year = Number(text.slice(0, 4)) - (text.slice(5) < '07-01' ? 1 : 0);
  return dayNumber(`${year}-07-01`);
}

function evidenceRows(
  table: ModelTable,
  families: FamilyProbabilities,
  options: { readonly held: readonly Contender[]; readonly from: number },
): number[] {
  const rows: number[] = [];
  for (let row = 0; row < table.rows && table.day[row]! < options.from; row++) {
    if (table.day[row]! < options.from - evidenceDays || table.target[row]! < 0) continue;
    if (options.held.every((name) => !Number.isNaN(families[name]![row * 3]!))) rows.push(row);
  }
  return rows;
}
