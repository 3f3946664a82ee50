import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { readHistory } from '../../../db/queries/football/calculation.ts';
import { askModel } from '../../../engine/football/getting/sources/news/model-scorer.ts';
import { openSettings } from '../../../engine/runtime/settings.ts';
import { gettingWorkshop, present } from '../../fixtures/getting.ts';

const matches = 'Div,Date,HomeTeam,AwayTeam,FTHG,FTAG,FTR\nE0,03/02/2024,Arsenal,Fulham,2,1,H\n';
const feed = (items: string) => `<rss version="2.0"><channel>${items}</channel></rss>`;
const item = (guid: string, title: string) => `<item><guid>${guid}</guid><title>${title}</title></item>`;

type Reply = (body: string) => { readonly status: number; readonly body: string; readonly location?: string };

/** A server on loopback that answers whatever is asked. */
async function server(reply: Reply) {
  const asked: string[] = [];
  const made = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      asked.push(body);
      const answer = reply(body);
      response
        .writeHead(answer.status, answer.location ? { location: answer.location } : {})
        .end(answer.body);
    });
  });
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve));
  return {
    asked,
    address: `http://127.0.0.1:${(made.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      made.closeAllConnections();
      await new Promise((resolve) => made.close(resolve));
    },
  };
}

const says = (content: string) => ({
  status: 200,
  body: JSON.stringify({ choices: [{ message: { content } }] }),
});

async function workshopWithMatches() {
  const workshop = gettingWorkshop();
  workshop.file('E0/2324.csv', matches);
  await workshop.get();
  return workshop;
}

describe('what is known of teams', () => {
  test('comes in by tables, once, and reaches the history in order of time', async () => {
    await using workshop = await workshopWithMatches();
    const mapping = workshop.file(
      'absences.json',
      JSON.stringify({
        kind: 'absence',
        championship: { code: 'E0' },
        columns: { team: 'Club', knownAt: 'Seen', player: 'Player', reason: 'Why', backAt: 'Back' },
      }),
    );
    const head = 'Club,Seen,Player,Why,Back\n';
    const from = workshop.file('absences.csv', `${head}Arsenal,2024-02-01,A. One,injury,\n`);
    const get = () => workshop.get({ source: 'facts', from, mapping });
    expect((await get()).totals).toMatchObject({ new: 1, changed: 0 });
    expect((await get()).totals.files.unchanged).toBe(1);
    workshop.file('absences.csv', `${head}Arsenal,2024-02-01,A. One,injury,2024-02-20\n`);
    expect((await get()).totals).toMatchObject({ new: 0, changed: 1 });
    const { facts, clubNames } = readHistory(workshop.database, 1);
    expect(facts.map(({ kind, knownAt, club }) => [kind, knownAt, clubNames[club]])).toEqual([
      ['absence', Date.UTC(2024, 1, 2), 'Arsenal'],
      ['return', Date.UTC(2024, 1, 20), 'Arsenal'],
    ]);
  });

  test('waits for an alias where a name is not known, and nothing of the file is kept', async () => {
    await using workshop = await workshopWithMatches();
    const mapping = workshop.file(
      'managers.json',
      JSON.stringify({
        kind: 'manager',
        championship: { code: 'E0' },
        columns: { team: 'T', knownAt: 'D', name: 'N' },
      }),
    );
    const from = workshop.file(
      'managers.csv',
      'T,D,N\nFulham,2024-01-01,M. One\nFullham,2024-01-02,M. Two\n',
    );
    const answer = await workshop.get({ source: 'facts', from, mapping });
    expect(answer).toMatchObject({ state: 'failed', errorCode: 'TEAM_UNRESOLVED' });
    expect(answer.errorMessage).toContain('Fullham (Fulham');
    expect(workshop.rows('SELECT * FROM manager')).toEqual([]);
    expect(workshop.rows('SELECT name FROM team_unresolved')).toEqual([{ name: 'Fullham' }]);
  });
});

describe('news', () => {
  test('are fetched by address, kept as first seen, and scored by the lexicon', async () => {
    let items = item('1', 'Arsenal celebrate a superb victory');
    await using site = await server(() => ({ status: 200, body: feed(items) }));
    await using workshop = await workshopWithMatches();
    const mapping = workshop.file(
      'feeds.json',
      JSON.stringify({ feeds: [{ championship: 'E0', team: 'Arsenal', address: site.address }] }),
    );
    const get = () => workshop.get({ source: 'news', from: undefined, mapping });
    expect((await get()).totals).toMatchObject({ new: 1 });
    items = item('1', 'Rewritten: a dismal defeat') + item('2', 'Saka out with a knee injury');
    workshop.clock.time = present + 3_600_000;
    expect((await get()).totals).toMatchObject({ new: 1, unchanged: 1 });
    expect(workshop.rows('SELECT guid, title, known_at FROM news_item ORDER BY guid')).toEqual([
      { guid: '1', title: 'Arsenal celebrate a superb victory', known_at: present },
      { guid: '2', title: 'Saka out with a knee injury', known_at: present + 3_600_000 },
    ]);
    const scores = workshop.rows<{ sentiment: number; injury_severity: number | null }>(
      'SELECT sentiment, injury_severity FROM news_score ORDER BY news_item_id',
    );
    expect(scores[0]!.sentiment).toBeGreaterThan(0.5);
    expect(scores.map(({ injury_severity }) => injury_severity)).toEqual([null, 0.6]);
  });

  test('are scored by a local model too, whose later word is a fact of its own', async () => {
    await using model = await server(() =>
      says('Sure! {"sentiment": -0.4, "injurySeverity": null, "managerConfidence": 0.2}'),
    );
    await using workshop = await workshopWithMatches();
    workshop.file('Arsenal.xml', feed(item('1', 'Arsenal celebrate a superb victory')));
    const mapping = workshop.file(
      'feeds.json',
      JSON.stringify({ feeds: [{ championship: 'E0', team: 'Arsenal', address: 'https://news.example/' }] }),
    );
    const get = () => workshop.get({ source: 'news', mapping });
    await get();
    const settings = openSettings(workshop.database, workshop.clock);
    settings.set('news.modelAddress', `${model.address}/v1`);
    settings.set('news.modelName', 'small');
    workshop.clock.time = present + 86_400_000;
    await get();
    await get();
    expect(model.asked).toHaveLength(1);
    expect(model.asked[0]).toContain('superb victory');
    const { facts } = readHistory(workshop.database, 1);
    expect(facts).toMatchObject([
      { kind: 'news', knownAt: present, seenAt: present },
      { knownAt: present + 86_400_000, seenAt: present, sentiment: -0.4, managerConfidence: 0.2 },
    ]);
  });

  test('stay with the lexicon where the model fails, and the run is done', async () => {
    await using model = await server(() => ({ status: 500, body: '' }));
    await using workshop = await workshopWithMatches();
    workshop.file('Arsenal.xml', feed(item('1', 'Arsenal win')));
    const settings = openSettings(workshop.database, workshop.clock);
    settings.set('news.modelAddress', model.address);
    settings.set('news.modelName', 'small');
    const mapping = workshop.file(
      'feeds.json',
      JSON.stringify({ feeds: [{ championship: 'E0', team: 'Arsenal', address: 'https://news.example/' }] }),
    );
    expect((await workshop.get({ source: 'news', mapping })).state).toBe('done');
    expect(workshop.rows('SELECT scorer FROM news_score')).toEqual([{ scorer: 'lexicon-1' }]);
    expect(workshop.rows("SELECT code FROM run_log WHERE level = 'warn'")).toEqual([
      { code: 'SOURCE_UNREACHABLE' },
    ]);
  });
});

describe('the model that scores', () => {
  const failure = (promise: Promise<unknown>) =>
    promise.then(
      () => 'no error',
      (error: unknown) => (error as { code?: string }).code,
    );

  test('is never asked beyond the private network, nor followed there', async () => {
    const ask = (address: string) => failure(askModel({ address, model: 'm' }, 'text'));
    expect(await ask('https://api.example.com/v1')).toBe('CONFIGURATION_INVALID');
    await using moved = await server(() => ({
      status: 302,
      body: '',
      location: 'http://example.com/steal',
    }));
    expect(await ask(moved.address)).toBe('SOURCE_UNREACHABLE');
  });

  test.each([
    ['numbers out of range', '{"sentiment": 7, "injurySeverity": 0, "managerConfidence": 0}'],
    ['words', 'I would rather not.'],
    ['a number missing', '{"sentiment": 0.5}'],
  ])('may not answer with %s', async (_, content) => {
    await using model = await server(() => says(content));
    expect(await failure(askModel({ address: model.address, model: 'm' }, 'text'))).toBe('FILE_FORMAT');
  });

  test('gets only so much time', async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    expect(await failure(askModel({ address, model: 'm', timeoutMs: 50 }, 'text'))).toBe('SOURCE_TIMEOUT');
    silent.closeAllConnections();
    silent.close();
  });
});
