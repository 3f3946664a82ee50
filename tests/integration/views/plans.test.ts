import { test } from 'vitest';
import { openWriter } from '../../../db/client.ts';
import { matchViewStatement } from '../../../db/queries/football/match-view.ts';
import { pricedForecastsStatement } from '../../../db/queries/football/priced-forecasts.ts';
import { expectIndexed } from '../../fixtures/query-plan.ts';
import { temporaryFolder } from '../../fixtures/temporary.ts';

test('no screen of a day or a match reads a whole table', () => {
  using folder = temporaryFolder();
  using database = openWriter(folder.join('auspex.sqlite'));
  const parameters = { forecastType: '1x2' };
  expectIndexed(database, matchViewStatement('WHERE match.match_day = @day'), {
    parameters: { ...parameters, day: '2026-11-21' },
    uses: 'match_by_day',
  });
  expectIndexed(database, matchViewStatement('WHERE match.id = @matchId'), {
    parameters: { ...parameters, matchId: 1 },
  });
  // The newest forecasts are found by the days of their matches.
  expectIndexed(database, pricedForecastsStatement, {
    parameters: { before: '2026-11-21', limit: 10, sharpest: 1 },
    uses: 'match_by_day',
  });
});
