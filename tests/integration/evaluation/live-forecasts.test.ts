import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openWriter, type Database } from '../../../db/client.ts';
import { readLiveForecasts } from '../../../db/queries/football/evaluation.ts';
import { createForecastDatabase } from '../../fixtures/forecast-database.ts';
import { temporaryFolder, type TemporaryFolder } from '../../fixtures/temporary.ts';

const noon = Date.UTC(2026, 10, 14, 12);
const hour = 3_600_000;

let folder: TemporaryFolder;
let database: Database;

beforeEach(() => {
  folder = temporaryFolder();
  database = openWriter(folder.join('auspex.sqlite'));
});

afterEach(() => {
  database.close();
  folder[Symbol.dispose]();
});

/** What is read of one match of 14 November at noon with the given forecast. */
function read(forecast: { origin?: 'live' | 'replay'; madeAt: number }, time: string | undefined = '12:00') {
  const rows = createForecastDatabase(database);
  rows.addChampionship({ code: 'X1' });
  const id = rows.addMatch({
    championship: 'X1',
    day: '2026-11-14',
    ...(time === '' ? {} : { time }),
    home: 'Alder',
    away: 'Birch',
    goals: [1, 0],
    forecast: { probabilities: [0.5, 0.3, 0.2], sets: [3, null], ...forecast },
  });
  return readLiveForecasts(database, { rows: 2, matchId: Int32Array.of(id + 1, id) });
}

describe('the forecasts of the record', () => {
  it('are those made before kick-off, as they were published', () => {
    const { probabilities, set80, set90 } = read({ madeAt: noon - hour });
    expect([...probabilities.slice(3)]).toEqual([0.5, 0.3, 0.2]);
    expect([...probabilities.slice(0, 3)]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
    expect([set80[1], set90[1]]).toEqual([3, 255]);
  });

  it('are none of the replays, however early their instant', () => {
    expect(read({ origin: 'replay', madeAt: noon - hour }).probabilities[3]).toBeNaN();
  });

  it('are none that were made at kick-off or later', () => {
    expect(read({ madeAt: noon }).probabilities[3]).toBeNaN();
  });

  it('are, without a known minute, only those of earlier days', () => {
    expect(read({ madeAt: noon - hour }, '').probabilities[3]).toBeNaN();
  });
});
