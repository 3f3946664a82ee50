import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { listDeliveries } from '../../../db/queries/outbox.ts';
import type { Channel } from '../../../engine/channels/channel.ts';
import { createRandom } from '../../../engine/kernel/math/random.ts';
import { openPost, sampleMessage } from '../../fixtures/channels.ts';
import {
  startMail,
  startTelegram,
  startVk,
  startWebhook,
  troubles,
  type MailTrouble,
} from '../../fixtures/channel-servers.ts';
import { faultCount, tried } from '../../fixtures/faults.ts';

const first = sampleMessage('forecast/2026-11-20/regular.en');
const message = sampleMessage();

const telegramPost = (address: string, settings: object = {}) =>
  openPost({
    kind: 'telegram',
    settings: { chat: '@auspex', address, ...settings },
    secrets: { 'channel.telegram.token': 'T0KEN' },
  });

const vkPost = (address: string) =>
  openPost({
    kind: 'vk',
    settings: { owner: -1, address },
    secrets: { 'channel.vk.token': 'T0KEN' },
  });

const mailPost = (port: number) =>
  openPost({
    kind: 'email',
    settings: {
      host: '127.0.0.1',
      port,
      security: 'none',
      authentication: 'none',
      from: 'auspex@example.org',
      recipients: [
        { address: 'ann@example.org', language: 'en' },
        { address: 'ivan@example.org', language: 'ru' },
        { address: 'bob@example.org', language: 'en' },
      ],
    },
  });

describe.each(troubles)('a document arrives once though the server answers with %s', (trouble) => {
  test('by Telegram', async () => {
    await using server = await startTelegram('T0KEN');
    await using post = telegramPost(server.address);
    post.outbox.queue('telegram', first);
    await post.settle();
    const survived = tried('channel server misbehaves');
    post.outbox.queue('telegram', message);
    server.trouble(trouble);
    await post.settle();
    expect(post.states()).toEqual({ sent: 2 });
    expect([...server.messages.values()]).toHaveLength(2);
    survived();
  });

  test('by VK, whether its server still knows the guid or not', async () => {
    for (const remembersGuids of [true, false]) {
      await using server = await startVk('T0KEN', { remembersGuids });
      await using post = vkPost(server.address);
      const survived = tried('channel server misbehaves');
      post.outbox.queue('vk', message);
      server.trouble(trouble);
      await post.settle();
      expect(post.states()).toEqual({ sent: 1 });
      expect(server.posts).toHaveLength(1);
      survived();
    }
  });

  test('by a webhook', async () => {
    await using server = await startWebhook((id, timestamp, body) =>
      createHmac('sha256', 'K3Y').update(`${id}.${timestamp}.${body}`).digest('base64'),
    );
    await using post = openPost({
      kind: 'webhook',
      settings: { address: `${server.address}/hook` },
      secrets: { 'channel.webhook.key': 'K3Y' },
    });
    const survived = tried('channel server misbehaves');
    post.outbox.queue('webhook', message);
    server.trouble(trouble);
    await post.settle();
    expect(post.states()).toEqual({ sent: 1 });
    expect(
      [...server.taken.values()].map((body) => (JSON.parse(body) as { document: string }).document),
    ).toEqual([message.document]);
    expect(server.refused).toEqual([]);
    survived();
  });
});

/** Documents of a stretch of trouble: each meets another kind of it, some several. */
const stretch = faultCount(4);

describe(`${stretch} documents arrive once through a stretch of random troubles`, () => {
  const random = createRandom(11);
  const documents = Array.from({ length: stretch }, (_, index) =>
    sampleMessage(`forecast/2026-02-01/d${index}.en`, `Document ${index}`),
  );
  const few = <Kind>(kinds: readonly Kind[]): Kind[] =>
    Array.from({ length: 1 + random.integer(2) }, () => kinds[random.integer(kinds.length)]!);

  test('by Telegram', async () => {
    await using server = await startTelegram('T0KEN');
    await using post = telegramPost(server.address);
    post.outbox.queue('telegram', first);
    await post.settle();
    for (const [index, document] of documents.entries()) {
      const survived = tried('channel server misbehaves');
      post.outbox.queue('telegram', document);
      server.trouble(...few(troubles));
      await post.settle();
      expect(post.states()).toEqual({ sent: index + 2 });
      expect(server.messages.size).toBe(index + 2);
      survived();
    }
  });

  test('by VK', async () => {
    await using server = await startVk('T0KEN', { remembersGuids: false });
    await using post = vkPost(server.address);
    for (const [index, document] of documents.entries()) {
      const survived = tried('channel server misbehaves');
      post.outbox.queue('vk', document);
      server.trouble(...few(troubles));
      await post.settle();
      expect(post.states()).toEqual({ sent: index + 1 });
      expect(server.posts).toHaveLength(index + 1);
      survived();
    }
  });

  test('by e-mail', async () => {
    await using server = await startMail();
    await using post = mailPost(server.port);
    for (const [index, document] of documents.entries()) {
      const survived = tried('channel server misbehaves');
      post.outbox.queue('email', document);
      server.trouble(...few<MailTrouble>(['451', 'drop', 'drop-after']));
      await post.settle();
      expect(post.states()).toEqual({ sent: index + 1 });
      expect(server.mails.size).toBe(2 * (index + 1));
      survived();
    }
  });
});

