import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import papaparse from 'papaparse';
import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openWriter } from '../../../db/client.ts';
import { readDocuments } from '../../../db/queries/football/publisher.ts';
import { readRun } from '../../../db/queries/runs.ts';
import { publisherParameters } from '../../../engine/contract/stages.ts';
import { allFormats } from '../../../engine/documents/registry.ts';
import type { PublisherReport } from '../../../engine/football/publisher/stage.ts';
import { publisher } from '../../../engine/football/publisher/stage.ts';
import { Consumer } from '../../../engine/runtime/consumer.ts';
import { RunService } from '../../../engine/runtime/runs.ts';
import { defineStage } from '../../../engine/runtime/stage.ts';
import { createForecastDatabase } from '../../fixtures/forecast-database.ts';
import { hostileNames } from '../../fixtures/hostile-names.ts';
import { temporaryFolder } from '../../fixtures/temporary.ts';
import { htmlProblems } from '../../fixtures/valid-html.ts';
import { markupProblems } from '../../fixtures/well-formed.ts';

const today = '2026-11-21';
const yesterday = '2026-11-20';

/** Threads take longer to start than a day to publish, so all tests share theirs. */
const consumer = new Consumer({ threads: 1 });
afterAll(() => consumer[Symbol.asyncDispose]());

/** A home with a database, and the publisher on it behind real runs and a real worker thread. */
function pressRoom() {
  const folder = temporaryFolder();
  const database = openWriter(folder.join('auspex.sqlite'));
  const clock = { time: Date.parse(`${today}T09:00:00Z`), now: () => clock.time };
  const registry = { publisher: defineStage(publisherParameters, publisher) };
  const runs = new RunService({ database, consumer, registry, clock, zone: () => 'UTC' });
  const documents = (path: string): string => folder.join('documents', ...path.split('/'));
  return {
    database,
    clock,
    rows: createForecastDatabase(database),
    async publish(parameters: Record<string, unknown> = {}) {
      const run = await runs.finished(runs.start('publisher', parameters).id);
      return { run, report: run.result as PublisherReport, log: readRun(database, run.id).log };
    },
    documents,
    read: (path: string): string => readFileSync(documents(path), 'utf8'),
    json: (path: string) =>
      JSON.parse(readFileSync(documents(path), 'utf8')) as {
        rows: Record<string, never>[];
        failures: unknown[];
      },
    async [Symbol.asyncDispose]() {
      await runs[Symbol.asyncDispose]();
      database.close();
      folder[Symbol.dispose]();
    },
  };
}

type PressRoom = ReturnType<typeof pressRoom>;

/** Yesterday one hit made before kick-off and one replayed miss; today one selected forecast and one plain one. */
function fillTwoDays({ rows }: PressRoom): void {
  rows.addChampionship({ code: 'E0', name: 'Premier League', country: 'England', zone: 'Europe/London' });
  rows.addChampionship({ code: 'S1', name: 'Sample League', country: 'Sampleland', isSample: true });
  const season = { championship: 'E0', time: '15:00' };
  rows.addMatch({ ...season, day: '2026-11-01', home: 'Ash', away: 'Birch', goals: [1, 1] });
  rows.addMatch({
    ...season,
    day: yesterday,
    home: 'Ash',
    away: 'Cedar',
    goals: [2, 0],
    forecast: { probabilities: [0.6, 0.25, 0.15], sets: [0b001, 0b011] },
  });
  rows.addMatch({
    ...season,
    day: yesterday,
    home: 'Birch',
    away: 'Elm',
    goals: [0, 1],
    forecast: { probabilities: [0.5, 0.3, 0.2], origin: 'replay', sets: [0b011, 0b111] },
  });
  rows.addMatch({
    ...season,
    day: today,
    home: 'Cedar',
    away: 'Birch',
    forecast: {
      probabilities: [0.7, 0.2, 0.1],
      sets: [0b001, 0b001],
      price: [1.4, 4.9, 9.5],
      selected: { count: 1040, hits: 812, bound: 0.754 },
    },
  });
  rows.addMatch({
    championship: 'S1',
    day: today,
    home: 'Port Alder',
    away: 'Lindenau',
    forecast: { probabilities: [0.3, 0.3, 0.4] },
  });
}

