import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWriter } from '../../../db/client.ts';
import { saveDocument } from '../../../db/storage/football/publisher.ts';
import { createEngineHost, type EngineHost } from '../../../engine/host/engine-host.ts';
import { resolvePaths } from '../../../engine/host/paths.ts';
import { createForecastDatabase } from '../../fixtures/forecast-database.ts';
import { temporaryFolder } from '../../fixtures/temporary.ts';

const folder = temporaryFolder();
const paths = resolvePaths({ home: folder.join('home') });
const now = Date.parse('2026-11-21T09:00:00Z');
let host: EngineHost;

beforeAll(async () => {
  await mkdir(paths.home, { recursive: true });
  using database = openWriter(paths.database, { backups: paths.backups, now: () => now });
  const rows = createForecastDatabase(database);
  rows.addChampionship({ code: 'E0', name: 'Premier League', country: 'England' });
  rows.addChampionship({ code: 'X1', name: 'Sample', isSample: true });
  const [set80, set90] = [1, 3];
  const played = rows.addMatch({
    championship: 'E0',
    day: '2026-11-14',
    time: '15:00',
    home: 'Leeds',
    away: 'Fulham',
    goals: [2, 1],
    forecast: {
      probabilities: [0.6, 0.25, 0.15],
      sets: [set80, set90],
      price: [1.9, 3.5, 5],
      selected: { count: 400, hits: 310, bound: 0.74 },
    },
  });
  rows.addMatch({
    championship: 'X1',
    day: '2026-11-15',
    home: 'Alpha',
    away: 'Beta',
    goals: [0, 0],
    forecast: { probabilities: [0.2, 0.3, 0.5], origin: 'replay', sets: [4, 6], price: [5, 3.5, 1.8] },
  });
  rows.addMatch({
    championship: 'E0',
    day: '2026-11-22',
    time: '12:30',
    home: '<b>Arsenal</b>',
    away: 'Leeds',
    forecast: { probabilities: [0.7, 0.2, 0.1] },
  });
  const outcomeId = database.sqlite
    .prepare<[number], number>('SELECT id FROM outcome WHERE match_id = ?')
    .pluck()
    .get(played)!;
  for (const [kind, day, language, format] of [
    ['digest', '2026-11-14', 'en', 'html'],
    ['digest', '2026-11-21', 'en', 'html'],
    ['digest', '2026-11-21', 'ru', 'md'],
    ['forecast', '2026-11-21', 'en', 'html'],
  ] as const) {
    const path = `${kind}/${day}/regular.${language}.${format}`;
    saveDocument(database, { kind, day, variant: 'regular', language, format, path, sha256: 'x' }, now);
  }
  database.sqlite
    .prepare(
      `INSERT INTO outcome_type (outcome_id, type_code, forecast_type, line, label, probability, window_scope,
         window_count, set_80, set_90, expected, low_80, high_80, low_90, high_90)
       VALUES (?, 5, 'total', 2.5, 'under', 0.55, 'championship', 500, 3, 3, NULL, NULL, NULL, NULL, NULL),
              (?, 8, 'total-amount', 2.5, 'under', 0.55, 'championship', 500, NULL, NULL, 2.4, 1, 3, 0, 5)`,
    )
    .run(outcomeId, outcomeId);
  host = createEngineHost({ paths, clock: { now: () => now }, threads: 1 });
});
afterAll(async () => {
  await host[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

const list = (query: Parameters<EngineHost['client']['forecasts']['list']>[0]) =>
  host.client.forecasts.list(query);

describe('the list of forecasts', () => {
  test('holds every type of every match in the order of the documents, each settled by its own rule', async () => {
    const { total, rows } = await list({});
    expect(total).toBe(5);
    expect(rows.map(({ type, home, isHit }) => [type, home, isHit])).toEqual([
      ['1x2', 'Leeds', true],
      ['total', 'Leeds', false],
      ['total-amount', 'Leeds', false],
      ['1x2', 'Alpha', false],
      ['1x2', '<b>Arsenal</b>', null],
    ]);
    expect(rows[0]).toMatchObject({
      probabilities: [0.6, 0.25, 0.15],
      odds: 1.9,
      held80: true,
      selection: { n: 400, hits: 310, bound: 0.74, sinceN: 40, sinceHits: 31 },
    });
    expect(rows[2]).toMatchObject({ interval80: [1, 3], held80: true, probabilities: null, odds: null });
  });

  test('is narrowed by every part of the filter, and by all of them together', async () => {
    const found = async (query: Parameters<typeof list>[0]) => (await list(query)).rows.length;
    expect(await found({ types: ['total', 'total-amount'] })).toBe(2);
    expect(await found({ types: [] })).toBe(0);
    expect(await found({ state: 'coming' })).toBe(1);
    expect(await found({ state: 'settled', championships: ['X1'] })).toBe(1);
    expect(await found({ origin: 'replay' })).toBe(1);
    expect(await found({ isSelected: true })).toBe(1);
    expect(await found({ isCertain: true, minimumProbability: 0.55 })).toBe(1);
    expect(await found({ minimumProbability: 0.5, maximumProbability: 0.6 })).toBe(3);
    expect(await found({ team: 'leeds' })).toBe(4);
    expect(await found({ team: "'; DROP TABLE match; --" })).toBe(0);
    expect(await found({ from: '2026-11-15', until: '2026-11-22' })).toBe(2);
    expect(await found({ minimumConfidence: 0.9 })).toBe(0);
  });

  test('comes in windows whose total does not change', async () => {
    const first = await list({ order: 'probability', isDescending: true, limit: 2 });
    const second = await list({ order: 'probability', isDescending: true, offset: 2, limit: 2 });
    expect([first.total, second.total]).toEqual([5, 5]);
    expect([...first.rows, ...second.rows].map(({ probability }) => probability)).toEqual([
      0.7, 0.6, 0.55, 0.55,
    ]);
  });

  test('names the days that have forecasts, the newest first', async () => {
    const days = await host.client.forecasts.days({});
    expect(days.map(({ day, selected, isComing }) => [day, selected, isComing])).toEqual([
      ['2026-11-22', 0, true],
      ['2026-11-15', 0, false],
      ['2026-11-14', 1, false],
    ]);
  });
});

describe('what forecasts came to', () => {
  test('is told by championship, type and label, with replays apart from what was said before kick-off', async () => {
    const { records } = await host.client.forecasts.records();
    expect(
      records.map(({ championship, type, label, origin, n, hits }) => [
        championship,
        type,
        label,
        origin,
        n,
        hits,
      ]),
    ).toEqual([
      ['E0', '1x2', 'H', 'live', 1, 1],
      ['E0', 'total', 'under', 'live', 1, 0],
      ['E0', 'total-amount', 'under', 'live', 1, 0],
      ['X1', '1x2', 'A', 'replay', 1, 0],
    ]);
    expect(records[0]).toMatchObject({ lastTen: { n: 1, hits: 1 }, stability: null, meanProbability: 0.6 });
  });

  test('is grouped by type, championship, period and strength, each with its exact interval', async () => {
    const { record } = await host.client.results.record({});
    expect(record.all).toMatchObject({ n: 3, hits: 1 });
    expect(record.live).toBe(2);
    expect(record.byType.map(({ key, n }) => [key, n])).toEqual([
      ['1x2', 2],
      ['total', 1],
      ['total-amount', 1],
    ]);
    expect(record.byStrength.map(({ key, n }) => [key, n])).toEqual([
      ['50', 1],
      ['55', 1],
      ['60', 1],
    ]);
    const [premier] = record.byChampionship;
    expect(premier).toMatchObject({ key: 'E0', name: 'Premier League', n: 2, hits: 1 });
    // Exact 90 % interval of 1 of 2.
    expect(premier!.low).toBeCloseTo(0.02532, 4);
    expect(premier!.high).toBeCloseTo(0.97468, 4);
    expect((await host.client.results.record({ championships: ['none'] })).record.all).toBeNull();
  });

  test('is bet on at prices that somebody offered, and kept for as long as the data stay', async () => {
    const all = await host.client.results.betting({ edge: null });
    expect(all.betting).toMatchObject({ forecasts: 2, withoutPrice: 0, bets: 2 });
    // 0.9 won and 1 lost, of two staked.
    expect(all.betting.record!.yield.value).toBeCloseTo(-0.05, 12);
    expect(all.betting.staking.map(({ plan }) => plan)).toEqual(['flat', 'kelly']);
    expect(all.betting.staking[0]!.actual.at(-1)).toBeCloseTo(0.999, 12);
    // 0.6 x 1.9 is worth 14 %, 0.5 x 1.8 is worth less than its stake.
    expect((await host.client.results.betting({ edge: 0.03 })).betting).toMatchObject({
      bets: 1,
      record: null,
    });
    expect((await host.client.results.betting({ edge: null })).age.madeAt).toBe(all.age.madeAt);
  });

  test('is held against what choosing filters would have promised, even where there is too little', async () => {
    const { curse } = await host.client.results.curse({ minimum: 10 });
    expect(curse).toMatchObject({ trials: 0, best: [], bestExcess: null, luck: null });
    expect(curse.honest).toMatchObject({ target: 0.7, delta: 0.1, selected: 0 });
  });

  test('stands in an account of the selection, filter by filter', async () => {
    const { rows } = await host.client.forecasts.account();
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      sport: 'football',
      type: '1x2',
      from: '2026-07-01',
      until: '2027-07-01',
      promised: { n: 400, hits: 310, bound: 0.74 },
      realised: { n: 1, hits: 1 },
      coming: { n: 1, selected: 0 },
    });
  });
});

describe('a preview of a document', () => {
  const ask = {
    kind: 'forecast',
    day: '2026-11-22',
    variant: 'regular',
    language: 'en',
    format: 'html',
  } as const;
  const text = ({ base64 }: { base64: string }): string => Buffer.from(base64, 'base64').toString('utf8');

  test('is what would be written now where nothing was published, with names as text', async () => {
    const shown = await host.client.forecasts.preview(ask);
    expect(shown).toMatchObject({ isPublished: false, name: 'forecast-2026-11-22-regular.en.html' });
    expect(text(shown)).toContain('&lt;b&gt;Arsenal&lt;/b&gt;');
    const paper = await host.client.forecasts.preview({ ...ask, format: 'pdf' });
    expect(text(paper).startsWith('%PDF')).toBe(true);
  });

  test('is the published file where there is one, and its name leads nowhere else', async () => {
    const place = join(paths.documents, 'forecast', '2026-11-22');
    await mkdir(place, { recursive: true });
    await writeFile(join(place, 'regular.en.html'), 'as published');
    const shown = await host.client.forecasts.preview(ask);
    expect([shown.isPublished, text(shown)]).toEqual([true, 'as published']);
    await expect(host.client.forecasts.preview({ ...ask, format: '../../x' })).rejects.toMatchObject({
      data: { code: 'CONFIGURATION_INVALID' },
    });
  });
});

describe('reports', () => {
  const ask = { kind: 'digest', day: '2026-11-21', language: 'en', format: 'html' } as const;

  test('are listed apart from the documents of a day, the newest first, with what they come as', async () => {
    expect(await host.client.forecasts.reports()).toEqual([
      { kind: 'digest', day: '2026-11-21', languages: ['en', 'ru'], formats: ['html', 'md'] },
      { kind: 'digest', day: '2026-11-14', languages: ['en'], formats: ['html'] },
    ]);
  });

  test('are read as they lie there; one that is gone is said so', async () => {
    await expect(host.client.forecasts.report(ask)).rejects.toMatchObject({ data: { code: 'NOT_FOUND' } });
    await mkdir(join(paths.documents, 'digest', '2026-11-21'), { recursive: true });
    await writeFile(join(paths.documents, 'digest', '2026-11-21', 'regular.en.html'), 'the week');
    const shown = await host.client.forecasts.report(ask);
    expect([shown.name, Buffer.from(shown.base64, 'base64').toString()]).toEqual([
      'digest-2026-11-21.en.html',
      'the week',
    ]);
    await expect(host.client.forecasts.report({ ...ask, format: '../x' })).rejects.toMatchObject({
      data: { code: 'NOT_FOUND' },
    });
  });
});
