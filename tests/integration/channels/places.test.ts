import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { expect, test } from 'vitest';
import { openChannel } from '../../../engine/channels/registry.ts';
import { memorySecrets, openPost, sampleMessage } from '../../fixtures/channels.ts';
import { hostileNames } from '../../fixtures/hostile-names.ts';
import { temporaryFolder } from '../../fixtures/temporary.ts';
import { htmlProblems } from '../../fixtures/valid-html.ts';
import { markupProblems } from '../../fixtures/well-formed.ts';

const clock = { now: () => Date.UTC(2026, 10, 21, 9) };
const open = (kind: string, settings: unknown) =>
  openChannel({ name: 'mine', kind, settings }, { secretStore: memorySecrets({}), clock });

test('a folder holds the files under the path of their document, and a changed document replaces them', async () => {
  using folder = temporaryFolder();
  await using post = openPost({ kind: 'folder', settings: { folder: folder.path } });
  const message = sampleMessage();
  post.outbox.queue('folder', message);
  await post.settle();
  expect(await readFile(folder.join('forecast/2026-11-21/regular.en.csv'), 'utf8')).toBe('a,b\r\n');
  const [file] = message.files;
  const changed = { ...message, files: [{ ...file!, base64: Buffer.from('c').toString('base64') }] };
  expect(post.outbox.queue('folder', changed)).toBe('revised');
  await post.settle();
  expect(await readFile(folder.join('forecast/2026-11-21/regular.en.csv'), 'utf8')).toBe('c');
});

test('a folder and a site also hold the plain text and the picture', async () => {
  using folder = temporaryFolder();
  const card = { name: 'regular.en.png', mediaType: 'image/png', base64: 'iVBORw0KGgo=' };
  for (const settings of [
    { kind: 'folder', folder: folder.join('box') },
    { kind: 'site', folder: folder.join('site'), title: 'Mine', address: 'https://example.org/' },
  ]) {
    const { kind, ...own } = settings;
    const context = { signal: new AbortController().signal, lastRemoteIds: [] };
    await open(kind, own).send({ ...sampleMessage(), card }, 'files', context);
    const place = join(own.folder, 'forecast/2026-11-21');
    expect((await readdir(place)).sort()).toEqual(['regular.en.csv', 'regular.en.png', 'regular.en.txt']);
    expect(await readFile(join(place, 'regular.en.txt'), 'utf8')).toBe(sampleMessage().text);
  }
});

test('a document whose name leads out of the folder is refused', async () => {
  using folder = temporaryFolder();
  await using post = openPost({ kind: 'folder', settings: { folder: folder.join('inside') } });
  post.outbox.queue('folder', sampleMessage('../../escaped/regular.en'));
  await post.settle();
  expect(post.states()).toEqual({ dead: 1 });
  expect(await readdir(folder.path)).toEqual([]);
});

test('a site has an index, an archive and a feed of its documents, newest first, and the same content is the same files', async () => {
  using folder = temporaryFolder();
  const channel = open('site', { folder: folder.path, title: 'My <site>', address: 'https://example.org/f' });
  const send = (document: string, subject: string) =>
    channel.send({ ...sampleMessage(document), subject }, 'pages', {
      signal: new AbortController().signal,
      lastRemoteIds: [],
    });
  await send('forecast/2026-11-21/regular.en', 'Second');
  await send('forecast/2026-11-20/regular.en', 'First');
  const names = ['index.html', 'archive.html', 'feed.xml', 'site.json'];
  const read = () => Promise.all(names.map((name) => readFile(folder.join(name), 'utf8')));
  const [index = '', , feed = ''] = await read();
  expect(markupProblems(index)).toEqual([]);
  expect(htmlProblems(index)).toEqual([]);
  expect(index.indexOf('Second')).toBeLessThan(index.indexOf('First'));
  expect(XMLValidator.validate(feed)).toBe(true);
  const { rss } = new XMLParser().parse(feed) as { rss: { channel: { item: { link: string }[] } } };
  expect(rss.channel.item.map(({ link }) => link)).toEqual([
    'https://example.org/f/forecast/2026-11-21/regular.en.csv',
    'https://example.org/f/forecast/2026-11-20/regular.en.csv',
  ]);
  const before = await read();
  await send('forecast/2026-11-20/regular.en', 'First');
  expect(await read()).toEqual(before);

  for (const [, name] of hostileNames) {
    await send('forecast/2026-11-19/regular.en', name);
    const [hostileIndex = '', , hostileFeed = ''] = await read();
    expect(markupProblems(hostileIndex)).toEqual([]);
    expect(XMLValidator.validate(hostileFeed)).toBe(true);
  }
});

test('the pages of a site are in its own languages, by day, with the newest picture on the first alone', async () => {
  using folder = temporaryFolder();
  const channel = open('site', { folder: folder.path, title: 'Mine', address: 'https://example.org/' });
  const card = { name: 'regular.ru.png', mediaType: 'image/png', base64: 'iVBORw0KGgo=' };
  const send = (document: string) =>
    channel.send({ ...sampleMessage(document), subject: 'Прогнозы · суббота', card }, 'pages', {
      signal: new AbortController().signal,
      lastRemoteIds: [],
    });
  await send('forecast/2026-11-20/regular.ru');
  await send('forecast/2026-11-21/regular.ru');
  const [index, archive] = await Promise.all(
    ['index.html', 'archive.html'].map((name) => readFile(folder.join(name), 'utf8')),
  );
  expect(htmlProblems(index!)).toEqual([]);
  expect(index).toContain('<html lang="ru">');
  expect([...index!.matchAll(/<h2>([^<]+)</g)].map((match) => match[1])).toEqual([
    'суббота, 21 ноября 2026 г.',
    'пятница, 20 ноября 2026 г.',
  ]);
  expect(index).toContain('<bdi lang="ru">Прогнозы</bdi>');
  expect(index!.match(/<img src="[^"]+"/g)).toEqual(['<img src="forecast/2026-11-21/regular.ru.png"']);
  expect(archive).toContain('<a aria-current="page">Архив</a>');
  expect(archive).not.toContain('<img');
});

test('an .eml file is a whole mail with picture and files, and the same bytes every time', async () => {
  using folder = temporaryFolder();
  await using post = openPost({ kind: 'eml', settings: { folder: folder.path, from: 'me@example.org' } });
  const card = { name: 'card.png', mediaType: 'image/png', base64: 'iVBORw0KGgo=' };
  const message = { ...sampleMessage('forecast/2026-11-21/regular.ru', 'Прогноз'), card };
  post.outbox.queue('eml', { ...message, subject: 'Прогноз\r\nBcc: everybody@example.org' });
  await post.settle();
  const text = await readFile(join(folder.path, 'forecast-2026-11-21-regular-ru.eml'), 'utf8');
  expect(text).toMatch(/^Message-ID: <[0-9a-f]{32}@example\.org>\r$/im);
  expect(text).not.toMatch(/^Bcc:/im);
  expect(text).toContain('Content-ID: <card>');
  expect(text).toContain('filename=regular.ru.csv');
  const channel = open('eml', { folder: folder.path, from: 'me@example.org' });
  expect(await channel.preview(message)).toEqual(await channel.preview(message));
});

test('settings that do not fit are refused without repeating them', () => {
  expect(() => open('telegram', { chat: '123:SECRET as a chat' })).toThrow(/chat/);
  expect(() => open('telegram', { chat: '123:SECRET as a chat' })).not.toThrow(/SECRET/);
  expect(() => open('pigeon', {})).toThrow(/folder, site, email/);
});
