import { describe, expect, test } from 'vitest';
import { openWriter } from '../../../db/client.ts';
import { dayMatchesQuery, readSeasonsInPlay, settledQuery } from '../../../db/queries/football/publisher.ts';
import { createForecastDatabase } from '../../fixtures/forecast-database.ts';
import { expectIndexed } from '../../fixtures/query-plan.ts';
import { temporaryFolder } from '../../fixtures/temporary.ts';

describe('the publisher’s queries', () => {
  test('a day is read through indexes, however many matches and forecasts are held', () => {
    using folder = temporaryFolder();
    using database = openWriter(folder.join('auspex.sqlite'));
    expectIndexed(database, dayMatchesQuery, {
      parameters: { day: '2026-11-21', championshipIds: '[1]', forecastType: '1x2' },
      uses: 'match_by_day',
      aliases: { rule: 'selection_rule' },
    });
  });

  test('a year of results is read through indexes', () => {
    using folder = temporaryFolder();
    using database = openWriter(folder.join('auspex.sqlite'));
    expectIndexed(database, settledQuery, {
      parameters: { from: '2026-01-01', before: '2027-01-01', forecastType: '1x2' },
      uses: 'match_by_day',
    });
  });

  test('the season in play is the one that contains the day or, between seasons, the latest held', () => {
    using folder = temporaryFolder();
    using database = openWriter(folder.join('auspex.sqlite'));
    const { addChampionship, addMatch } = createForecastDatabase(database);
    addChampionship({ code: 'E0' });
    const match = { championship: 'E0', home: 'Ash', away: 'Birch' };
    addMatch({ ...match, season: '2024/25', day: '2024-08-10' });
    addMatch({ ...match, season: '2024/25', day: '2025-05-10' });
    addMatch({ ...match, season: '2025/26', day: '2025-08-10' });
    addMatch({ ...match, season: '2025/26', day: '2026-05-10' });
    const firstDay = (today: string) => readSeasonsInPlay(database, today)[0]?.firstDay;
    expect(firstDay('2025-01-01')).toBe('2024-08-10');
    expect(firstDay('2025-10-01')).toBe('2025-08-10');
    expect(firstDay('2025-07-01')).toBe('2025-08-10');
    expect(firstDay('2026-07-01')).toBe('2025-08-10');
  });
});
