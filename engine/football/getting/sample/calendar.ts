import type { Championship } from '../championships.ts';
import type { Random } from '../../../kernel/math/random.ts';

/** A round's matches are spread over a weekend or played in midweek. */
export interface RoundDate {
  /** The Saturday of a weekend round, the Wednesday of a midweek one, in days since 1970-01-01. */
  readonly day: number;
  readonly isMidweek: boolean;
}

const dayMs = 86_400_000;
const saturday = 6;

function firstSaturdayFrom(year: number, month: number, day: number): number {
  const from = Date.UTC(year, month - 1, day) / dayMs;
  const weekday = (from + 4) % 7;
  return from + ((saturday - weekday + 7) % 7);
}

/**
 * The dates of a season's rounds. Autumn-spring seasons run from August to May with a pause at the turn of the year,
 * calendar ones from April to November with one in July; both leave out national teams' weekends, and play in midweek
 * where the weekends do not suffice.
 */
export function roundDates(rule: Championship['seasonRule'], firstYear: number, rounds: number): RoundDate[] {
  const isCalendar = rule === 'calendar';
  const first = isCalendar ? firstSaturdayFrom(firstYear, 4, 4) : firstSaturdayFrom(firstYear, 8, 8);
  const pauses = new Set(isCalendar ? [9, 14, 15, 22, 27] : [4, 9, 14, 20, 21, 32]);
  const weeks = isCalendar ? 33 : 41;
  const dates: RoundDate[] = [];
  const weekends: number[] = [];
  for (let week = 0; week < weeks; week++) if (!pauses.has(week)) weekends.push(first + 7 * week);
  const extra = Math.max(0, rounds - weekends.length);
  weekends.slice(0, rounds - extra).forEach((day, index) => {
    dates.push({ day, isMidweek: false });
    // Midweek rounds are spread evenly over the season, on the Wednesday after a weekend.
    const before = Math.floor((index * extra) / weekends.length);
    const after = Math.floor(((index + 1) * extra) / weekends.length);
    if (after > before) dates.push({ day: day + 4, isMidweek: true });
  });
  return dates;
}

/** Day offsets from the Saturday and UK clock times, in the order in which a weekend round fills them. */
const weekendSlots: readonly (readonly [offset: number, time: string])[] = [
  [0, '15:00'],
  [0, '15:00'],
  [1, '14:00'],
  [0, '17:30'],
  [-1, '20:00'],
  [0, '12:30'],
  [1, '16:30'],
  [0, '15:00'],
  [2, '20:00'],
  [0, '15:00'],
];
const midweekSlots: readonly (readonly [offset: number, time: string])[] = [
  [0, '19:45'],
  [-1, '19:45'],
  [0, '19:45'],
  [-1, '20:00'],
  [0, '20:15'],
];

export function slotOf(date: RoundDate, index: number): { day: number; time: string } {
  const slots = date.isMidweek ? midweekSlots : weekendSlots;
  const [offset, time] = slots[index % slots.length]!;
  return { day: date.day + offset, time };
}

/**
 * Everyone meets everyone at home and away: the circle method on a shuffled order, with the second half of the season
 * mirroring the first.
 *
 * @returns for each round the pairs [home, away] of indices into the clubs
 */
export function pairings(clubs: number, random: Random): [home: number, away: number][][] {
  const order = Array.from({ length: clubs }, (_, index) => index);
  for (let i = clubs - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  const firstHalf: [number, number][][] = [];
  for (let round = 0; round < clubs - 1; round++) {
    const pairs: [number, number][] = [];
    for (let i = 0; i < clubs / 2; i++) {
      const a = i === 0 ? clubs - 1 : (round + i) % (clubs - 1);
      const b = i === 0 ? round : (round - i + clubs - 1) % (clubs - 1);
      // Turns alternate so that nobody plays long at home or away.
      const turn = i === 0 ? round % 2 === 0 : i % 2 === 0;
      pairs.push(turn ? [order[a]!, order[b]!] : [order[b]!, order[a]!]);
    }
    firstHalf.push(pairs);
  }
  return [
    ...firstHalf,
    ...firstHalf.map((pairs) => pairs.map(([home, away]) => [away, home] as [number, number])),
  ];
}
