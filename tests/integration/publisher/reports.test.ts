import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWriter } from '../../../db/client.ts';
import { reportKinds } from '../../../engine/contract/stages.ts';
import { createEngineHost, type EngineHost } from '../../../engine/host/engine-host.ts';
import { resolvePaths } from '../../../engine/host/paths.ts';
import { createForecastDatabase } from '../../fixtures/forecast-database.ts';
import { temporaryFolder } from '../../fixtures/temporary.ts';
import { htmlProblems } from '../../fixtures/valid-html.ts';
import { markupProblems } from '../../fixtures/well-formed.ts';

const today = '2026-11-21';
const folder = temporaryFolder();
const paths = resolvePaths({ home: folder.path });
let now = Date.parse(`${today}T09:00:00Z`);
let host: EngineHost;

const read = (kind: string, name: string): string =>
  readFileSync(folder.join('documents', kind, today, name), 'utf8');

beforeAll(async () => {
  {
    using database = openWriter(paths.database, { backups: paths.backups, now: () => now });
    const rows = createForecastDatabase(database);
    rows.addChampionship({ code: 'E0', name: 'Premier <League>', country: 'England' });
    const played = (day: string, home: string, goals: readonly [number, number]) =>
      rows.addMatch({
        championship: 'E0',
        day,
        home,
        away: 'Fulham',
        goals,
        forecast: { probabilities: [0.6, 0.25, 0.15], sets: [1, 3] },
      });
    played('2026-10-03', 'Leeds', [2, 0]);
    played('2026-11-14', 'Derby', [1, 0]);
    played('2026-11-20', 'Luton', [0, 1]);
    played(today, 'Today', [3, 0]);
    rows.addMatch({
      championship: 'E0',
      day: '2026-11-24',
      home: 'Coming',
      away: 'Fulham',
      forecast: { probabilities: [0.8, 0.1, 0.1], selected: { count: 400, hits: 310, bound: 0.74 } },
    });
  }
  host = createEngineHost({ paths, clock: { now: () => now }, threads: 1 });
  const { state, errorMessage, result } = await publish({ reports: [...reportKinds] });
  expect([state, errorMessage]).toEqual(['done', null]);
  expect(result).toMatchObject({ reports: 36 });
});

