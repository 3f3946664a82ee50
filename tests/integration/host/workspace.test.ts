import { afterEach, expect, test, vi } from 'vitest';
import { createEngineHost } from '../../../engine/host/engine-host.ts';
import { resolvePaths } from '../../../engine/host/paths.ts';
import { startTelegram } from '../../fixtures/channel-servers.ts';
import { temporaryFolder } from '../../fixtures/temporary.ts';

afterEach(() => void vi.unstubAllEnvs());

const noon = Date.parse('2026-11-21T12:00:00Z');

function openHome() {
  const folder = temporaryFolder();
  const host = createEngineHost({ paths: resolvePaths({ home: folder.path }), clock: { now: () => noon } });
  return {
    folder,
    client: host.client,
    [Symbol.asyncDispose]: async () => {
      await host[Symbol.asyncDispose]();
      folder[Symbol.dispose]();
    },
  };
}

test('changes of settings, views and channels are taken back one by one, and made again', async () => {
  await using home = openHome();
  const { settings, workspace, channels } = home.client;
  const shelf = { name: 'shelf', kind: 'folder', settings: { folder: home.folder.join('shelf') } };
  await settings.set({ key: 'odds.format', value: 'american' });
  await workspace.put({ kind: 'view', name: 'matches/mine', value: { search: { a: 1 } } });
  await channels.put(shelf);
  await channels.remove({ name: 'shelf' });

  const value = async (key: string) => (await settings.list()).find((entry) => entry.key === key)?.value;
  expect(await workspace.undo({})).toMatchObject({ kind: 'channel', subject: 'shelf' });
  expect(await channels.list()).toEqual([shelf]);
  expect(await workspace.undo({})).toMatchObject({ kind: 'channel' });
  expect(await channels.list()).toEqual([]);
  expect(await workspace.undo({})).toMatchObject({ kind: 'item', subject: 'view/matches/mine' });
  expect(await workspace.list({ kind: 'view' })).toEqual([]);
  expect(await workspace.undo({})).toMatchObject({ kind: 'setting', subject: 'odds.format' });
  expect(await value('odds.format')).toBe('decimal');
  expect(await workspace.undo({})).toBeNull();

  expect(await workspace.redo()).toMatchObject({ kind: 'setting' });
  expect(await value('odds.format')).toBe('american');
  expect(await workspace.redo()).toMatchObject({ kind: 'item' });
  expect(await workspace.get({ kind: 'view', name: 'matches/mine' })).toMatchObject({
    value: { search: { a: 1 } },
  });
  expect(await workspace.edits()).toMatchObject({ undo: { kind: 'item' }, redo: { kind: 'channel' } });

  // A new change leaves nothing to be made again.
  await settings.set({ key: 'appearance.theme', value: 'dark' });
  expect(await workspace.redo()).toBeNull();
});

test('setting what is set already is no step back, and what changes all the time is none either', async () => {
  await using home = openHome();
  const { settings, workspace } = home.client;
  await settings.set({ key: 'language', value: 'ru' });
  await settings.set({ key: 'language', value: 'ru' });
  await workspace.put({ kind: 'layout', name: 'tabs', value: [1], isUndoable: false });
  expect(await workspace.undo({})).toMatchObject({ subject: 'language' });
  expect(await workspace.undo({})).toBeNull();
});

test('an earlier edit can be taken back unless its subject was changed since', async () => {
  await using home = openHome();
  const { settings, workspace } = home.client;
  await settings.set({ key: 'language', value: 'ru' });
  const first = (await workspace.edits()).undo!.id;
  await settings.set({ key: 'zone', value: 'Europe/Moscow' });
  await settings.set({ key: 'language', value: 'en' });
  expect(await workspace.undo({ id: first })).toBeNull();
  const zone = (await workspace.undo({}))!;
  expect(zone.subject).toBe('language');
  expect(await workspace.undo({ id: first })).toMatchObject({ subject: 'language' });
});

