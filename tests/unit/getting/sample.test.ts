import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { oddsColumns, priceMatch } from '../../../engine/football/getting/sample/bookmakers.ts';
import { pairings } from '../../../engine/football/getting/sample/calendar.ts';
import {
  drawScore,
  evenHandicap,
  handicapProbability,
  outcomeProbabilities,
  scoreGrid,
} from '../../../engine/football/getting/sample/goals.ts';
import { decisions, markets } from '../../../db/storage/football/match-batch.ts';
import { makeSample } from '../../../engine/football/getting/sample/make-sample.ts';
import { readSampleSettings } from '../../../engine/football/getting/sample/settings.ts';
import { playLeague } from '../../../engine/football/getting/sample/world.ts';
import type { WorldMatch } from '../../../engine/football/getting/sample/world.ts';
import { createRandom } from '../../../engine/kernel/math/random.ts';
import { parseText } from '../../fixtures/getting.ts';
import { temporaryFolder } from '../../fixtures/temporary.ts';

const settings = readSampleSettings();

describe('the sample’s goals', () => {
  const grid = scoreGrid(1.5, 1.1);

  test('the score grid is a distribution whose draws follow it', () => {
    expect(grid.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
    const random = createRandom(7);
    const counts = [0, 0, 0];
    const n = 20_000;
    for (let i = 0; i < n; i++) {
      const [home, away] = drawScore(grid, random.uniform());
      counts[home > away ? 0 : home === away ? 1 : 2]!++;
    }
    outcomeProbabilities(grid).forEach((p, outcome) => {
      // Five standard errors: one run in two million would fail by chance.
      expect(Math.abs(counts[outcome]! / n - p)).toBeLessThan(5 * Math.sqrt((p * (1 - p)) / n));
    });
  });

  test('low draws are a little likelier than with independent goals', () => {
    const zero = Math.exp(-1.5) * Math.exp(-1.1);
    expect(grid[0]!).toBeGreaterThan(zero);
  });

  test('a handicap of half a goal wins with the home side, and the even one is near a half', () => {
    expect(handicapProbability(grid, -0.5)).toBeCloseTo(outcomeProbabilities(grid)[0], 12);
    expect(Math.abs(handicapProbability(grid, evenHandicap(grid)) - 0.5)).toBeLessThan(0.05);
  });
});

test('everyone meets everyone once at home and once away', () => {
  const rounds = pairings(18, createRandom(3));
  expect(rounds).toHaveLength(34);
  const pairs = new Set(rounds.flat().map(([home, away]) => `${home}-${away}`));
  expect(pairs.size).toBe(18 * 17);
  for (const round of rounds) expect(new Set(round.flat()).size).toBe(18);
});

describe.each(settings.leagues)('the world of $code', (league) => {
  let matches: WorldMatch[];
  beforeAll(() => {
    matches = playLeague(league, settings, { until: 2025, kept: 10 }).flatMap((season) => season.matches);
  });
  const outcomeOf = ({ homeGoals, awayGoals }: WorldMatch) =>
    homeGoals > awayGoals ? 0 : homeGoals === awayGoals ? 1 : 2;
  const logLoss = (chances: (match: WorldMatch) => readonly number[]) =>
    matches.reduce((sum, match) => sum - Math.log(chances(match)[outcomeOf(match)]!), 0) / matches.length;
  const fair = (phase: 'preMatch' | 'closing') => (match: WorldMatch) => {
    const from = oddsColumns(phase).findIndex((name) => name.startsWith('PS'));
    const inverse = priceMatch(match, phase)
      .slice(from, from + 3)
      .map((price) => 1 / Number(price));
    const sum = inverse.reduce((a, b) => a + b, 0);
    return inverse.map((p) => p / sum);
  };

  test('the close beats the price before it, and both beat the base rate as in real leagues', () => {
    const shares = [0, 1, 2].map(
      (k) => matches.filter((match) => outcomeOf(match) === k).length / matches.length,
    );
    const base = logLoss(() => shares);
    const closing = logLoss(fair('closing'));
    const preMatch = logLoss(fair('preMatch'));
    const tables = logLoss(({ publicMeans }) =>
      outcomeProbabilities(scoreGrid(Math.exp(publicMeans[0]), Math.exp(publicMeans[1]))),
    );
    expect(closing).toBeLessThan(preMatch);
    expect(base - closing).toBeGreaterThan(0.05);
    expect(base - closing).toBeLessThan(0.16);
    // Who knew all strengths exactly, but nothing of the day, would close most of the gap and not all.
    expect((base - tables) / (base - closing)).toBeGreaterThan(0.85);
    expect(tables).toBeGreaterThan(closing);
    // More goals leave fewer matches level: ice hockey's regular time is drawn less often than football.
    const [fewest, most] = league.goals.home > 2 ? [0.14, 0.22] : [0.2, 0.3];
    expect(shares[1]).toBeGreaterThan(fewest!);
    expect(shares[1]).toBeLessThan(most!);
  });

  test('clubs go down and come up, and nobody plays twice on a day', () => {
    const seasons = playLeague(league, settings, { until: 2025, kept: 3 });
    const clubs = seasons.map((season) => new Set(season.matches.map(({ home }) => home)));
    expect([...clubs[1]!].filter((club) => !clubs[0]!.has(club))).toHaveLength(league.relegated);
    for (const { matches: all } of seasons) {
      const appearances = all.flatMap(({ day, home, away }) => [`${day} ${home}`, `${day} ${away}`]);
      expect(new Set(appearances).size).toBe(appearances.length);
    }
  });
});

describe('the sample’s files', () => {
  const read = (path: string) => readFileSync(path, 'utf8');

  test('a second time nothing is written, and a later day only adds', async () => {
    using folder = temporaryFolder();
    const first = await makeSample({ today: '2026-11-20', folder: folder.path });
    expect(first.matches).toBeGreaterThan(5000);
    expect(first.fixtures).toBeGreaterThan(20);
    expect((await makeSample({ today: '2026-11-20', folder: folder.path })).written).toEqual([]);

    const before = Object.fromEntries(first.files.map((name) => [name, read(folder.join(name))]));
    const later = await makeSample({ today: '2026-12-04', folder: folder.path });
    expect(later.written.filter((name) => !name.startsWith('baltbet/'))).toEqual([
      'X1/2627.csv',
      'X2/2627.csv',
      'fixtures.csv',
    ]);
    const after = read(folder.join('X1/2627.csv'));
    expect(after.startsWith(before['X1/2627.csv']!)).toBe(true);
    // What was a fixture of these days now has its result, at the prices that were announced.
    const announced = before['fixtures.csv']!.split('\r\n').filter((row) => row.startsWith('X1,2'));
    for (const row of announced) {
      const cells = row.split(',');
      const result = after.split('\r\n').find((line) => line.startsWith(cells.slice(0, 5).join(',')));
      expect(result).toContain(cells.slice(5).join(','));
    }
  });

  test('the ice hockey league is read as the statistics service would answer it', async () => {
    using folder = temporaryFolder();
    const { files } = await makeSample({ today: '2026-11-20', folder: folder.path });
    const season = files.find((name) => /^baltbet\/seasons_\d+26_matches\.json$/.test(name))!;
    const companions = Object.fromEntries(
      files
        .filter((name) => /^baltbet\/(coefs_|seasons_\d+26\.)/.test(name))
        .map((name) => [name.replace(/^baltbet\/|\.json$/g, ''), read(folder.join(name))]),
    );
    const present = Date.parse('2026-11-20');
    const given = {
      ...{ source: 'baltbet', key: season.slice(8), companions },
      ...{ seenAt: present, futureFrom: present },
    };
    const { batches, refused } = parseText(read(folder.join(season)), given);
    expect(refused).toEqual([]);
    const [batch] = batches;
    expect([batches.length, batch!.championship, batch!.season]).toEqual([1, 'X4', '2026/27']);
    const decided = [0, 0, 0];
    for (let row = 0; row < batch!.count; row++) {
      const [home, away, , , extraHome, extraAway, shotsHome, shotsAway] = batch!.goals.subarray(row * 8);
      const decision = decisions[batch!.decidedBy[row]!];
      if (decision === null) continue;
      if (home !== away) expect(decision).toBe('regular');
      else if (decision === 'extra-time') expect(Math.abs(extraHome! - extraAway!)).toBe(1);
      else expect([decision, Math.abs(shotsHome! - shotsAway!)]).toEqual(['penalties', 1]);
      decided[decision === 'regular' ? 0 : decision === 'extra-time' ? 1 : 2]!++;
    }
    expect(Math.min(...decided)).toBeGreaterThan(3);
    expect(new Set(batch!.quotes.market)).toEqual(new Set([markets['1x2'], markets.total]));
  });

  test('in summer the next two rounds are those of the season to come', async () => {
    using folder = temporaryFolder();
    await makeSample({ today: '2026-06-20', folder: folder.path });
    const fixtures = read(folder.join('fixtures.csv')).split('\r\n');
    expect(fixtures.filter((row) => row.startsWith('X1,'))).toHaveLength(20);
    expect(fixtures.some((row) => /^X1,\d\d\/08\/2026/.test(row))).toBe(true);
    expect(fixtures.some((row) => /^X3,\d\d\/0[67]\/2026/.test(row))).toBe(true);
  });

  test('the ordinary source reads them without a remark', async () => {
    using folder = temporaryFolder();
    const { files } = await makeSample({ today: '2024-05-22', folder: folder.path });
    const name = 'X1/2324.csv';
    expect(files).toContain(name);
    const parsed = parseText(read(folder.join(name)), { hints: { championship: 'X1', firstYear: 2023 } });
    expect(parsed.rowsRead).toBe(parsed.batches[0]!.count);
    expect([parsed.refusedCount, parsed.warningCount]).toEqual([0, 0]);
    expect(parsed.batches[0]!.quotes.count).toBe(parsed.rowsRead * 28);
  });
});
