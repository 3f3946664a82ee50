import { expect, test } from 'vitest';
import type { SMTPServerOptions } from 'smtp-server';
import { memorySecrets, openPost, sampleMessage } from '../../fixtures/channels.ts';
import { startMail, startTokens } from '../../fixtures/channel-servers.ts';
import { openChannel } from '../../../engine/channels/registry.ts';

const people = ['ann', 'bob'].map((name) => ({ address: `${name}@example.org`, language: 'en' }));
const secrets = { 'channel.email.clientSecret': 'CL13NT', 'channel.email.refreshToken': 'R3FRESH' };

/** A mail server that takes the tokens it is told of, and says which were shown to it. */
function takingTokens(taken: ReadonlySet<string>, shown: string[]): SMTPServerOptions {
  return {
    authMethods: ['XOAUTH2'],
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    authOptional: false,
    onAuth: (auth, _session, done) => {
      shown.push(auth.accessToken ?? '');
      if (taken.has(auth.accessToken ?? '')) done(null, { user: auth.username ?? '' });
      else done(Object.assign(new Error('Invalid token'), { responseCode: 535 }));
    },
  };
}

const settingsOf = (port: number, address: string): object => ({
  ...{ host: '127.0.0.1', port, security: 'none', authentication: 'oauth2', user: 'me@example.org' },
  ...{ from: 'auspex@example.org', recipients: people, oauth2: { clientId: 'auspex', address } },
});

test('one access token is fetched for all letters, and shown to the mail server', async () => {
  const shown: string[] = [];
  await using mail = await startMail(takingTokens(new Set(['A1']), shown));
  await using tokens = await startTokens({ access: 'A1' });
  await using post = openPost({ kind: 'email', settings: settingsOf(mail.port, tokens.address), secrets });
  post.outbox.queue('email', sampleMessage());
  await post.settle();
  expect(mail.mails.size).toBe(2);
  expect(shown).toEqual(['A1', 'A1']);
  expect(tokens.asked).toEqual([
    {
      grant_type: 'refresh_token',
      client_id: 'auspex',
      client_secret: 'CL13NT',
      refresh_token: 'R3FRESH',
    },
  ]);
});

test('a token whose time is up is renewed before it is shown', async () => {
  const shown: string[] = [];
  await using mail = await startMail(takingTokens(new Set(['A1', 'A2']), shown));
  await using tokens = await startTokens({ access: 'A1', seconds: 600 }, { access: 'A2' });
  await using post = openPost({ kind: 'email', settings: settingsOf(mail.port, tokens.address), secrets });
  post.outbox.queue('email', sampleMessage());
  await post.settle();
  post.clock.instant += 3_600_000;
  post.outbox.queue('email', sampleMessage('forecast/2026-11-22/regular.en'));
  await post.settle();
  expect(shown).toEqual(['A1', 'A1', 'A2', 'A2']);
  expect(post.states()).toEqual({ sent: 2 });
});

test('a token that was taken back is renewed once, and each letter arrives once', async () => {
  const shown: string[] = [];
  const taken = new Set(['A1', 'A2']);
  await using mail = await startMail(takingTokens(taken, shown));
  await using tokens = await startTokens({ access: 'A1' }, { access: 'A2' });
  await using post = openPost({ kind: 'email', settings: settingsOf(mail.port, tokens.address), secrets });
  post.outbox.queue('email', sampleMessage());
  await post.settle();
  taken.delete('A1');
  shown.length = 0;
  post.outbox.queue('email', sampleMessage('forecast/2026-11-22/regular.en'));
  await post.settle();
  expect(new Set(shown)).toEqual(new Set(['A1', 'A2']));
  expect(tokens.asked).toHaveLength(2);
  expect([mail.mails.size, mail.received()]).toEqual([4, 4]);
});

test('a mail server that refuses even a new token is not asked again and again', async () => {
  const shown: string[] = [];
  await using mail = await startMail(takingTokens(new Set(), shown));
  await using tokens = await startTokens({ access: 'A1' });
  await using post = openPost({ kind: 'email', settings: settingsOf(mail.port, tokens.address), secrets });
  post.outbox.queue('email', sampleMessage());
  await post.settle();
  expect(post.states()).toEqual({ dead: 1 });
  expect(tokens.asked).toHaveLength(1);
  expect(mail.mails.size).toBe(0);
});

test.each([
  ['invalid_grant', 'Allow the access anew and set the secret refreshToken.'],
  ['invalid_client', 'Check the client id and the secret clientSecret.'],
])('a refusal to renew (%s) says what to do, without any secret', async (error, remedy) => {
  await using mail = await startMail();
  await using tokens = await startTokens({ status: 400, error });
  await using post = openPost({ kind: 'email', settings: settingsOf(mail.port, tokens.address), secrets });
  post.outbox.queue('email', sampleMessage());
  await post.settle();
  expect(post.states()).toEqual({ dead: 1 });
  const problem = post.database.sqlite.prepare('SELECT problem FROM outbox').pluck().get();
  expect(problem).toContain(`refused to renew the access to the mailbox (${error}). ${remedy}`);
  expect(problem).not.toMatch(/R3FRESH|CL13NT/);
  expect(mail.received()).toBe(0);
});

test('an endpoint in trouble delays the letter, which then arrives', async () => {
  const shown: string[] = [];
  await using mail = await startMail(takingTokens(new Set(['A1']), shown));
  await using tokens = await startTokens({ status: 503, error: 'temporarily_unavailable' }, { access: 'A1' });
  await using post = openPost({ kind: 'email', settings: settingsOf(mail.port, tokens.address), secrets });
  post.outbox.queue('email', sampleMessage());
  expect(await post.outbox.deliver(new AbortController().signal)).toMatchObject({ delayed: 1 });
  await post.settle();
  expect([post.states(), mail.received()]).toEqual([{ sent: 1 }, 2]);
});

test('a refresh token that comes with an access token takes the place of the old one', async () => {
  await using mail = await startMail(takingTokens(new Set(['A1', 'A2']), []));
  await using tokens = await startTokens({ access: 'A1', refresh: 'R0TATED' }, { access: 'A2' });
  const secretStore = memorySecrets(secrets);
  const clock = { now: () => 0 };
  const settings = settingsOf(mail.port, tokens.address);
  for (const document of ['forecast/2026-11-21/regular.en', 'forecast/2026-11-22/regular.en']) {
    const channel = openChannel({ name: 'email', kind: 'email', settings }, { secretStore, clock });
    const context = { signal: new AbortController().signal, lastRemoteIds: [] };
    await channel.send(sampleMessage(document), 'ann@example.org', context);
  }
  expect(await secretStore.get('channel.email.refreshToken')).toBe('R0TATED');
  expect(tokens.asked.map(({ refresh_token }) => refresh_token)).toEqual(['R3FRESH', 'R0TATED']);
});