test('a settings file is looked at as a whole, and taken over whole or not at all', async () => {
  await using home = openHome();
  const { settings } = home.client;
  await settings.set({ key: 'zone', value: 'Europe/Moscow' });
  const file = JSON.stringify(await settings.export());
  expect(JSON.parse(file)).toEqual({ schema: 'auspex.settings/1', settings: { zone: 'Europe/Moscow' } });
  await settings.reset({ key: 'zone' });

  expect(await settings.import({ text: file, isDryRun: true })).toEqual({
    changes: [{ key: 'zone', before: 'UTC', after: 'Europe/Moscow' }],
    problems: [],
    isTaken: false,
  });
  const spoilt = JSON.stringify({
    schema: 'auspex.settings/1',
    settings: { zone: 'Europe/Moscow', colour: 'red' },
  });
  expect(await settings.import({ text: spoilt })).toMatchObject({
    problems: [{ key: 'colour' }],
    isTaken: false,
  });
  expect((await settings.export()).settings).toEqual({});
  expect(await settings.import({ text: file })).toMatchObject({ isTaken: true });
  expect((await settings.export()).settings).toEqual({ zone: 'Europe/Moscow' });
  await expect(settings.import({ text: 'no JSON' })).rejects.toMatchObject({ data: { code: 'FILE_FORMAT' } });
});

test('every setting says which control its values are chosen by', async () => {
  await using home = openHome();
  const controls = new Map((await home.client.settings.list()).map(({ key, control }) => [key, control]));
  expect(controls.get('language')).toEqual({ kind: 'choice', options: ['en', 'ru'] });
  expect(controls.get('selection.target')).toEqual({
    kind: 'number',
    isWhole: false,
    minimum: 0.5,
    maximum: 0.99,
  });
  expect(controls.get('network.offline')).toEqual({ kind: 'switch' });
  expect(controls.get('zone')).toEqual({ kind: 'zone' });
  expect(controls.get('news.modelName')).toEqual({ kind: 'text' });
});

test('screens hear of changes that a call made, and of none where it only read', async () => {
  await using home = openHome();
  const { client } = home;
  const stop = new AbortController();
  const heard: string[] = [];
  const events = await client.system.events(undefined, { signal: stop.signal });
  const listening = (async () => {
    for await (const event of events) {
      heard.push(event.kind === 'changed' ? `changed ${event.group}` : event.kind);
      if (heard.includes('changed workspace')) break;
    }
  })();
  await client.settings.list();
  await client.search.objects({ text: 'anything' });
  await client.settings.set({ key: 'language', value: 'ru' });
  await client.workspace.put({ kind: 'draft', name: 'x', value: 1 });
  await listening;
  stop.abort();
  expect(heard).toEqual(['hello', 'changed settings', 'changed workspace']);
});

test('a call to another machine is noted without what was said, and offline nothing is sent', async () => {
  vi.stubEnv('AUSPEX_PASSPHRASE', 'correct horse');
  await using server = await startTelegram('T0KEN');
  await using home = openHome();
  const { client } = home;
  // The log opens with the runs, as it does for every screen.
  const events = await client.system.events();
  await events.next();
  await client.channels.put({
    name: 'posts',
    kind: 'telegram',
    settings: { chat: '@auspex', address: server.address },
  });
  await client.channels.setSecret({ name: 'posts', what: 'token', secret: 'T0KEN' });
  expect(await client.channels.secrets()).toEqual([{ channel: 'posts', what: 'token' }]);
  await client.channels.test({ name: 'posts', language: 'en' });
  const { hosts, calls } = await client.system.outgoing({});
  expect(hosts).toMatchObject([{ host: new URL(server.address).host, purposes: ['channels'], failures: 0 }]);
  expect(calls[0]).toMatchObject({ method: 'POST', outcome: 'ok', purpose: 'channels' });
  expect(JSON.stringify(calls)).not.toContain('T0KEN');

  await client.settings.set({ key: 'network.offline', value: true });
  const sent = server.messages.size;
  await expect(client.channels.test({ name: 'posts', language: 'en' })).rejects.toMatchObject({
    data: { code: 'OFFLINE' },
  });
  await expect(client.channels.send({ day: '2026-11-21' })).resolves.toMatchObject({ queued: 0, sent: 0 });
  expect(server.messages.size).toBe(sent);
  await events.return?.(undefined);
});
