import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openReader, openWriter } from '../../db/client.ts';
import type { Database } from '../../db/client.ts';
import { addDays, dayNumber, instantOf } from '../../engine/contract/zones.ts';
import type { RunKind } from '../../engine/contract/stages.ts';
import { createExplainer } from '../../engine/football/explanation/explain.ts';
import { createEngineHost } from '../../engine/host/engine-host.ts';
import { resolvePaths } from '../../engine/host/paths.ts';
import type { Bench } from './bench.ts';
import { place } from './pipeline.ts';

const fixtures = 100;
const kickOffMinute = 15 * 60;

/** Draws up a day of fixtures after the last one held, between clubs of the newest season; answers the day. */
function addFixtures(database: Database): string {
  const { sqlite } = database;
  const last = sqlite.prepare<[], string>('SELECT max(match_day) FROM match').pluck().get()!;
  const day = addDays(last, 3);
  const kickOff = instantOf(dayNumber(day), kickOffMinute, 'Europe/London');
  // A sample brings fixtures of its own.
  sqlite.exec(`DELETE FROM match WHERE status = 'scheduled'`);
  const seasons = sqlite
    .prepare<[], number>('SELECT id FROM season GROUP BY championship_id HAVING first_year = max(first_year)')
    .pluck()
    .all();
  const clubs = sqlite
    .prepare<[number], number>('SELECT DISTINCT home_team_id FROM match WHERE season_id = ? ORDER BY 1')
    .pluck();
  const insert = sqlite.prepare<[number, number, number, string, number]>(
    `INSERT INTO match (season_id, home_team_id, away_team_id, match_day, kick_off, kick_off_precision, status, source)
     VALUES (?, ?, ?, ?, ?, 'minute', 'scheduled', 'football-data')`,
  );
  let made = 0;
  for (let turn = 1; made < fixtures; turn++) {
    for (const season of seasons) {
      const squad = clubs.all(season);
      for (let i = 0; i + 1 < squad.length && made < fixtures; i += 2) {
        insert.run(season, squad[i]!, squad[(i + 2 * turn - 1) % squad.length]!, day, kickOff);
        made++;
      }
    }
  }
  return day;
}

/** Seconds from the command to 100 stored forecasts with every type and set, and from there to their explanations. */
async function day(): Promise<number> {
  const { from, championships } = await place();
  const home = mkdtempSync(join(tmpdir(), 'auspex-bench-'));
  const paths = resolvePaths({ home });
  try {
    const run = async (client: ReturnType<typeof createEngineHost>['client'], stage: RunKind, given = {}) => {
      const { runId } = await client.runs.start({ stage, parameters: given });
      for await (const event of await client.runs.watch({ runId })) void event;
      const shown = (await client.runs.show({ runId })).run;
      if (shown.state !== 'done') throw new Error(`${stage}: ${shown.errorMessage ?? shown.state}`);
      return shown.result as { types?: { new: number } };
    };
    {
      await using host = createEngineHost({ paths });
      await run(host.client, 'getting', { source: 'football-data', from, championships });
    }
    let today: string;
    {
      using database = openWriter(paths.database);
      today = addFixtures(database);
    }
    const clock = { now: () => instantOf(dayNumber(today), kickOffMinute - 6 * 60, 'Europe/London') };
    await using host = createEngineHost({ paths, clock });
    await run(host.client, 'calculation');
    await run(host.client, 'processing');
    const started = performance.now();
    const { types } = await run(host.client, 'forecast', { scope: 'today' });
    const forecast = performance.now();
    using reader = openReader(paths.database);
    const ids = reader.sqlite
      .prepare<[], number>(`SELECT id FROM match WHERE status = 'scheduled'`)
      .pluck()
      .all();
    const explainer = createExplainer(reader);
    const explained = ids.map((id) => explainer.explain(id));
    const ended = performance.now();
    if (explained.length !== fixtures || types?.new !== fixtures * 9) {
      throw new Error(`Expected ${String(fixtures)} forecasts, got ${String(explained.length)}.`);
    }
    const seconds = (from: number, to: number) => ((to - from) / 1000).toFixed(2);
    process.stderr.write(
      `  forecasts ${seconds(started, forecast)} s, explanations ${seconds(forecast, ended)} s\n`,
    );
    return (ended - started) / 1000;
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

export const benches: readonly Bench[] = [
  { name: `forecast of a day of ${String(fixtures)} fixtures, explained`, unit: 's', run: day },
];
