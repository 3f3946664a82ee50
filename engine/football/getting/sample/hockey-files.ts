import { instantOf } from '../../../contract/zones.ts';
import type { Championship } from '../championships.ts';
import { outcomeProbabilities, overProbability, scoreGrid } from './goals.ts';
import type { WorldMatch, WorldSeason } from './world.ts';

/** The bookmaker's share of a book, and what it knows of the day's surprises. */
const book = { margin: 0.06, knowledge: 0.5, lines: [4.5, 5.5, 6.5] } as const;
/** How often overtime settles a drawn match before a shoot-out does. */
const overtimeShare = 0.6;
const iceHockey = 4;

interface Named {
  readonly id: number;
  readonly name: string;
}

/**
 * The files of an invented ice hockey league as BaltBet's statistics service answers: per season its matches and its
 * year, and the prices of the fixtures.
 *
 * @param today results before this day are known; days since 1970-01-01
 */
export function hockeyFiles(
  championship: Championship,
  seasons: readonly WorldSeason[],
  { today, announced }: { today: number; announced: ReadonlySet<WorldMatch> },
): Map<string, string> {
  const tournament = championship.sources.baltbet!;
  const names = [
    ...new Set(seasons.flatMap(({ matches }) => matches.flatMap(({ home, away }) => [home, away]))),
  ];
  const teams = names.sort().map((name, index): Named => ({ id: tournament * 1000 + index, name }));
  const idOf = new Map(teams.map(({ id, name }) => [name, id]));
  const files = new Map<string, string>();
  for (const { firstYear, matches } of seasons) {
    const season = tournament * 100 + (firstYear % 100);
    const shown = matches.filter((match) => match.day < today || announced.has(match));
    if (shown.length === 0) continue;
    const rows = shown.map((match) => {
      const id = season * 1000 + matches.indexOf(match);
      if (match.day >= today) files.set(`coefs_${id}.json`, json(prices(match)));
      return {
        id,
        ...{ sId: iceHockey, tId: tournament, snId: season, round: { id: match.round } },
        time: instantOf(match.day, minutesOf(match.time), 'Europe/London') / 1000,
        ...{ homeId: idOf.get(match.home), awayId: idOf.get(match.away) },
        ...(match.day < today ? played(match) : {}),
      };
    });
    files.set(`seasons_${season}_matches.json`, json({ teams, matches: rows }));
    const year = `${two(firstYear)}/${two(firstYear + 1)}`;
    files.set(`seasons_${season}.json`, json({ season: { id: season, tId: tournament, year } }));
  }
  return files;
}

/** The score period by period, and what followed a drawn regular time. */
function played(match: WorldMatch) {
  const random = match.random.split(4);
  const periods = [0, 1, 2].map(() => [0, 0] as [number, number]);
  ([match.homeGoals, match.awayGoals] as const).forEach((goals, side) => {
    for (let i = 0; i < goals; i++) periods[random.integer(3)]![side as 0 | 1]++;
  });
  const named = periods.map(([home, away], at) => ({ period: `p${at + 1}`, home, away }));
  const regular = { home: match.homeGoals, away: match.awayGoals };
  const isDrawn = regular.home === regular.away;
  const isOvertime = random.uniform() < overtimeShare;
  const homeWins = random.uniform() < 0.52;
  const final = isDrawn
    ? { home: regular.home + Number(homeWins), away: regular.away + Number(!homeWins) }
    : regular;
  const period = isDrawn ? (isOvertime ? 'ot' : 'so') : 'nt';
  return { result: { period, ...final }, periods: [...named, { period: 'ft', ...regular }] };
}

/** The book on a fixture: who wins regular time, and how many goals. */
function prices(match: WorldMatch) {
  const random = match.random.split(1);
  const meanOf = (side: 0 | 1) =>
    Math.exp(match.publicMeans[side] + book.knowledge * match.surprise[side] + 0.04 * random.normal());
  const grid = scoreGrid(meanOf(0), meanOf(1));
  const odds = (chance: number, selections: number) =>
    Math.max(1.01, Math.round(100 / (chance + book.margin / selections)) / 100);
  const result = outcomeProbabilities(grid);
  const totals = book.lines.flatMap((line) => {
    const over = overProbability(grid, line);
    const value = String(line).replace('.', ',');
    return [
      { name: 'Бол', value, odds: odds(over, 2) },
      { name: 'Мен', value, odds: odds(1 - over, 2) },
    ];
  });
  return {
    main: [
      { name: 'Результат', coefs: ['1', 'X', '2'].map((name, at) => ({ name, odds: odds(result[at]!, 3) })) },
      { name: 'Тотал', coefs: totals },
    ],
    additional: [],
  };
}

function minutesOf(time: string): number {
  const [hours, minutes] = time.split(':');
  return Number(hours) * 60 + Number(minutes);
}

const two = (year: number): string => String(year % 100).padStart(2, '0');

function json(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}