describe('the sports of a day', () => {
  test.each([
    [['football'], 'FOOTBALL FORECASTS', ['⚽ Football - E0 · E0']],
    [['ice-hockey'], 'ICE HOCKEY FORECASTS', ['🏒 Ice hockey - E0 · E0']],
    [['football', 'ice-hockey'], 'FORECASTS', ['⚽ Football - E0 · E0', '🏒 Ice hockey - E1 · E1']],
  ] as const)('%j are named in title and matches', async (sports, title, marks) => {
    await using room = pressRoom();
    sports.forEach((sport, at) => {
      const code = `E${at}`;
      room.rows.addChampionship({ code, sport });
      const match = { championship: code, day: today, home: `Ash ${at}`, away: `Birch ${at}` };
      room.rows.addMatch({ ...match, forecast: { probabilities: [0.5, 0.3, 0.2] } });
    });
    await room.publish({ scope: 'today', formats: ['txt', 'json'] });
    const page = room.read(`forecast/${today}/regular.en.txt`);
    expect(page.startsWith(`${title} - `)).toBe(true);
    expect(page.match(/^(⚽|🏒).*$/gmu)).toEqual(marks);
    expect(room.json(`forecast/${today}/regular.en.json`).rows).toMatchObject(
      sports.map((sport) => ({ championship: { sport } })),
    );
  });
});

describe('publishing today', () => {
  test('makes the forecast of today and the results of today and yesterday in every format and language', async () => {
    await using room = pressRoom();
    fillTwoDays(room);
    const { run, report } = await room.publish({ scope: 'today' });
    expect(run.state).toBe('done');
    expect(report).toMatchObject({ days: 3, files: 72, written: 72, failed: 0, missing: {} });
    const names = ['csv', 'html', 'json', 'mail.html', 'md', 'txt'].flatMap((format) =>
      ['quality', 'regular'].flatMap((variant) =>
        ['en', 'ru'].map((language) => `${variant}.${language}.${format}`),
      ),
    );
    for (const day of [`forecast/${today}`, `outcome/${today}`, `outcome/${yesterday}`]) {
      expect(readdirSync(room.documents(day)).sort()).toEqual(['index.html', ...names].sort());
      for (const name of names.filter((file) => file.endsWith('.html'))) {
        const page = room.read(`${day}/${name}`);
        // A mail keeps a place for its picture, as a comment.
        expect(markupProblems(page.replace('<!--card-->', ''))).toEqual([]);
        expect(htmlProblems(page, name.endsWith('.mail.html') ? 'mail' : 'page'), name).toEqual([]);
      }
      expect(htmlProblems(room.read(`${day}/index.html`))).toEqual([]);
    }
    expect(htmlProblems(room.read('index.html'))).toEqual([]);
  });

  test('each file has a row with its path and the hash of its content', async () => {
    await using room = pressRoom();
    fillTwoDays(room);
    await room.publish({ scope: 'today', languages: ['ru'], formats: ['md', 'csv'] });
    const rows = readDocuments(room.database);
    expect(rows).toHaveLength(12);
    for (const row of rows)
      expect(createHash('sha256').update(room.read(row.path)).digest('hex')).toBe(row.sha256);
  });

  test('without matches today it is the next day with forecasts', async () => {
    await using room = pressRoom();
    room.rows.addChampionship({ code: 'E0' });
    room.rows.addMatch({
      championship: 'E0',
      day: '2026-11-28',
      home: 'Ash',
      away: 'Birch',
      forecast: { probabilities: [0.5, 0.3, 0.2] },
    });
    await room.publish({ scope: 'today' });
    expect(readdirSync(room.documents('forecast'))).toEqual(['2026-11-28']);
    expect(existsSync(room.documents('outcome'))).toBe(false);
  });

  test('an unknown championship and an unknown format are refused', async () => {
    await using room = pressRoom();
    fillTwoDays(room);
    expect((await room.publish({ championships: ['E0', 'X9'] })).run.errorCode).toBe('NOT_FOUND');
    expect((await room.publish({ formats: ['docx'] })).run.errorCode).toBe('CONFIGURATION_INVALID');
  });
});