describe('e-mail', () => {
  test.each(['451', 'drop', 'drop-after'] as const)(
    'reaches every recipient of its language once though the server answers with %s',
    async (trouble) => {
      await using server = await startMail();
      await using post = mailPost(server.port);
      const survived = tried('channel server misbehaves');
      post.outbox.queue('email', message);
      server.trouble(trouble);
      await post.settle();
      expect([...server.mails.values()].map(({ to }) => to).sort()).toEqual([
        'ann@example.org',
        'bob@example.org',
      ]);
      expect(server.received()).toBe(trouble === 'drop-after' ? 3 : 2);
      expect(post.states()).toEqual({ sent: 1 });
      survived();
    },
  );

  test('that the server will never take is set aside as dead, and sent when it is revived', async () => {
    await using server = await startMail();
    await using post = mailPost(server.port);
    post.outbox.queue('email', message);
    server.trouble('554');
    await post.settle();
    expect(post.states()).toEqual({ dead: 1 });
    expect(post.outbox.revive(1)).toBe(true);
    await post.settle();
    expect(post.states()).toEqual({ sent: 1 });
    expect(server.received()).toBe(2);
  });

  test('waits while nobody listens, and is dead after twelve tries', async () => {
    const port = await startMail().then(async (server) => {
      await server[Symbol.asyncDispose]();
      return server.port;
    });
    await using post = mailPost(port);
    post.outbox.queue('email', message);
    await post.settle();
    expect(post.states()).toEqual({ dead: 1 });
    expect(listDeliveries(post.database, { limit: 50 }).map(({ event }) => event)).toEqual([
      'dead',
      ...Array<string>(11).fill('delayed'),
    ]);
  });
});

