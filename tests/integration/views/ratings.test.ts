import { expect, test } from 'vitest';
import { openWriter } from '../../../db/client.ts';
import { readHistory } from '../../../db/queries/football/calculation.ts';
import { createElo } from '../../../engine/football/calculation/calculators/elo.ts';
import { runPass } from '../../../engine/football/calculation/pass.ts';
import { ratingHistory } from '../../../engine/football/views/rating-history.ts';
import type { MatchRow } from '../../fixtures/history.ts';
import { insertMatches } from '../../fixtures/match-database.ts';
import { temporaryFolder } from '../../fixtures/temporary.ts';

const rows: readonly MatchRow[] = [
  { id: 1, season: '2025/26', day: '2025-08-01', home: 1, away: 2, goals: [3, 0] },
  { id: 2, season: '2025/26', day: '2025-08-08', home: 2, away: 3, goals: [1, 1] },
  { id: 3, season: '2025/26', day: '2025-08-15', home: 3, away: 1, goals: [0, 2] },
  { id: 4, season: '2026/27', day: '2026-08-01', home: 1, away: 3, goals: [1, 0] },
  { id: 5, season: '2026/27', day: '2026-08-08', home: 2, away: 1 },
];

test('the ratings that are shown are the ones that the features of each match rest on', () => {
  using folder = temporaryFolder();
  using database = openWriter(folder.join('auspex.sqlite'));
  insertMatches(database, { code: 'E0', rows });
  const [elo] = ratingHistory(database, {
    championshipId: 1,
    teams: [1, 2],
    seasons: 9,
    until: '2026-08-08',
  });
  const [one, two] = elo!.teams;
  const at = (team: typeof one, day: string) => team!.points.find((point) => point.day === day)?.value;

  const history = readHistory(database, 1);
  const { features, width } = runPass(history, [createElo()]);
  const last = history.fixtures.matchId.length - 1;
  expect(at(two, '2026-08-08')! - at(one, '2026-08-08')!).toBeCloseTo(features[last * width]!, 9);
  // Nothing is known of a club before its first match, and the first of them was no news yet.
  expect(at(one, '2025-08-01')).toBeUndefined();
  expect(at(one, '2025-08-15')).toBeGreaterThan(1500);
});

test('ratings end with the day that is asked for, and go back as many seasons as are wanted', () => {
  using folder = temporaryFolder();
  using database = openWriter(folder.join('auspex.sqlite'));
  insertMatches(database, { code: 'E0', rows });
  const days = (query: { seasons: number; until: string }) =>
    ratingHistory(database, { championshipId: 1, teams: [1], ...query })[0]!.teams[0]!.points.map(
      ({ day }) => day,
    );
  expect(days({ seasons: 9, until: '2026-08-01' })).toEqual(['2025-08-15', '2026-08-01']);
  expect(days({ seasons: 1, until: '2026-08-08' })).toEqual(['2026-08-01', '2026-08-08']);
});