describe('publishing again', () => {
  test('changes no file and no row, whatever the clock says', async () => {
    await using room = pressRoom();
    fillTwoDays(room);
    await room.publish();
    const before = readDocuments(room.database);
    const times = before.map((row) => statSync(room.documents(row.path)).mtimeMs);
    room.clock.time += 3_600_000;
    const { report } = await room.publish();
    expect(report).toMatchObject({ files: before.length, written: 0 });
    expect(before.map((row) => statSync(room.documents(row.path)).mtimeMs)).toEqual(times);
    expect(room.database.sqlite.prepare('SELECT count(DISTINCT made_at) FROM document').pluck().get()).toBe(
      1,
    );
  });

  test('writes a file that was deleted again, and what a result changed, which is no forecast', async () => {
    await using room = pressRoom();
    fillTwoDays(room);
    await room.publish({ scope: 'today', formats: ['json'], languages: ['en'] });
    const forecast = room.read(`forecast/${today}/regular.en.json`);
    rmSync(room.documents(`forecast/${today}/regular.en.json`));
    room.database.sqlite
      .prepare(
        "UPDATE match SET status = 'finished', home_goals = 1, away_goals = 0, result_known_at = kick_off + 1 WHERE match_day = ? AND kick_off_precision = 'day'",
      )
      .run(today);
    const { report } = await room.publish({ scope: 'today', formats: ['json'], languages: ['en'] });
    expect(report.written).toBe(2);
    expect(room.read(`forecast/${today}/regular.en.json`)).toBe(forecast);
    expect(room.read(`outcome/${today}/regular.en.json`)).toContain('"homeGoals": 1');
  });

  test('a narrower run leaves the documents of the others as they were', async () => {
    await using room = pressRoom();
    fillTwoDays(room);
    await room.publish();
    expect((await room.publish({ championships: ['E0'] })).report.written).toBe(0);
  });

  test('a moved match leaves no document behind that still claims it', async () => {
    await using room = pressRoom();
    fillTwoDays(room);
    await room.publish({ formats: ['md'], languages: ['en'] });
    room.database.sqlite.prepare("UPDATE match SET match_day = '2026-11-22' WHERE match_day = ?").run(today);
    await room.publish({ formats: ['md'], languages: ['en'] });
    expect(room.read(`forecast/${today}/regular.en.md`)).not.toContain('Port Alder');
    expect(room.read('forecast/2026-11-22/regular.en.md')).toContain('Port Alder');
  });
});

