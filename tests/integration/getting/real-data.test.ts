import { describe, expect, test } from 'vitest';
import { gettingWorkshop } from '../../fixtures/getting.ts';
import { shared } from '../../fixtures/shared.ts';

const data = shared('data/football');

describe.skipIf(data === undefined)('real files (needs ../shared/data/football)', () => {
  test(
    'all 98,056 matches are read once, and reading them again changes no row',
    { timeout: 180_000 },
    async () => {
      await using workshop = gettingWorkshop();
      workshop.clock.time = Date.UTC(2025, 0, 1);
      const from = `${data}/main`;
      const first = await workshop.get({ from });
      expect(first.totals).toMatchObject({
        ...{ rowsRead: 98_056, new: 98_056, changed: 0, unchanged: 0, refused: 0, conflicts: 0 },
        files: { read: 250, failed: 0 },
      });
      const [walkovers] = workshop.rows<{ n: number }>(`
      SELECT count(*) AS n FROM match m JOIN season s ON s.id = m.season_id JOIN championship c ON c.id = s.championship_id
      WHERE c.code = 'T1' AND s.code = '2022/23' AND m.status = 'awarded'`);
      expect(walkovers!.n).toBe(29);
      const doubled = workshop.rows(`
      SELECT 1 FROM match WHERE season_id NOT IN (
        SELECT s.id FROM season s JOIN championship c ON c.id = s.championship_id WHERE c.code = 'B1')
      GROUP BY season_id, home_team_id, away_team_id HAVING count(*) > 1`);
      expect(doubled).toEqual([]);
      const late = workshop.rows(`
      SELECT 1 FROM odds_quote q JOIN match m ON m.id = q.match_id WHERE q.instant > m.kick_off LIMIT 1`);
      expect(late).toEqual([]);

      const again = await workshop.get({ from, force: true });
      expect(again.totals).toMatchObject({
        ...{ new: 0, changed: 0, unchanged: 98_056 },
        quotes: { new: 0, changed: 0, unchanged: first.totals.quotes.new },
      });
      expect((await workshop.get({ from })).totals.files).toMatchObject({ read: 0, unchanged: 250 });
    },
  );

  test(
    'extra leagues, another source and expected goals join what is there',
    { timeout: 120_000 },
    async () => {
      await using workshop = gettingWorkshop();
      const championships = ['RUS', 'USA', 'E0'];
      workshop.clock.time = Date.UTC(2026, 0, 1);
      await workshop.get({ from: `${data}/main`, championships });
      await workshop.get({ from: `${data}/new_leagues`, championships });
      const held = () => workshop.rows<{ n: number }>('SELECT count(*) AS n FROM match')[0]!.n;
      expect(held()).toBe(7220 + 2920 + 4754);

      const openfootball = { source: 'openfootball', from: `${data}/openfootball`, championships };
      const joined = await workshop.get(openfootball);
      expect(joined.totals).toMatchObject({ new: 0, refused: 0, files: { failed: 0 } });
      // The spring of 2020 stands in the autumn's year there: said, and not stored twice.
      expect(joined.totals.conflicts).toBeGreaterThan(0);
      expect((await workshop.get({ ...openfootball, force: true })).totals).toMatchObject({
        new: 0,
        changed: 0,
      });

      const mapping = workshop.file(
        'mapping.json',
        JSON.stringify({
          source: 'understat',
          championship: { column: 'league', codes: { 'Premier League': 'E0' } },
          season: { column: 'season' },
          columns: {
            ...{ date: 'date', home: 'home', away: 'away', homeGoals: 'home_goals', awayGoals: 'away_goals' },
            ...{ homeExpectedGoals: 'home_xg', awayExpectedGoals: 'away_xg' },
          },
        }),
      );
      const expected = await workshop.get({ source: 'csv', from: `${data}/xg/xg_top5.csv`, mapping });
      expect(expected.totals).toMatchObject({ new: 0, changed: 4 * 380, conflicts: 0 });
      const baltbet = await workshop.get({ source: 'baltbet', from: `${data}/baltbet` });
      expect(baltbet.totals).toMatchObject({ new: 0, changed: 0, unchanged: 1 });
    },
  );
});
