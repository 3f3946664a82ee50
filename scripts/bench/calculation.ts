import { rmSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openWriter } from '../../db/client.ts';
import type { Database } from '../../db/client.ts';
import { championshipsWithMatches, readHistory } from '../../db/queries/football/calculation.ts';
import type { History } from '../../db/queries/football/calculation.ts';
import { calculationParameters } from '../../engine/contract/stages.ts';
import { instantOf, dayNumber } from '../../engine/contract/zones.ts';
import { createElo } from '../../engine/football/calculation/calculators/elo.ts';
import { createGap, shotsOnTarget } from '../../engine/football/calculation/calculators/gap.ts';
import { createPi } from '../../engine/football/calculation/calculators/pi.ts';
import { runPass } from '../../engine/football/calculation/pass.ts';
import { calculation } from '../../engine/football/calculation/stage.ts';
import { Consumer } from '../../engine/runtime/consumer.ts';
import { RunService } from '../../engine/runtime/runs.ts';
import { defineStage } from '../../engine/runtime/stage.ts';
import { askPython, footballFolder, median, type Bench } from './bench.ts';
import { drawLeague } from './league.ts';

/** Invented leagues, as many matches as a collection of real ones holds. */
function fill(database: Database, options: { leagues: number; clubs: number; seasons: number }): number {
  const { sqlite } = database;
  const zone = 'Europe/London';
  let matches = 0;
  sqlite.transaction(() => {
    sqlite.exec(`INSERT INTO sport (id, code, name) VALUES (1, 'football', 'Football')`);
    sqlite.exec(`INSERT INTO country (id, code, name) VALUES (1, 'X', 'X')`);
    const championship = sqlite.prepare(
      `INSERT INTO championship (sport_id, country_id, code, name, zone, season_rule) VALUES (1, 1, ?, ?, ?, 'autumn-spring')`,
    );
    const season = sqlite.prepare('INSERT INTO season (championship_id, code, first_year) VALUES (?, ?, ?)');
    const team = sqlite.prepare('INSERT INTO team (sport_id, country_id, name) VALUES (1, 1, ?)');
    const match = sqlite.prepare(
      `INSERT INTO match (season_id, home_team_id, away_team_id, match_day, kick_off, kick_off_precision, status, decided_by,
                          home_goals, away_goals, result_known_at, source)
       VALUES (?, ?, ?, ?, ?, 'minute', 'finished', 'regular', ?, ?, ?, 'bench')`,
    );
    const statistics = sqlite.prepare(
      `INSERT INTO match_statistics (match_id, home_shots, away_shots, home_shots_on_target, away_shots_on_target, home_corners, away_corners)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    );
    for (let league = 0; league < options.leagues; league++) {
      const code = `X${String(league)}`;
      const id = championship.run(code, code, zone).lastInsertRowid;
      const seasons = new Map<string, number | bigint>();
      const teams = new Map<number, number | bigint>();
      const teamId = (club: number) => {
        if (!teams.has(club)) teams.set(club, team.run(`${code} ${String(club)}`).lastInsertRowid);
        return teams.get(club)!;
      };
      for (const row of drawLeague({ ...options, seed: league + 1 })) {
        if (!seasons.has(row.season)) {
          seasons.set(row.season, season.run(id, row.season, Number(row.season.slice(0, 4))).lastInsertRowid);
        }
        const kickOff = instantOf(dayNumber(row.day), 15 * 60, zone);
        const matchId = match.run(
          ...[seasons.get(row.season)!, teamId(row.home), teamId(row.away), row.day, kickOff],
          ...[...row.goals, kickOff + 3 * 3_600_000],
        ).lastInsertRowid;
        const counts = row.statistics;
        statistics.run(
          ...[matchId, counts.homeShots, counts.awayShots, counts.homeShotsOnTarget],
          ...[counts.awayShotsOnTarget, counts.homeCorners, counts.awayCorners],
        );
        matches++;
      }
    }
  })();
  return matches;
}

async function withDatabase<Result>(use: (database: Database) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'auspex-bench-'));
  try {
    using database = openWriter(join(folder, 'auspex.sqlite'));
    return await use(database);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function ratings(): Promise<number> {
  const histories: History[] = await withDatabase((database) => {
    fill(database, { leagues: 5, clubs: 20, seasons: 12 });
    return Promise.resolve(championshipsWithMatches(database).map(({ id }) => readHistory(database, id)));
  });
  const calculators = [createElo(), createPi(), createGap(shotsOnTarget)];
  const times: number[] = [];
  for (let repeat = 0; repeat < 7; repeat++) {
    const started = performance.now();
    for (const history of histories) runPass(history, calculators);
    times.push(performance.now() - started);
  }
  return median(times);
}

/** The same three ratings in plain Python over five leagues, in milliseconds. */
async function peerRatings(): Promise<number | undefined> {
  const printed = await askPython([
    'elo_pi_peer.py',
    '--data',
    footballFolder,
    '--dc-seasons',
    '0',
    '--repeats',
    '3',
  ]);
  const seconds = (printed as { ratings_seconds?: { median: number } } | undefined)?.ratings_seconds?.median;
  return seconds === undefined ? undefined : seconds * 1000;
}

/** Matches a second of the whole stage: read, calculated in worker threads, written; first all new, then all known. */
async function stage(which: 'new' | 'known'): Promise<number> {
  return withDatabase(async (database) => {
    const matches = fill(database, { leagues: 15, clubs: 20, seasons: 17 });
    await using consumer = new Consumer();
    await using runs = new RunService({
      database,
      consumer,
      registry: { calculation: defineStage(calculationParameters, calculation) },
      clock: { now: () => Date.now() },
      zone: () => 'UTC',
    });
    let seconds = 0;
    for (let round = 0; round < (which === 'new' ? 1 : 2); round++) {
      const started = performance.now();
      const { state, id } = await runs.finished(runs.start('calculation').id);
      if (state !== 'done') throw new Error(`run ${String(id)} ended as ${state}`);
      seconds = (performance.now() - started) / 1000;
    }
    return matches / seconds;
  });
}

export const benches: readonly Bench[] = [
  {
    name: 'ratings 22,800 matches (Elo, pi, GAP)',
    unit: 'ms',
    run: ratings,
    peer: { name: 'the same in Python, 21,737 real matches', run: peerRatings },
  },
  { name: 'calculation, all new', unit: 'matches/s', run: () => stage('new') },
  { name: 'calculation, nothing new', unit: 'matches/s', run: () => stage('known') },
];