async function publish(parameters: Record<string, unknown>) {
  const given = { scope: 'today', date: today, ...parameters };
  const { runId } = await host.client.runs.start({ stage: 'publisher', parameters: given });
  return await host.context.runs().finished(runId);
}
afterAll(async () => {
  await host[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

describe('reports', () => {
  test('are written in both languages and every usual format, as well-formed pages', () => {
    for (const kind of ['digest', 'all-time', 'model-card']) {
      for (const language of ['en', 'ru']) {
        expect(markupProblems(read(kind, `regular.${language}.html`))).toEqual([]);
        expect(htmlProblems(read(kind, `regular.${language}.html`))).toEqual([]);
        expect(htmlProblems(read(kind, `regular.${language}.mail.html`), 'mail')).toEqual([]);
        for (const format of ['md', 'csv', 'json', 'txt', 'mail.html'])
          expect(existsSync(folder.join('documents', kind, today, `regular.${language}.${format}`))).toBe(
            true,
          );
      }
    }
  });

  test('of the week tell the seven days before, not the day itself, and what is selected for the next', () => {
    const text = read('digest', 'regular.en.txt');
    expect(text).toContain('14 Nov 2026 – 20 Nov 2026');
    expect(text).toContain('Matches: 2');
    expect(text).toContain('Came true: 1 of 2 (50.0%)');
    expect(text).toContain(
      'Coming – Fulham: Day 24 Nov 2026 | Forecast Result: 1 | Probability 80.0% | Fair odds 1.25',
    );
    expect(text).not.toContain('Today');
  });

  test('of all time count everything settled before the day, with its exact interval', () => {
    const { rows } = JSON.parse(read('all-time', 'regular.en.json')) as {
      rows: { by: string; n: number; hits: number }[];
    };
    expect(rows.find(({ by }) => by === 'type')).toMatchObject({ n: 3, hits: 2 });
    expect(read('all-time', 'regular.en.txt')).toContain('90% interval 13.5% – 98.3%');
    expect(read('all-time', 'regular.ru.md')).toContain('Десять самых удачных матчей');
  });

  test('of the models say what they learned from and where they end', () => {
    const card = read('model-card', 'regular.en.md');
    expect(card).toContain('Logistic');
    expect(card).toContain('3,800');
    expect(card).toContain('Where they end');
  });

  test('keep names as text', () => {
    expect(read('digest', 'regular.en.html')).toContain('Premier &lt;League&gt;');
  });

  test('are documents like those of a day: listed, indexed, and the same when they are made again', async () => {
    const listed = await host.client.system.documents({ limit: 1000 });
    const kinds = new Set(listed.map(({ kind }) => kind));
    expect([...kinds].sort()).toEqual(['all-time', 'digest', 'forecast', 'model-card', 'outcome']);
    expect(listed).toContainEqual(expect.objectContaining({ path: `digest/${today}/regular.en.html` }));
    expect(read('digest', 'index.html')).toContain('regular.ru.md');
    const index = readFileSync(folder.join('documents', 'index.html'), 'utf8');
    expect(index).toContain(`digest/${today}/regular.en.html`);
    expect(index).toContain(`model-card/${today}/regular.ru.html`);

    const before = read('digest', 'regular.en.html');
    now += 3_600_000;
    expect(await publish({ reports: ['digest', 'all-time', 'model-card'] })).toMatchObject({ state: 'done' });
    expect(read('digest', 'regular.en.html')).toBe(before);
  });

  test('of an evaluation need one with its details, and say so until there is one', async () => {
    const { runId } = await host.client.runs.start({
      stage: 'publisher',
      parameters: { scope: 'today', date: today, reports: ['evaluation'] },
    });
    expect((await host.context.runs().finished(runId)).state).toBe('done');
    const { log } = await host.client.runs.show({ runId });
    expect(log.some(({ message }) => message.includes('no evaluation with details'))).toBe(true);
  });

  test('go to the channels that name them, each once', async () => {
    const settings = { folder: folder.join('shelf'), documents: ['model-card/regular'], languages: ['ru'] };
    await host.client.channels.put({ name: 'shelf', kind: 'folder', settings });
    expect(await host.client.channels.send({ day: today })).toMatchObject({ queued: 1, sent: 1 });
    expect(await host.client.channels.send({ day: today })).toMatchObject({ queued: 0 });
    expect(existsSync(folder.join('shelf', 'model-card', today, 'regular.ru.html'))).toBe(true);
  });

  test('and all documents come in the languages and the zone of the settings, unless others are asked for', async () => {
    await host.client.settings.set({ key: 'documents.languages', value: 'ru' });
    await host.client.settings.set({ key: 'documents.zone', value: 'Asia/Tokyo' });
    expect(await publish({ reports: ['digest'] })).toMatchObject({ result: { reports: 6 } });
    expect(readFileSync(folder.join('documents', 'outcome', today, 'regular.ru.html'), 'utf8')).toContain(
      'GMT+9',
    );
    const { result } = await publish({ reports: ['digest'], languages: ['en', 'ru'], zone: 'UTC' });
    expect(result).toMatchObject({ reports: 12 });
  });

  test('and in the formats of the settings, with what a channel sends where there is one', async () => {
    const formatsMade = async (): Promise<string[]> => {
      rmSync(folder.join('documents'), { recursive: true });
      await publish({ languages: ['en'] });
      return readdirSync(folder.join('documents', 'outcome', today))
        .flatMap((name) => /^regular\.en\.(.+)$/.exec(name)?.[1] ?? [])
        .sort();
    };
    await host.client.settings.set({ key: 'documents.formats', value: 'ics, html' });
    expect(await formatsMade()).toEqual(['html', 'ics', 'mail.html', 'png', 'txt']);
    await host.client.channels.remove({ name: 'shelf' });
    expect(await formatsMade()).toEqual(['html', 'ics']);
    const refused = host.client.settings.set({ key: 'documents.formats', value: 'html, docx' });
    await expect(refused).rejects.toThrow('expected some of these');
  });
});
