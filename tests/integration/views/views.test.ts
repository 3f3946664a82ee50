import { describe, expect, test } from 'vitest';
import { openWriter, type Database } from '../../../db/client.ts';
import { createEngineHost } from '../../../engine/host/engine-host.ts';
import { resolvePaths } from '../../../engine/host/paths.ts';
import { createForecastDatabase } from '../../fixtures/forecast-database.ts';
import { temporaryFolder } from '../../fixtures/temporary.ts';

const now = Date.parse('2026-11-21T09:00:00Z');

/** A home with two championships: one day of results, one day of matches due. */
async function openHome(
  fill?: (data: ReturnType<typeof createForecastDatabase>, database: Database) => void,
) {
  const folder = temporaryFolder();
  const paths = resolvePaths({ home: folder.path });
  {
    using database = openWriter(paths.database, { now: () => now });
    const data = createForecastDatabase(database);
    data.addChampionship({ code: 'E0', name: 'Premier League', country: 'ENG' });
    data.addChampionship({ code: 'X1', name: 'Valmora Premier Division', country: 'VAL', isSample: true });
    fill?.(data, database);
  }
  const host = createEngineHost({ paths, clock: { now: () => now }, threads: 1 });
  return {
    client: host.client,
    [Symbol.asyncDispose]: async () => {
      await host[Symbol.asyncDispose]();
      folder[Symbol.dispose]();
    },
  };
}

const played = {
  championship: 'E0',
  day: '2026-11-20',
  home: 'Ash',
  away: 'Birch',
  goals: [2, 1] as const,
  forecast: {
    probabilities: [0.5, 0.3, 0.2] as const,
    sets: [1, 3] as const,
    price: [2.2, 3.4, 4] as const,
  },
};
const due = {
  championship: 'E0',
  day: '2026-11-21',
  time: '15:00',
  home: 'Birch',
  away: 'Ash',
  forecast: {
    probabilities: [0.3, 0.3, 0.4] as const,
    sets: [6, 7] as const,
    price: [3, 3, 3] as const,
    selected: { count: 200, hits: 160, bound: 0.76 },
  },
};

