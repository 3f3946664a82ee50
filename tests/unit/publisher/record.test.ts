import { describe, expect, test } from 'vitest';
import type { SettledForecast } from '../../../db/queries/football/publisher.ts';
import { createRunningRecord } from '../../../engine/football/publisher/record.ts';

const settled = (day: string, row: Partial<SettledForecast> = {}): SettledForecast => ({
  championshipId: 1,
  day,
  seasonCode: '2026/27',
  homeGoals: 2,
  awayGoals: 1,
  origin: 'live',
  label: 'H',
  probability: 0.6,
  set80: 0b001,
  set90: 0b011,
  ...row,
});

/** The record after some settled forecasts. */
function recordOf(rows: readonly SettledForecast[]) {
  const record = createRunningRecord();
  record.add(rows);
  return record;
}

const past = [
  settled('2026-08-01'),
  settled('2026-08-02', { homeGoals: 1 }),
  settled('2026-08-08', { label: 'A', probability: 0.5, set80: null, set90: null }),
];

describe('the running record', () => {
  test('counts forecasts by label, and sets by what happened', () => {
    const record = recordOf(past).before('2026-08-09').get(1);
    expect(record?.results).toEqual([2, 1, 0]);
    expect(record?.live.labels).toEqual([
      { count: 2, hits: 1, expected: 1.2 },
      { count: 0, hits: 0, expected: 0 },
      { count: 1, hits: 0, expected: 0.5 },
    ]);
    expect(record?.live.sets80).toEqual([
      { count: 1, held: 1 },
      { count: 1, held: 0 },
      { count: 0, held: 0 },
    ]);
    expect(record?.live.sets90[1]).toEqual({ count: 1, held: 1 });
    expect(record?.live.lastTen).toEqual([true, false, false]);
  });

  test('knows nothing of the day itself nor of later days', () => {
    const morning = recordOf(past).before('2026-08-08').get(1);
    const otherwise = past.map((row) =>
      row.day < '2026-08-08' ? row : { ...row, homeGoals: 0, label: 'H' },
    );
    expect(recordOf(otherwise).before('2026-08-08').get(1)).toEqual(morning);
    expect(morning?.results).toEqual([1, 1, 0]);
  });

  test('a snapshot does not change when the record goes on', () => {
    const running = recordOf(past);
    const early = running.before('2026-08-02').get(1);
    const kept = structuredClone(early);
    running.before('2027-01-01');
    expect(early).toEqual(kept);
  });

  test('is the same whether the past is added at once or piece by piece', () => {
    const pieces = createRunningRecord();
    for (const row of past) {
      pieces.add([row]);
      pieces.before(row.day);
    }
    expect(pieces.before('2026-09-01')).toEqual(recordOf(past).before('2026-09-01'));
  });

  test('never mixes replays, other championships or matches without forecast into the record', () => {
    const rows = [
      settled('2026-08-01', { origin: 'replay' }),
      settled('2026-08-01', { championshipId: 2 }),
      settled('2026-08-01', { origin: null, label: null, probability: null }),
    ];
    const record = recordOf(rows).before('2026-09-01').get(1);
    expect(record?.live.labels.map((label) => label.count)).toEqual([0, 0, 0]);
    expect(record?.replay.labels.map((label) => label.count)).toEqual([1, 0, 0]);
    expect(record?.results).toEqual([2, 0, 0]);
  });

  test('keeps the newest ten hits in their order', () => {
    const rows = Array.from({ length: 12 }, (_, index) =>
      settled(`2026-08-${String(index + 1).padStart(2, '0')}`, { homeGoals: index < 3 ? 2 : 0 }),
    );
    const record = recordOf(rows).before('2026-09-01').get(1);
    expect(record?.live.lastTen).toEqual([true, ...Array.from({ length: 9 }, () => false)]);
  });
});