describe('the forecast document', () => {
  test('shows the forecast that counts: made before kick-off, the newest', async () => {
    await using room = pressRoom();
    fillTwoDays(room);
    const { sqlite } = room.database;
    const id = sqlite.prepare<[], number>('SELECT max(match_id) FROM outcome').pluck().get() ?? 0;
    const match = { id, championship: 'S1', day: today };
    const midnight = Date.parse(`${today}T00:00:00Z`);
    room.rows.addForecast(match, { probabilities: [0.2, 0.2, 0.6], madeAt: midnight + 7_200_000 });
    room.rows.addForecast(match, {
      probabilities: [0.9, 0.05, 0.05],
      origin: 'replay',
      madeAt: midnight * 2,
    });
    await room.publish({ scope: 'today' });
    const { rows } = room.json(`forecast/${today}/regular.en.json`);
    expect(rows).toHaveLength(2);
    expect(rows.find((row) => row['home'] === 'Port Alder')).toMatchObject({
      probability: { home: 0.2, draw: 0.2, away: 0.6 },
      label: { class: 'A', sign: '2' },
      forecast: { origin: 'live' },
      set80: { mask: null, sign: null },
    });
  });

  test('marks samples, replays and selected forecasts, and says what sets mean, in both languages', async () => {
    await using room = pressRoom();
    fillTwoDays(room);
    await room.publish({ scope: 'today' });
    const english = room.read(`forecast/${today}/regular.en.md`);
    expect(english).toContain('contains sample data');
    expect(english).toContain('812 of 1,040 (78.1%)');
    expect(english).toContain('at least 75.4%, 90% sure');
    expect(english).toContain('Europe/London (GMT+0)');
    expect(english).toContain('time not known');
    expect(english).toContain('not enough history');
    expect(english).toContain('Over the long run');
    expect(room.read(`outcome/${yesterday}/regular.en.html`)).toContain(
      'replayed, not counted in the record',
    );
    const russian = room.read(`forecast/${today}/regular.ru.md`);
    expect(russian).toContain('П1 70,0');
    expect(russian).toContain('победа хозяев');
  });

  test('holds only the selected forecasts in the quality variant, and says why when there are none', async () => {
    await using room = pressRoom();
    fillTwoDays(room);
    await room.publish({ scope: 'today' });
    const { rows } = room.json(`forecast/${today}/quality.en.json`);
    expect(rows.map((row) => row['home'])).toEqual(['Cedar']);
    expect(room.read(`outcome/${yesterday}/quality.en.md`)).toContain('None of the 2 forecasts');
  });

  test('the record counts forecasts made before kick-off and keeps replays apart', async () => {
    await using room = pressRoom();
    fillTwoDays(room);
    await room.publish({ scope: 'today', formats: ['md'], languages: ['en'] });
    const text = room.read(`forecast/${today}/regular.en.md`);
    const [, live = '', replay = ''] = text.split(/\*\*Record before|\*\*Replayed past/);
    expect(live).toContain('1 of 1 (100.0%)');
    expect(replay).toContain('0 of 1 (0.0%)');
    expect(text).toContain('Results so far: 1 33.3% · X 33.3% · 2 33.3% (3 matches)');
  });
});

describe('the outcome document', () => {
  test('shows results beside unchanged forecasts, with hits and held sets counted by origin', async () => {
    await using room = pressRoom();
    fillTwoDays(room);
    await room.publish({ scope: 'today' });
    const { rows } = room.json(`outcome/${yesterday}/regular.en.json`);
    expect(rows).toMatchObject([
      {
        home: 'Ash',
        probability: { home: 0.6, draw: 0.25, away: 0.15 },
        result: {
          homeGoals: 2,
          awayGoals: 0,
          class: 'H',
          isHit: true,
          probability: 0.6,
          baseRate: 0,
          isInSet80: true,
        },
      },
      { home: 'Birch', result: { class: 'A', isHit: false, isInSet80: false, isInSet90: true } },
    ]);
    const text = room.read(`outcome/${yesterday}/regular.en.md`);
    expect(text).toContain('- Hits: **1 of 1**');
    expect(text).toMatch(/made before kick-off \| 1 \| 1 of 1 \(100\.0%\) \| 0\.6 \|/);
    expect(text).toMatch(/replayed, not counted \| 1 \| 0 of 1 \(0\.0%\) \| 0\.5 \|/);
  });

  test('waits for results that are not there, and does not count awarded ones', async () => {
    await using room = pressRoom();
    room.rows.addChampionship({ code: 'E0' });
    const match = { championship: 'E0', day: today, forecast: { probabilities: [0.5, 0.3, 0.2] as const } };
    room.rows.addMatch({ ...match, home: 'Ash', away: 'Birch' });
    room.rows.addMatch({ ...match, home: 'Cedar', away: 'Elm', status: 'awarded', goals: [3, 0] });
    await room.publish({ scope: 'today', formats: ['md', 'json'], languages: ['en'] });
    const text = room.read(`outcome/${today}/regular.en.md`);
    expect(text).toContain('awaited');
    expect(text).toContain('awarded, not counted');
    expect(text).toContain('- Hits: **–**');
    expect(room.json(`outcome/${today}/regular.en.json`).rows).toMatchObject([
      { result: { isHit: null } },
      { result: { isHit: null, homeGoals: 3 } },
    ]);
  });
});

