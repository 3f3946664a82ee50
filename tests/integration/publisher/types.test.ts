import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWriter, type Database } from '../../../db/client.ts';
import { readDayTypes, readSettledTypes } from '../../../db/queries/football/publisher-types.ts';
import { storeOutcomeTypes, storeSelectionFamilies } from '../../../db/storage/football/joint.ts';
import { renderDay } from '../../../engine/football/publisher/render.ts';
import { createTypeRecord } from '../../../engine/football/publisher/type-record.ts';
import { createForecastDatabase } from '../../fixtures/forecast-database.ts';
import { temporaryFolder } from '../../fixtures/temporary.ts';

const folder = temporaryFolder();
let database: Database;
let outcomeId: number;

const common = {
  pValues: [0.6, 0.15] as const,
  confidence: 0.85,
  credibility: 0.6,
  windowScope: 'championship' as const,
  windowCount: 500,
  sets: [0b01, 0b11] as const,
  expected: null,
  intervals: null,
  selected: null,
};

beforeAll(() => {
  database = openWriter(folder.join('auspex.sqlite'));
  const rows = createForecastDatabase(database);
  rows.addChampionship({ code: 'E0', name: 'Premier League', country: 'England' });
  rows.addMatch({
    championship: 'E0',
    day: '2026-11-21',
    time: '15:00',
    home: 'Arsenal',
    away: 'Fulham',
    goals: [2, 1],
    forecast: { probabilities: [0.6, 0.25, 0.15], sets: [0b001, 0b011] },
  });
  outcomeId = database.sqlite.prepare<[], number>('SELECT max(id) FROM outcome').pluck().get()!;
  const [familyId] = storeSelectionFamilies(
    database,
    [
      {
        sport: 'football',
        forecastType: 'home-scores',
        label: 'yes',
        appliesFrom: '2026-07-01',
        appliesUntil: '2027-07-01',
        target: 0.7,
        delta: 0.1,
        status: 'selected',
        families: 12,
        tried: 60,
        recordFrom: '2024-07-01',
        recordUntil: '2026-06-01',
        recordCount: 3000,
        chosen: { threshold: 0.7, n: 1600, hits: 1200, bound: 0.73 },
        naive: { threshold: 0.65, n: 2000, hits: 1400 },
        dataHash: 'a',
      },
    ],
    0,
  );
  storeOutcomeTypes(database, outcomeId, [
    { ...common, typeCode: 2, forecastType: 'both-score', line: null, label: 'no', probability: 0.55 },
    {
      ...common,
      typeCode: 3,
      forecastType: 'home-scores',
      line: null,
      label: 'yes',
      probability: 0.81,
      selected: { familyId: familyId!, sinceCount: 40, sinceHits: 31 },
    },
    { ...common, typeCode: 5, forecastType: 'total', line: 2.5, label: 'over', probability: 0.52 },
    {
      ...common,
      typeCode: 8,
      forecastType: 'total-amount',
      line: 2.5,
      label: 'over',
      probability: 0.52,
      pValues: null,
      sets: null,
      confidence: null,
      credibility: null,
      expected: 2.71,
      intervals: [1, 4, 0, 5],
    },
  ]);
});

afterAll(() => {
  database.close();
  folder[Symbol.dispose]();
});

async function rendered(kind: 'forecast' | 'outcome') {
  const { files } = await renderDay(database, {
    database: database.path,
    kind,
    day: '2026-11-21',
    championshipIds: [1],
    records: new Map(),
    typeRecords: createTypeRecord().before('2026-11-21'),
    languages: ['en', 'ru'],
    formats: ['html', 'md', 'csv', 'json'],
    oddsFormat: 'decimal',
  });
  return (variant: string, language: string, format: string) =>
    String(
      files.find((file) => file.variant === variant && file.language === language && file.format === format)!
        .content,
    );
}

describe('the forecast types of a match', () => {
  test('stand in a block that opens, each total before its amount', async () => {
    const html = (await rendered('forecast'))('regular', 'en', 'html');
    expect(html).toMatch(/<details><summary>All forecasts of each match/);
    const order = ['BTTS no · 55.0%', 'Over 2.5 · 52.0%', '2.71', 'Home scores · 81.0%'].map((text) =>
      html.indexOf(text),
    );
    expect(order.every((at) => at > 0)).toBe(true);
    expect(order).toEqual([...order].sort((a, b) => a - b));
  });

  test('bear the signs their readers know', async () => {
    const text = (await rendered('forecast'))('regular', 'ru', 'md');
    for (const sign of ['ОЗ нет · 55,0', 'ТБ 2,5 · 52,0', '1 забьёт · 81,0', '1–4'])
      expect(text).toContain(sign);
  });

  test('are settled by the table in the result document, and in no other', async () => {
    const outcome = await rendered('outcome');
    const { rows } = JSON.parse(outcome('regular', 'en', 'json')) as {
      rows: { types: Record<string, Record<string, unknown>> }[];
    };
    const types = rows[0]!.types;
    expect(types['both-score']).toMatchObject({ label: 'no', isHit: false, isIn80: true });
    expect(types['home-scores']).toMatchObject({ isHit: true, isSelected: true, recordHits: 1200 });
    expect(types['total']).toMatchObject({ line: 2.5, isHit: true });
    expect(types['total-amount']).toMatchObject({ expected: 2.71, low80: 1, high80: 4, isIn80: true });
    expect(types['away-total']).toMatchObject({ label: null, isHit: null });
    const forecast = (await rendered('forecast'))('regular', 'en', 'json');
    expect(forecast).not.toContain('isHit');
    expect((await rendered('forecast'))('regular', 'en', 'html')).not.toContain('✓');
  });

  test('that were selected stand in the quality document with the record of their filter', async () => {
    const text = (await rendered('forecast'))('quality', 'en', 'md');
    expect(text).toContain('1 selected forecast of another type');
    expect(text).toContain('1,200 of 1,600 (75.0%)');
    expect(text).toContain('31 of 40');
    expect(text).not.toContain('BTTS');
    // Of the selected alone, whatever their type.
    expect(text).toContain('- Selected: **1**\n- Championships: **1**\n- Hits to be expected: **0.8**');
    expect(text).not.toContain('- Forecasts:');
    expect((await rendered('outcome'))('quality', 'en', 'md')).toContain('✓ hit');
    const { rows } = JSON.parse((await rendered('forecast'))('quality', 'en', 'json')) as { rows: unknown[] };
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      quality: { isSelected: false },
      types: { 'home-scores': { isSelected: true } },
    });
  });

  test('make up a record of earlier days only', () => {
    const record = createTypeRecord();
    record.add(readSettledTypes(database, { from: '2026-11-01', before: '2026-12-01', forecastType: '1x2' }));
    expect(record.before('2026-11-21').size).toBe(0);
    const tallies = record.before('2026-11-22').get(1)!.live;
    expect(tallies.get(2)).toMatchObject({
      count: 1,
      hits: 0,
      expected: 0.55,
      sets80: { count: 1, held: 1 },
    });
    expect(tallies.get(8)).toMatchObject({ hits: 1, lastTen: [true], sets80: { count: 1, held: 1 } });
  });

  test('are never changed once they are published', () => {
    expect(() => database.sqlite.prepare('UPDATE outcome_type SET probability = 0.9').run()).toThrow(
      'immutable',
    );
    expect(readDayTypes(database, [outcomeId]).get(outcomeId)).toHaveLength(4);
  });
});