describe('a day', () => {
  test('shows its matches by championship, real ones before the sample, with set, price, value and mark', async () => {
    await using home = await openHome((data) => {
      data.addMatch({ ...due, championship: 'X1' });
      data.addMatch(due);
    });
    const view = await home.client.today.day({});
    expect(view).toMatchObject({ today: '2026-11-21', day: '2026-11-21' });
    expect(view.totals).toEqual({ matches: 2, forecasts: 2, quality: 2, failed: 0 });
    expect(view.championships.map(({ championship }) => [championship.code, championship.isSample])).toEqual([
      ['E0', false],
      ['X1', true],
    ]);
    expect(view.championships[0]!.championship.name.ru).toBe('Премьер-лига');
    const { forecast } = view.championships[0]!.matches[0]!;
    expect(forecast).toMatchObject({ label: 'A', set80: 6, set90: 7, value: { selection: 'A' } });
    expect(forecast!.value!.edge).toBeCloseTo(0.2, 12);
    expect(forecast!.quality).toMatchObject({ n: 200, hits: 160, since: { n: 40, hits: 31 } });
  });

  test('names the nearest days with matches where it has none', async () => {
    await using home = await openHome((data) => {
      data.addMatch(played);
      data.addMatch({ ...due, day: '2026-11-28' });
    });
    const view = await home.client.today.day({});
    expect(view.totals.matches).toBe(0);
    expect(view.nearest.before).toEqual({
      ...{ day: '2026-11-20', matches: 1, finished: 1, forecasts: 1, quality: 0 },
    });
    expect(view.nearest.after).toMatchObject({ day: '2026-11-28', quality: 1 });
    expect(await home.client.today.calendar({ from: '2026-11-14', until: '2026-11-28' })).toHaveLength(2);
  });

  test('says at which stage a match without a forecast stopped, and counts it as missing', async () => {
    await using home = await openHome((data) => {
      data.addMatch({ ...due, forecast: undefined as never, has: ['standings', 'feature'] });
    });
    const view = await home.client.today.day({});
    expect(view.totals.failed).toBe(1);
    expect(view.championships[0]!.matches[0]!.failure).toEqual({
      stage: 'processing',
      code: 'PREDICTIONS_MISSING',
    });
    expect(await home.client.today.attention()).toContainEqual(
      expect.objectContaining({ kind: 'forecast-missing', count: 1 }),
    );
  });

  test('says an alert once: not also as the trouble that it was raised for, and no more when it was seen', async () => {
    const trouble = `INSERT INTO source_file (source, address, sha256, parser_version, read_at, report)
       VALUES ('football-data', 'a', 'h', 1, 0, '{}')`;
    const alert = `INSERT INTO alert (rule, subject, severity, raised_at, seen_at, detail)
       VALUES ('source-silent', 'football-data', 'critical', 5, 5, '{}')`;
    {
      await using home = await openHome((_, database) => database.sqlite.exec(trouble));
      expect((await home.client.today.attention()).map(({ kind }) => kind)).toEqual(['stale-source']);
    }
    {
      await using home = await openHome((_, database) => database.sqlite.exec(`${trouble}; ${alert}`));
      expect(await home.client.today.attention()).toEqual([
        expect.objectContaining({ kind: 'alert', code: 'source-silent', severity: 'critical', instant: 5 }),
      ]);
    }
    {
      const known = `${trouble}; ${alert}; UPDATE alert SET acknowledged_at = 6`;
      await using home = await openHome((_, database) => database.sqlite.exec(known));
      expect(await home.client.today.attention()).toEqual([]);
    }
  });

  test('puts the last results beside their forecasts and beside what was promised', async () => {
    await using home = await openHome((data) => {
      data.addMatch(played);
      data.addMatch({ ...played, home: 'Cedar', away: 'Dogwood', goals: [0, 0] });
    });
    const results = await home.client.today.results({ before: '2026-11-21' });
    expect(results.day).toBe('2026-11-20');
    expect(results.hits).toMatchObject({ n: 2, hits: 1, share: 0.5, level: 0.95 });
    expect(results.expectedHits).toBeCloseTo(1, 12);
    expect(results.held80).toMatchObject({ n: 2, hits: 1 });
    expect(results.matches.map(({ verdict }) => verdict?.isHit)).toEqual([true, false]);
  });

  test('says nothing was held before a first run, rather than failing', async () => {
    await using home = await openHome();
    expect(await home.client.today.results({ before: '2026-11-21' })).toMatchObject({
      day: null,
      matches: [],
    });
    expect((await home.client.today.day({})).nearest).toEqual({ before: null, after: null });
    expect((await home.client.today.edges({ before: '2026-11-21' })).considered).toBe(0);
  });

  test('counts a claimed value as noise where the fair closing price says there was none', async () => {
    await using home = await openHome((data, database) => {
      database.sqlite.exec(
        "INSERT INTO bookmaker (id, code, name, kind) VALUES (9, 'PS', 'Sharp', 'bookmaker')",
      );
      const close = database.sqlite.prepare(
        `INSERT INTO odds_quote (match_id, market_id, bookmaker_id, phase, instant, price_1, price_2, price_3)
         VALUES (?, 1, 9, 3, 0, ?, 3.4, 4)`,
      );
      // Each claims 0.5 x 2.16 - 1 = 8 % on the home side, which wins.
      const claim = { ...played.forecast, price: [2.16, 3.4, 4] as const };
      close.run(data.addMatch({ ...played, forecast: claim }), 2.16);
      close.run(data.addMatch({ ...played, home: 'Cedar', forecast: claim }), 1.7);
    });
    const { bands, considered } = await home.client.today.edges({ before: '2026-11-21' });
    expect(considered).toBe(2);
    const band = bands.find(({ from }) => from === 0.06)!;
    // The second was confirmed: at 1.7 its fair probability is above 1 / 2.16.
    expect(band.noise).toMatchObject({ n: 2, hits: 1, share: 0.5 });
    expect(band.yield).toMatchObject({ n: 2, mean: expect.closeTo(1.16, 12) });
  });
});