describe('a due match that lacks what a stage needs', () => {
  test('stands in the list of failures with stage and code, and once in the log', async () => {
    await using room = pressRoom();
    const { rows } = room;
    rows.addChampionship({ code: 'E0' });
    const match = { championship: 'E0', day: today };
    rows.addMatch({ ...match, home: 'A1', away: 'B1' });
    rows.addMatch({ ...match, home: 'A2', away: 'B2', has: ['standings'] });
    rows.addMatch({ ...match, home: 'A3', away: 'B3', has: ['standings', 'feature'] });
    rows.addMatch({
      ...match,
      home: 'A4',
      away: 'B4',
      has: ['standings', 'feature', 'prediction'],
      goals: [1, 0],
    });
    rows.addMatch({ ...match, home: 'A5', away: 'B5', status: 'postponed' });
    const { run, report, log } = await room.publish({ scope: 'today' });
    const codes = ['STANDINGS_MISSING', 'FEATURES_MISSING', 'PREDICTIONS_MISSING', 'OUTCOMES_MISSING'];
    expect(run.state).toBe('done');
    expect(report.missing).toEqual(Object.fromEntries(codes.map((code) => [code, 1])));
    expect(
      log
        .filter((line) => line.level === 'error')
        .map((line) => line.code)
        .sort(),
    ).toEqual([...codes].sort());
    for (const path of [`forecast/${today}`, `outcome/${today}`]) {
      for (const variant of ['regular', 'quality']) {
        expect(room.json(`${path}/${variant}.en.json`).failures).toMatchObject(
          codes.map((code, index) => ({ names: [`A${index + 1}`, `B${index + 1}`], code })),
        );
        for (const code of codes)
          expect(room.read(`${path}/${variant}.ru.html`)).toContain(`<code>${code}</code>`);
      }
    }
    const csv = papaparse.parse<string[]>(room.read(`forecast/${today}/regular.en.csv`), {
      skipEmptyLines: true,
    });
    expect(csv.data.slice(1).map((row) => row.at(-1))).toEqual([...codes, '']);
  });
});

describe('hostile names from a source', () => {
  test('are published as text', async () => {
    await using room = pressRoom();
    const [league, ...teams] = hostileNames.map(([, name]) => name);
    room.rows.addChampionship({ code: 'E0', name: league ?? '', country: teams[0] ?? '' });
    for (let index = 0; index + 1 < teams.length; index += 2)
      room.rows.addMatch({
        championship: 'E0',
        day: today,
        home: teams[index] ?? '',
        away: teams[index + 1] ?? '',
        ...(index === 0 ? {} : { forecast: { probabilities: [0.5, 0.3, 0.2] } }),
      });
    const { report } = await room.publish({ scope: 'today' });
    expect(report).toMatchObject({ failed: 0, missing: { STANDINGS_MISSING: 1 } });
    for (const name of ['regular.en.html', 'regular.ru.html', 'quality.en.html'])
      expect(markupProblems(room.read(`forecast/${today}/${name}`))).toEqual([]);
  });
});

describe('the range of fair odds', () => {
  test('stands in a forecast document once 200 forecasts are settled, holds the forecast, and is told in data', async () => {
    await using room = pressRoom();
    fillTwoDays(room);
    const asked = { scope: 'today', formats: ['md', 'json'], languages: ['en'] };
    await room.publish(asked);
    const name = `forecast/${today}/regular.en`;
    expect(room.read(`${name}.md`)).not.toContain('Fair odds range');
    for (let at = 0; at < 200; at++) {
      const day = new Date(Date.UTC(2025, 0, 1 + at)).toISOString().slice(0, 10);
      room.rows.addMatch({
        championship: 'S1',
        season: '2024/25',
        day,
        home: `Home ${at}`,
        away: `Away ${at}`,
        goals: [at % 2, at % 5 === 0 ? 1 : 0],
        forecast: { probabilities: at % 3 === 0 ? [0.7, 0.2, 0.1] : [0.4, 0.3, 0.3] },
      });
    }
    await room.publish(asked);
    expect(room.read(`${name}.md`)).toContain('Fair odds range');
    const { rows } = JSON.parse(room.read(`${name}.json`)) as {
      rows: { probabilityRange: { home: { low: number; high: number } } }[];
    };
    for (const { probabilityRange } of rows.filter(({ probabilityRange: { home } }) => home.low !== null)) {
      expect(probabilityRange.home.high).toBeGreaterThan(probabilityRange.home.low);
    }
    expect(rows.some(({ probabilityRange: { home } }) => home.low !== null)).toBe(true);
    expect(room.read(`outcome/${today}/regular.en.md`)).not.toContain('Fair odds range');
  });
});

