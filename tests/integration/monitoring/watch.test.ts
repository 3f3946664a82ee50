import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openWriter } from '../../../db/client.ts';
import type { Database } from '../../../db/client.ts';
import type { Finding, RuleName } from '../../../engine/contract/monitoring.ts';
import { addDays } from '../../../engine/contract/zones.ts';
import { watch } from '../../../engine/football/watch/watch.ts';
import { createRandom } from '../../../engine/kernel/math/random.ts';
import { createForecastDatabase, type ForecastMatchRow } from '../../fixtures/forecast-database.ts';
import { temporaryFolder, type TemporaryFolder } from '../../fixtures/temporary.ts';

const today = '2024-03-01';
const instant = Date.parse(`${today}T08:00:00Z`);
let folder: TemporaryFolder;
let database: Database;
let add: (row: ForecastMatchRow) => unknown;

beforeEach(() => {
  folder = temporaryFolder();
  database = openWriter(folder.join('auspex.sqlite'));
  const made = createForecastDatabase(database);
  made.addChampionship({ code: 'E0' });
  add = (row) => made.addMatch(row);
});
afterEach(() => {
  database.close();
  folder[Symbol.dispose]();
});

const found = (rule: RuleName, subject?: string): Finding => {
  const { findings } = watch(database, { today, instant });
  const one = findings.find(
    (finding) => finding.rule === rule && (subject ?? finding.subject) === finding.subject,
  );
  if (!one) throw new Error(`nothing was found of ${rule}`);
  return one;
};
const match = (day: string, home: string, away: string, rest: Partial<ForecastMatchRow> = {}) =>
  add({ championship: 'E0', day, home, away, goals: [1, 0], ...rest });

describe('the data', () => {
  test('a double within three days and a pair the other way round are found, a second leg is not', () => {
    match('2024-02-10', 'A', 'B');
    match('2024-01-10', 'B', 'A');
    expect([found('duplicate-matches').value, found('swapped-teams').value]).toEqual([0, 0]);
    match('2024-02-12', 'A', 'B');
    match('2024-02-11', 'B', 'A');
    expect([found('duplicate-matches').value, found('swapped-teams').value]).toEqual([1, 1]);
    expect(found('duplicate-matches').level).toBe('warning');
  });

  test('more goals at the break than at the end are impossible', () => {
    match('2024-02-10', 'A', 'B');
    expect(found('impossible-scores').level).toBe('good');
    database.sqlite.exec('UPDATE match SET home_goals_half_time = 2, away_goals_half_time = 0');
    expect(found('impossible-scores')).toMatchObject({ value: 1, n: 1, level: 'warning' });
  });

  test('results that are late are counted once the days of grace are over', () => {
    for (const [index, away] of ['B', 'C', 'D'].entries())
      match(addDays('2024-02-20', index), 'A', away, { goals: undefined as never, status: 'scheduled' });
    expect(found('results-late')).toMatchObject({ value: 3, level: 'warning' });
    match('2024-02-27', 'A', 'E', { goals: undefined as never, status: 'scheduled' });
    expect(found('results-late').value).toBe(3);
  });
});

/** Forecasts made before kick-off of matches whose results follow the given probabilities. */
function season(days: number, said: readonly [number, number, number], real = said, seed = 1): void {
  const random = createRandom(seed);
  database.sqlite.transaction(() => {
    for (let i = 0; i < days * 4; i++) {
      const day = addDays(today, -1 - Math.floor(i / 4));
      const u = random.uniform();
      const outcome = u < real[0] ? 0 : u < real[0] + real[1] ? 1 : 2;
      match(day, `Home ${i}`, `Away ${i}`, {
        time: '15:00',
        goals: outcome === 0 ? [1, 0] : outcome === 1 ? [0, 0] : [0, 1],
        forecast: {
          probabilities: said,
          origin: 'live',
          madeAt: Date.parse(`${day}T09:00:00Z`),
          sets: [3, 7],
        },
      });
    }
  })();
}

describe('the forecasts made before kick-off', () => {
  test('are judged over spans, and replays are not', () => {
    season(50, [0.5, 0.3, 0.2]);
    match(addDays(today, -2), 'X', 'Y', { forecast: { probabilities: [0.9, 0.05, 0.05], origin: 'replay' } });
    const { records } = watch(database, { today, instant });
    expect(records.map(({ span, n }) => [span, n])).toEqual([
      ['30', 120],
      ['90', 200],
      ['season', 200],
      ['all', 200],
    ]);
    expect(records[1]!.model!.logLoss).toBeGreaterThan(0.9);
    expect(records[1]!.coverage90).toBe(1);
  });

  test('keep quiet in worlds that keep their promises, but for what chance allows', () => {
    const levels = { miscalibrated: 0, coverage: 0, martingale: 0 };
    const worlds = 15;
    for (let seed = 1; seed <= worlds; seed++) {
      database.sqlite.exec('DELETE FROM match');
      season(40, [0.5, 0.3, 0.2], [0.5, 0.3, 0.2], seed);
      const { findings } = watch(database, { today, instant });
      for (const { rule, level } of findings)
        if ((level === 'warning' || level === 'critical') && rule in levels)
          levels[rule as keyof typeof levels]++;
    }
    // Three standard errors at 0.3 %, a hundredth at two levels, and 1 / 10 of ever tenfold wealth: of 15 worlds, four
    // alarms of a kind would come once in hundreds of times.
    expect(levels.miscalibrated).toBeLessThan(3);
    expect(levels.coverage).toBeLessThan(4);
    expect(levels.martingale).toBeLessThan(5);
  });

  test('sets that cover too little and probabilities that do not hold are found', () => {
    season(60, [0.6, 0.25, 0.15], [0.35, 0.25, 0.4]);
    expect(found('coverage', 'football 80 %')).toMatchObject({ level: 'critical', n: 240 });
    expect(found('coverage', 'football 90 %').level).toBe('good');
    expect(found('miscalibrated').level).toBe('critical');
  });

  test('too few of them say nothing rather than something', () => {
    season(10, [0.6, 0.25, 0.15], [0.1, 0.1, 0.8]);
    for (const rule of ['miscalibrated', 'coverage', 'martingale', 'worse-than-base-rate'] as const)
      expect(found(rule).level).toBe('unknown');
  });

  test('what comes on the day itself or later is not known yet', () => {
    season(30, [0.5, 0.3, 0.2]);
    const before = watch(database, { today, instant }).records;
    match(today, 'P', 'Q', {
      time: '15:00',
      forecast: { probabilities: [0.5, 0.3, 0.2], origin: 'live', madeAt: instant },
    });
    expect(watch(database, { today, instant }).records).toEqual(before);
  });
});