describe('a match', () => {
  test('shows names as they are, whatever they hold', async () => {
    const hostile = '<img src=x onerror=alert(1)>\u202e=cmd()';
    await using home = await openHome((data) => {
      data.addMatch({ ...due, home: hostile });
    });
    const [{ matches }] = (await home.client.today.day({})).championships as never as [
      { matches: [{ matchId: number }] },
    ];
    const shown = await home.client.match.show(matches[0]);
    expect(shown.match.home.name).toBe(hostile);
    expect(shown.fair).toEqual({
      H: expect.closeTo(1 / 3, 9),
      D: expect.closeTo(1 / 3, 9),
      A: expect.closeTo(1 / 3, 9),
    });
    expect(shown.margin).toBeCloseTo(0, 9);
  });

  test('has no grid, no range and no features where none were made, and says so', async () => {
    await using home = await openHome((data) => {
      data.addMatch(due);
    });
    const matchId = 1;
    expect(await home.client.match.joint({ matchId })).toBeNull();
    expect(await home.client.match.ranges({ matchId })).toMatchObject({ n: 0, minimum: 200, ranges: null });
    expect((await home.client.match.features({ matchId })).features).toEqual([]);
    expect((await home.client.match.prices({ matchId })).markets).toEqual([]);
  });

  test('gives a range of fair odds around what such forecasts came to', async () => {
    await using home = await openHome((data) => {
      for (let n = 0; n < 240; n++) {
        const day = new Date(Date.parse('2026-01-01T00:00:00Z') + n * 86_400_000).toISOString().slice(0, 10);
        data.addMatch({
          ...played,
          day,
          home: `Club ${n}`,
          goals: n % 2 === 0 ? [1, 0] : n % 4 === 1 ? [0, 0] : [0, 1],
          forecast: { probabilities: [0.5, 0.25, 0.25] },
        });
      }
      data.addMatch({ ...due, forecast: { probabilities: [0.5, 0.25, 0.25] } });
    });
    const { ranges, n, scope } = await home.client.match.ranges({ matchId: 241 });
    expect([n, scope]).toEqual([240, 'championship']);
    // Half of the 240 were won at home: with one more, 120 or 121 of 241.
    expect(ranges!.H.low).toBeCloseTo(120 / 241, 9);
    expect(ranges!.H.high).toBeCloseTo(121 / 241, 9);
    expect(ranges!.H.shortestOdds).toBeCloseTo(241 / 121, 9);
    expect(ranges!.H.longestOdds).toBeCloseTo(241 / 120, 9);
  });

  test('counts head to head from the view of its home side, earlier meetings alone', async () => {
    await using home = await openHome((data) => {
      data.addMatch(played);
      data.addMatch({ ...played, day: '2026-03-01', home: 'Birch', away: 'Ash', goals: [0, 0] });
      data.addMatch({ ...played, day: '2026-12-01', home: 'Birch', away: 'Ash', goals: [9, 0] });
      data.addMatch(due);
    });
    const meetings = await home.client.match.meetings({ matchId: 4 });
    expect(meetings.matches.map(({ day }) => day)).toEqual(['2026-11-20', '2026-03-01']);
    expect([meetings.home.hits, meetings.draw.hits, meetings.away.hits]).toEqual([0, 1, 1]);
    expect(meetings.goals).toEqual({ home: 0.5, away: 1 });
  });

  test('tells where its forecast comes from, step by step', async () => {
    await using home = await openHome((data) => {
      data.addMatch(due);
    });
    const { steps, citation } = await home.client.match.provenance({ matchId: 1 });
    expect(steps.map(({ step }) => step)).toEqual([
      ...['source', 'features', 'model', 'calibration', 'forecast', 'document'],
    ]);
    expect(steps.find(({ step }) => step === 'model')).toMatchObject({ rows: 3800 });
    expect(citation).toMatchObject({
      forecastId: 1,
      family: 'logistic',
      label: 'A',
      dataHash: expect.any(String),
    });
  });

  test('that nobody knows is a refusal with a code', async () => {
    await using home = await openHome();
    for (const name of ['show', 'joint', 'ranges', 'features', 'ratings', 'explanation', 'prices'] as const) {
      await expect(home.client.match[name]({ matchId: 99 })).rejects.toMatchObject({
        data: { code: 'NOT_FOUND' },
      });
    }
  });
});