describe('prices and hours', () => {
  test('are written as asked, and data keep decimal odds and UTC', async () => {
    await using room = pressRoom();
    fillTwoDays(room);
    const asked = { scope: 'today', formats: ['md', 'csv'], languages: ['en'] };
    await room.publish(asked);
    const name = `forecast/${today}/regular.en`;
    const [page, data] = [room.read(`${name}.md`), room.read(`${name}.csv`)];
    await room.publish({ ...asked, odds: 'fractional', zone: 'Asia/Tokyo' });
    expect(room.read(`${name}.md`)).toMatch(/ · \d+\/\d+ · /);
    expect(room.read(`${name}.md`)).toContain('Asia/Tokyo');
    expect(page).not.toContain('Asia/Tokyo');
    const instants = (text: string) => text.match(/\d{4}-\d\d-\d\dT[\d:.]+Z/g);
    expect(instants(room.read(`${name}.csv`))).toEqual(instants(data));
    await expect(room.publish({ ...asked, zone: 'Moon/Base' })).rejects.toThrow(/such as Europe\/London/);
  });
});

describe('formats that are asked for', () => {
  test('are all written, and a second run writes none of them again', async () => {
    await using room = pressRoom();
    fillTwoDays(room);
    const everything = { scope: 'today', formats: [...allFormats], languages: ['ru'] };
    const { report } = await room.publish(everything);
    expect(report.written).toBe(report.files);
    for (const format of allFormats) {
      expect([format, existsSync(room.documents(`forecast/${today}/regular.ru.${format}`))]).toEqual([
        format,
        true,
      ]);
    }
    const bytes = readFileSync(room.documents(`forecast/${today}/regular.ru.pdf`));
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    expect((await room.publish(everything)).report.written).toBe(0);
  });
});

describe('the schema of the JSON', () => {
  const given = readFileSync('resources/schemas/document-1.json', 'utf8');
  const described = JSON.parse(given) as { properties: { rows: { items: SchemaNode } } };

  test('describes every key of a match, and what is published keeps to it', async () => {
    await using room = pressRoom();
    fillTwoDays(room);
    await room.publish({ scope: 'today', languages: ['en'] });
    const schema = z.fromJSONSchema(JSON.parse(given) as z.core.JSONSchema.JSONSchema);
    for (const name of [
      `forecast/${today}/regular`,
      `forecast/${today}/quality`,
      `outcome/${today}/regular`,
    ]) {
      const content = JSON.parse(room.read(`${name}.en.json`)) as { rows: object[]; kind: unknown };
      expect(schema.safeParse(content).error).toBeUndefined();
      expect(schema.safeParse({ ...content, kind: 1 }).success).toBe(false);
      expect(content.rows.length).toBeGreaterThan(0);
      for (const row of content.rows) expect(unknownKeys(row, described.properties.rows.items)).toEqual([]);
    }
  });
});

interface SchemaNode {
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly additionalProperties?: unknown;
}

/** The keys that a schema says nothing of; what it leaves open by a rule of its own counts as described. */
function unknownKeys(value: object, { properties = {}, additionalProperties }: SchemaNode): string[] {
  if (typeof additionalProperties === 'object') return [];
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) => {
    const node = properties[key];
    if (!node) return [key];
    return typeof inner === 'object' && inner !== null ? unknownKeys(inner, node) : [];
  });
}
