import { decisions, goalColumns, statisticColumns } from '../../../db/storage/football/match-batch.ts';
import type { Bookmaker, Decision, MatchBatch } from '../../../db/storage/football/match-batch.ts';
import { matchStatuses } from '../../contract/domain.ts';
import type { Instant, MatchStatus } from '../../contract/domain.ts';
import type { Championship, Season } from './championships.ts';
import type { KickOff } from './rules.ts';

/** One match as a source reports it. */
export interface MatchRow {
  readonly line: number;
  readonly home: string;
  readonly away: string;
  readonly day: number;
  readonly kickOff: KickOff;
  readonly status: MatchStatus;
  readonly decidedBy: Decision;
  /** In the order of `goalColumns`; -1 or absent is not given. */
  readonly goals: readonly number[];
  readonly resultKnownAt: Instant;
  readonly round?: string | null;
  /** In the order of `statisticColumns`; NaN or absent is not given. */
  readonly statistics?: ArrayLike<number>;
}

export interface QuoteRow {
  readonly market: number;
  readonly bookmaker: Bookmaker;
  readonly phase: number;
  readonly line: number;
  readonly instant: Instant;
  readonly prices: readonly number[];
}

/** Gathers matches row by row into the columns of a `MatchBatch`. */
export interface BatchBuilder {
  readonly count: number;
  /** Adds a match; the quotes that follow are its. */
  add(row: MatchRow): void;
  addQuote(quote: QuoteRow): void;
  build(): MatchBatch;
}

export function createBatchBuilder(
  championship: Championship,
  season: Season,
  options: { seasonIsGuessed: boolean },
): BatchBuilder {
  const teams = createIndex<string>();
  const bookmakers = createIndex<string>();
  const bookmakerOf: Bookmaker[] = [];
  const line: number[] = [];
  const home: number[] = [];
  const away: number[] = [];
  const day: number[] = [];
  const kickOff: number[] = [];
  const kickOffKnown: number[] = [];
  const status: number[] = [];
  const decidedBy: number[] = [];
  const goals: number[] = [];
  const resultKnownAt: number[] = [];
  const rounds: (string | null)[] = [];
  const statistics: number[] = [];
  const quote = {
    match: [] as number[],
    market: [] as number[],
    bookmaker: [] as number[],
    phase: [] as number[],
    line: [] as number[],
    instant: [] as number[],
    prices: [] as number[],
  };

  let firstQuote = 0;

  /** Some sources list a market twice; the first look counts. */
  function isRepeated(row: QuoteRow): boolean {
    for (let i = firstQuote; i < quote.match.length; i++) {
      const isSame =
        quote.market[i] === row.market &&
        quote.phase[i] === row.phase &&
        quote.line[i] === row.line &&
        quote.instant[i] === row.instant &&
        bookmakerOf[quote.bookmaker[i]!]!.code === row.bookmaker.code;
      if (isSame) return true;
    }
    return false;
  }

  return {
    get count() {
      return line.length;
    },
    add(row) {
      firstQuote = quote.match.length;
      line.push(row.line);
      home.push(teams.of(row.home));
      away.push(teams.of(row.away));
      day.push(row.day);
      kickOff.push(row.kickOff.instant);
      kickOffKnown.push(row.kickOff.isKnown ? 1 : 0);
      status.push(matchStatuses.indexOf(row.status));
      decidedBy.push(decisions.indexOf(row.decidedBy));
      for (let i = 0; i < goalColumns.length; i++) goals.push(row.goals[i] ?? -1);
      resultKnownAt.push(row.resultKnownAt);
      rounds.push(row.round ?? null);
      for (let i = 0; i < statisticColumns.length; i++) statistics.push(row.statistics?.[i] ?? NaN);
    },
    addQuote(row) {
      if (isRepeated(row)) return;
      const index = bookmakers.of(row.bookmaker.code);
      bookmakerOf[index] = row.bookmaker;
      quote.match.push(line.length - 1);
      quote.market.push(row.market);
      quote.bookmaker.push(index);
      quote.phase.push(row.phase);
      quote.line.push(row.line);
      quote.instant.push(row.instant);
      quote.prices.push(row.prices[0]!, row.prices[1]!, row.prices[2] ?? NaN);
    },
    build: () => ({
      championship: championship.code,
      season: season.code,
      firstYear: season.firstYear,
      seasonIsGuessed: options.seasonIsGuessed,
      count: line.length,
      line: Int32Array.from(line),
      teams: teams.values,
      home: Uint16Array.from(home),
      away: Uint16Array.from(away),
      day: Int32Array.from(day),
      kickOff: Float64Array.from(kickOff),
      kickOffKnown: Uint8Array.from(kickOffKnown),
      status: Uint8Array.from(status),
      decidedBy: Uint8Array.from(decidedBy),
      goals: Int8Array.from(goals),
      resultKnownAt: Float64Array.from(resultKnownAt),
      rounds: rounds.some((round) => round !== null) ? rounds : null,
      statistics: Float64Array.from(statistics),
      quotes: {
        count: quote.match.length,
        bookmakers: bookmakerOf,
        match: Uint32Array.from(quote.match),
        market: Uint8Array.from(quote.market),
        bookmaker: Uint16Array.from(quote.bookmaker),
        phase: Uint8Array.from(quote.phase),
        line: Float64Array.from(quote.line),
        instant: Float64Array.from(quote.instant),
        prices: Float64Array.from(quote.prices),
      },
    }),
  };
}

function createIndex<Value>(): { values: Value[]; of(value: Value): number } {
  const values: Value[] = [];
  const known = new Map<Value, number>();
  return {
    values,
    of(value) {
      let index = known.get(value);
      if (index === undefined) {
        index = values.push(value) - 1;
        known.set(value, index);
      }
      return index;
    },
  };
}