describe('a championship', () => {
  test('has its table as of any day, and a season of its own choosing', async () => {
    await using home = await openHome((data) => {
      data.addMatch(played);
      data.addMatch({ ...played, season: '2025/26', day: '2025-11-20', goals: [0, 3] });
      data.addMatch(due);
    });
    const now_ = await home.client.championship.show({ code: 'E0' });
    expect(now_).toMatchObject({
      season: '2026/27',
      asOf: '2026-11-21',
      format: { shape: 'table', upper: 6 },
    });
    expect(now_.table.map(({ team, points }) => [team.name, points])).toEqual([
      ['Ash', 3],
      ['Birch', 0],
    ]);
    expect(now_.next.map(({ day }) => day)).toEqual(['2026-11-21']);
    expect(now_.recent.map(({ day }) => day)).toEqual(['2026-11-20']);
    const before = await home.client.championship.show({ code: 'E0', season: '2025/26', asOf: '2025-11-20' });
    expect(before.table[0]!.team.name).toBe('Birch');
    await expect(home.client.championship.show({ code: 'E9' })).rejects.toMatchObject({
      data: { code: 'NOT_FOUND' },
    });
  });

  test('keeps the record of live forecasts and of replays apart, each figure with its n', async () => {
    await using home = await openHome((data) => {
      data.addMatch(played);
      data.addMatch({
        ...played,
        home: 'Cedar',
        goals: [0, 0],
        forecast: { ...played.forecast, origin: 'replay' },
      });
    });
    const records = await home.client.championship.record({ code: 'E0' });
    expect(records.map(({ origin, season, hits }) => [origin, season, hits.n, hits.hits])).toEqual([
      ['live', null, 1, 1],
      ['live', '2026/27', 1, 1],
      ['replay', null, 1, 0],
      ['replay', '2026/27', 1, 0],
    ]);
    expect(records[0]!.logLoss.mean).toBeCloseTo(-Math.log(0.5), 12);
    expect(records[0]!.againstPrice.price.n).toBe(1);
  });

  test('measures home advantage with its interval', async () => {
    await using home = await openHome((data) => {
      data.addMatch(played);
      data.addMatch({ ...played, home: 'Cedar', goals: [0, 1] });
    });
    const [season] = await home.client.championship.homeAdvantage({ code: 'E0' });
    expect(season).toMatchObject({ season: '2026/27', home: { n: 2, hits: 1 }, away: { hits: 1 } });
    expect(season!.goalDifference).toMatchObject({ n: 2, mean: 0, level: 0.95 });
    expect(season!.goalDifference.high!).toBeCloseTo(1.96, 1);
  });

  test('projects what is certain with certainty, and the same from the same seed', async () => {
    await using home = await openHome((data) => {
      data.addMatch(played);
    });
    const where = { code: 'E0', asOf: '2026-11-21', draws: 200 };
    const one = await home.client.championship.projection(where);
    // Two clubs of twenty: the format's other matches cannot be named, and nothing is simulated.
    expect(one.matches).toEqual({ played: 1, published: 0, modelled: 0, unknown: 379 });
    expect(one.teams.map(({ team, positions }) => [team.name, positions])).toEqual([
      ['Ash', [1, 0]],
      ['Birch', [0, 1]],
    ]);
    expect(await home.client.championship.projection(where)).toEqual(one);
  });
});

describe('a team', () => {
  test('shows where it stands, what comes next and what we said of it', async () => {
    await using home = await openHome((data) => {
      data.addMatch(played);
      data.addMatch(due);
    });
    const shown = await home.client.team.show({ teamId: 1 });
    expect(shown.team.name).toBe('Ash');
    expect(shown.seasons.map(({ season, line }) => [season, line.position, line.points])).toEqual([
      ['2026/27', 1, 3],
    ]);
    expect(shown.next.map(({ day }) => day)).toEqual(['2026-11-21']);
    const { surplus } = await home.client.team.record({ teamId: 1 });
    // Won three points where 3 x 0.5 + 0.3 were expected.
    expect(surplus.find(({ venue }) => venue === 'home')!.points.mean).toBeCloseTo(1.2, 12);
    expect(surplus.find(({ venue }) => venue === 'away')!.points.mean).toBeNull();
  });

  test('knows nothing of its squad until it is told', async () => {
    await using home = await openHome((data) => {
      data.addMatch(played);
    });
    expect(await home.client.team.facts({ teamId: 1 })).toEqual({
      ...{ absences: [], managers: [], squadValues: [], stadium: null, news: [] },
    });
    await expect(home.client.team.facts({ teamId: 99 })).rejects.toMatchObject({
      data: { code: 'NOT_FOUND' },
    });
  });
});
