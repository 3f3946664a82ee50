import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { createEngineHost } from '../../../engine/host/engine-host.ts';
import { resolvePaths } from '../../../engine/host/paths.ts';
import { loadLocale } from '../../../engine/documents/locale.ts';
import { writeDocument } from '../../../engine/documents/registry.ts';
import { startTelegram } from '../../fixtures/channel-servers.ts';
import { eventDocument } from '../../fixtures/event-document.ts';
import { temporaryFolder } from '../../fixtures/temporary.ts';

const day = '2026-11-21';

afterEach(() => void vi.unstubAllEnvs());

/** A home in which a day was published, and the engine on it. */
async function openHome(formats: readonly string[] = ['html', 'txt', 'mail.html', 'json', 'png']) {
  const folder = temporaryFolder();
  const paths = resolvePaths({ home: folder.join('home') });
  const place = join(paths.documents, 'forecast', day);
  await mkdir(place, { recursive: true });
  for (const format of formats) {
    const content = await writeDocument(eventDocument(), loadLocale('en'), format);
    await writeFile(join(place, `regular.en.${format}`), content);
  }
  const host = createEngineHost({ paths, clock: { now: () => Date.parse(`${day}T09:00:00Z`) } });
  return {
    folder,
    paths,
    channels: host.client.channels,
    [Symbol.asyncDispose]: async () => {
      await host[Symbol.asyncDispose]();
      folder[Symbol.dispose]();
    },
  };
}

test('what was published for a day goes to every channel once, however often it is sent', async () => {
  vi.stubEnv('AUSPEX_PASSPHRASE', 'correct horse');
  await using server = await startTelegram('T0KEN');
  await using home = await openHome();
  const { channels, folder } = home;
  await channels.put({ name: 'shelf', kind: 'folder', settings: { folder: folder.join('shelf') } });
  await channels.put({
    name: 'posts',
    kind: 'telegram',
    settings: { chat: '@auspex', address: server.address },
  });
  await channels.setSecret({ name: 'posts', what: 'token', secret: 'T0KEN' });

  const elsewhere = { folder: folder.join('elsewhere') };
  await channels.put({ name: 'russian', kind: 'folder', settings: { ...elsewhere, languages: ['ru'] } });

  expect(await channels.send({ day })).toMatchObject({ queued: 2, sent: 2, dead: 0 });
  expect(await channels.send({ day })).toMatchObject({ queued: 0, sent: 0 });
  expect(await readdir(folder.join('shelf', 'forecast', day))).toEqual([
    'regular.en.html',
    'regular.en.json',
    'regular.en.png',
    'regular.en.txt',
  ]);
  expect([...server.messages.values()].map(({ kind }) => kind)).toEqual(['sendPhoto', 'sendMessage']);
  expect((await channels.outbox({ limit: 10 })).map(({ state }) => state)).toEqual(['sent', 'sent']);
  expect((await channels.log({ limit: 10, name: 'posts' })).map(({ event }) => event)).toEqual([
    'arrived',
    'arrived',
  ]);

  const files = await readdir(home.paths.home, { recursive: true, withFileTypes: true });
  for (const file of files.filter((entry) => entry.isFile())) {
    const content = await readFile(join(file.parentPath, file.name));
    expect([file.name, content.includes('T0KEN')]).toEqual([file.name, false]);
  }
});

test('a test message goes past the outbox, and one that is refused says so without the token', async () => {
  vi.stubEnv('AUSPEX_PASSPHRASE', 'correct horse');
  await using server = await startTelegram('T0KEN');
  await using home = await openHome();
  const { channels } = home;
  await channels.put({
    name: 'posts',
    kind: 'telegram',
    settings: { chat: '@auspex', address: server.address },
  });
  await channels.setSecret({ name: 'posts', what: 'token', secret: 'T0KEN' });
  expect(await channels.test({ name: 'posts', language: 'ru' })).toEqual({ parts: ['text-1'] });
  expect(await channels.outbox({ limit: 10 })).toEqual([]);
  await channels.setSecret({ name: 'posts', what: 'token', secret: 'WR0NG' });
  const refusal: unknown = await channels
    .test({ name: 'posts', language: 'en' })
    .catch((error: unknown) => error);
  expect(refusal).toMatchObject({ data: { code: 'DELIVERY_FAILED' } });
  expect(JSON.stringify(refusal)).not.toContain('WR0NG');
});

test('a preview needs no server, and a document without the formats that channels send is refused', async () => {
  await using home = await openHome();
  const { channels } = home;
  await channels.put({
    name: 'letters',
    kind: 'eml',
    settings: { folder: home.folder.join('letters'), from: 'me@example.org' },
  });
  const of = { name: 'letters', kind: 'forecast', day, variant: 'regular', language: 'en' as const };
  const [file] = await channels.preview(of);
  expect(file?.name).toBe('forecast-2026-11-21-regular-en.eml');
  await expect(channels.preview({ ...of, variant: 'quality' })).rejects.toMatchObject({
    data: { code: 'NOT_FOUND' },
  });

  await using bare = await openHome(['html']);
  await bare.channels.put({
    name: 'letters',
    kind: 'eml',
    settings: { folder: '/nowhere', from: 'me@example.org' },
  });
  await expect(bare.channels.preview(of)).rejects.toMatchObject({ data: { code: 'CONFIGURATION_INVALID' } });
});

test('secrets are refused without the passphrase, and settings that do not fit are not kept', async () => {
  vi.stubEnv('AUSPEX_PASSPHRASE', '');
  await using home = await openHome();
  const { channels } = home;
  await expect(channels.setSecret({ name: 'posts', what: 'token', secret: 'x' })).rejects.toMatchObject({
    data: { code: 'SECRETS_LOCKED', message: expect.stringContaining('AUSPEX_PASSPHRASE') as string },
  });
  await expect(channels.put({ name: 'posts', kind: 'telegram', settings: {} })).rejects.toThrow(/chat/);
  expect(await channels.list()).toEqual([]);
  expect(await channels.remove({ name: 'posts' })).toEqual({ removed: false });
});

test('what lacked its passphrase says so, and one call sends it all again', async () => {
  vi.stubEnv('AUSPEX_PASSPHRASE', '');
  await using server = await startTelegram('T0KEN');
  await using home = await openHome();
  const { channels } = home;
  const settings = { chat: '@auspex', address: server.address };
  await channels.put({ name: 'posts', kind: 'telegram', settings });
  expect(await channels.send({ day })).toMatchObject({ queued: 1, dead: 1 });
  const [item] = await channels.outbox({});
  expect(item?.problem).toBe('Secrets need the passphrase in AUSPEX_PASSPHRASE.');
  expect(await channels.reviveAll({ name: 'other' })).toEqual({ count: 0 });
  expect(await channels.reviveAll({ name: 'posts' })).toEqual({ count: 1 });
  expect(await channels.outbox({})).toMatchObject([{ state: 'pending', problem: null }]);
});