describe('Telegram', () => {
  test('asks to be left alone for as long as the server says', async () => {
    await using server = await startTelegram('T0KEN');
    await using post = telegramPost(server.address);
    post.outbox.queue('telegram', message);
    server.trouble('429');
    const signal = new AbortController().signal;
    expect(await post.outbox.deliver(signal)).toMatchObject({ delayed: 1 });
    post.clock.instant += 6_000;
    expect(await post.outbox.deliver(signal)).toMatchObject({ sent: 0 });
    post.clock.instant += 60_000;
    expect(await post.outbox.deliver(signal)).toMatchObject({ sent: 1 });
  });

  test('finds its own lost message among those of others', async () => {
    await using server = await startTelegram('T0KEN');
    await using post = telegramPost(server.address);
    post.outbox.queue('telegram', first);
    await post.settle();
    server.interrupt();
    post.outbox.queue('telegram', message);
    server.trouble('drop-after');
    await post.settle();
    expect([...server.messages.values()].filter(({ isOwn }) => isOwn)).toHaveLength(2);
    expect(listDeliveries(post.database, { limit: 1 })[0]).toMatchObject({
      event: 'found',
      detail: '@auspex/103',
    });
  });

  test('does not guess about the first message of a chat: it is set aside until somebody has looked', async () => {
    await using server = await startTelegram('T0KEN');
    await using post = telegramPost(server.address);
    post.outbox.queue('telegram', message);
    server.trouble('drop-after');
    await post.settle();
    expect(post.states()).toEqual({ uncertain: 1 });
    expect(post.outbox.confirm(1)).toBe(true);
    await post.settle();
    expect(post.states()).toEqual({ sent: 1 });
    expect(server.messages.size).toBe(1);
  });

  test('splits a long text, goes on after the part that failed, and edits the posts when the results come', async () => {
    await using server = await startTelegram('T0KEN');
    await using post = telegramPost(server.address);
    const paragraph = 'п<&'.repeat(400);
    const long = sampleMessage(
      'forecast/2026-11-21/regular.ru',
      `Заголовок\n\n${`${paragraph}\n\n`.repeat(8)}`,
    );
    post.outbox.queue('telegram', first);
    await post.settle();
    post.outbox.queue('telegram', long);
    server.trouble('429', '500', 'drop');
    await post.settle();
    const posts = [...server.messages.values()].slice(1);
    expect(posts).toHaveLength(3);
    expect(posts[0]?.text.startsWith('<b>Заголовок</b>')).toBe(true);
    expect(posts.every(({ mode }) => mode === 'HTML')).toBe(true);
    expect(
      posts
        .map(({ text }) => text)
        .join('')
        .match(/п&lt;&amp;/g),
    ).toHaveLength(3200);

    expect(post.outbox.queue('telegram', { ...long, text: `${long.text}\n\nИтог 2:1` })).toBe('revised');
    server.trouble('drop-after');
    await post.settle();
    expect(server.messages.size).toBe(4);
    expect([...server.messages.values()].at(-1)?.text).toContain('Итог 2:1');
    expect(post.states()).toEqual({ sent: 2 });
  });

  test('sends a picture and files as such', async () => {
    await using server = await startTelegram('T0KEN');
    await using post = telegramPost(server.address, { sendsFiles: true });
    const card = { name: 'card.png', mediaType: 'image/png', base64: 'iVBORw0KGgo=' };
    post.outbox.queue('telegram', { ...message, card });
    await post.settle();
    expect([...server.messages.values()].map(({ kind }) => kind)).toEqual([
      'sendPhoto',
      'sendMessage',
      'sendDocument',
    ]);
  });

  test('never shows its token in what is kept or logged', async () => {
    await using server = await startTelegram('another');
    await using post = telegramPost(server.address);
    post.outbox.queue('telegram', message);
    await post.settle();
    expect(post.states()).toEqual({ dead: 1 });
    expect(post.database.sqlite.serialize().includes('T0KEN')).toBe(false);
  });
});

describe('a program that is killed', () => {
  /** A channel whose first `send` never ends, before or after the document has arrived. */
  function stubborn(dies: 'before' | 'after', canRepeat: boolean) {
    const arrived: string[] = [];
    let isFirst = true;
    const channel: Channel = {
      kind: 'stubborn',
      canRepeat,
      canEdit: false,
      parts: () => ['one', 'two'],
      preview: () => Promise.resolve([]),
      send(of, part) {
        const dying = isFirst && part === 'two';
        if (dying) isFirst = false;
        const isCopy = canRepeat && arrived.includes(`${of.document} ${part}`);
        if (!isCopy && !(dying && dies === 'before')) arrived.push(`${of.document} ${part}`);
        return dying ? new Promise(() => undefined) : Promise.resolve({ remoteId: part });
      },
      find: (of, part) =>
        Promise.resolve(arrived.includes(`${of.document} ${part}`) ? { remoteId: part } : 'absent'),
    };
    return { channel, arrived };
  }

  test.each([
    ['before', true],
    ['after', true],
    ['before', false],
    ['after', false],
  ] as const)(
    '%s a part arrived (repeatable: %s) sends it once when it runs again',
    async (dies, canRepeat) => {
      const { channel, arrived } = stubborn(dies, canRepeat);
      await using post = openPost(channel);
      post.outbox.queue('stubborn', message);
      void post.outbox.deliver(new AbortController().signal);
      await new Promise((done) => setTimeout(done, 10));
      await post.settle(post.restart());
      expect(arrived).toEqual([`${message.document} one`, `${message.document} two`]);
      expect(post.states()).toEqual({ sent: 1 });
    },
  );

  test('a document is queued once, and not again when it changes where nothing can be taken back', async () => {
    const { channel } = stubborn('after', true);
    await using post = openPost(channel);
    expect(post.outbox.queue('stubborn', message)).toBe('queued');
    expect(post.outbox.queue('stubborn', message)).toBe('unchanged');
    expect(post.outbox.queue('stubborn', { ...message, text: 'newer' })).toBe('revised');
    void post.outbox.deliver(new AbortController().signal);
    await new Promise((done) => setTimeout(done, 10));
    await post.settle(post.restart());
    expect(post.outbox.queue('stubborn', { ...message, text: 'newest' })).toBe('unchanged');
  });
});
