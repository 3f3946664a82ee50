import { expect, test } from 'vitest';
import { openWriter } from '../../../db/client.ts';
import { readSettledPairs } from '../../../db/queries/football/match-detail.ts';
import { addDays } from '../../../engine/contract/zones.ts';
import { createSettledAhead } from '../../../engine/football/publisher/settled-ahead.ts';
import { createForecastDatabase } from '../../fixtures/forecast-database.ts';
import { temporaryFolder } from '../../fixtures/temporary.ts';

test('reading ahead answers as the database does, day after day, near the limit and where forecasts are missing', () => {
  using folder = temporaryFolder();
  using database = openWriter(folder.join('auspex.sqlite'));
  const { addChampionship, addMatch } = createForecastDatabase(database);
  addChampionship({ code: 'E0' });
  const first = '2025-01-01';
  for (let n = 0; n < 240; n++) {
    addMatch({
      ...{ championship: 'E0', season: '2024/25', home: `Ash ${String(n % 20)}`, away: 'Birch' },
      ...{ day: addDays(first, Math.floor(n / 2)), goals: [n % 3, (n + 1) % 2] },
      // Every fifth match was never forecast; every probability is its own, so that a shifted window shows.
      ...(n % 5 === 0 ? {} : { forecast: { probabilities: [0.3 + n / 1000, 0.3, 0.4 - n / 1000] } }),
    });
  }
  const championshipId = database.sqlite.prepare<[], number>('SELECT id FROM championship').pluck().get()!;
  let seen = 0;
  for (const limit of [1, 7, 60, 500]) {
    const readAhead = createSettledAhead({ days: 10, pairs: 25 });
    for (let day = 0; day < 130; day += 3) {
      const query = { before: addDays(first, day), championshipId, of: 'championship', limit } as const;
      const answer = readAhead(database, query);
      expect(answer).toEqual(readSettledPairs(database, query));
      seen = Math.max(seen, answer.length);
      expect(answer.every((pair) => pair.day < query.before)).toBe(true);
    }
  }
  expect(seen).toBe(192);
});
