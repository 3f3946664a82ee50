import { expect, test, vi } from 'vitest';
import { gettingWorkshop } from '../../fixtures/getting.ts';
import { expectIndexed } from '../../fixtures/query-plan.ts';

test('no statement of getting reads a big table whole', async () => {
  await using workshop = gettingWorkshop();
  const prepare = vi.spyOn(workshop.database.sqlite, 'prepare');
  const header = 'Div,Date,Time,HomeTeam,AwayTeam,FTHG,FTAG,FTR,HS,AS,B365H,B365D,B365A';
  workshop.file('E0/2324.csv', `${header}\nE0,03/02/2024,15:00,Arsenal,Fulham,2,1,H,15,6,1.5,4.2,6.5\n`);
  workshop.file('fixtures.csv', 'Div,Date,HomeTeam,AwayTeam\nE0,25/05/2024,Fulham,Arsenal\n');
  await workshop.get();
  await workshop.get({ force: true });
  const statements = new Set(prepare.mock.calls.map(([sql]) => sql));
  const reads = [...statements].filter(
    (sql) => /^\s*(SELECT|UPDATE|DELETE)/.test(sql) && /\b(match|odds_quote|match_statistics)\b/.test(sql),
  );
  // The season's matches, a match's quotes, their updates and removals, a season's pairs.
  expect(reads.length).toBeGreaterThanOrEqual(5);
  for (const sql of reads) {
    expectIndexed(workshop.database, sql, {
      parameters: [...sql.matchAll(/\?/g)].map(() => null),
      aliases: { m: 'match', s: sql.includes('match_statistics s') ? 'match_statistics' : 'season' },
    });
  }
});
