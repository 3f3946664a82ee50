import type { SMTPServerOptions } from 'smtp-server';
import { expect, test } from 'vitest';
import { openPost, sampleMessage } from '../../fixtures/channels.ts';
import { startMail } from '../../fixtures/channel-servers.ts';
import { localhostCertificate, localhostKey } from '../../fixtures/localhost-certificate.ts';

const settings = (port: number, own: object): object => ({
  host: 'localhost',
  port,
  from: 'auspex@example.org',
  recipients: [{ address: 'ann@example.org', language: 'en' }],
  ...own,
});

test('a server whose certificate nobody vouches for gets no mail over TLS', async () => {
  await using server = await startMail({ secure: true });
  await using post = openPost({
    kind: 'email',
    settings: settings(server.port, { security: 'tls', authentication: 'none' }),
  });
  post.outbox.queue('email', sampleMessage());
  await post.outbox.deliver(new AbortController().signal);
  expect(server.mails.size).toBe(0);
  expect(post.states()).toEqual({ pending: 1 });
});

test('a server that does not offer STARTTLS gets neither password nor mail where it is demanded', async () => {
  await using server = await startMail();
  await using post = openPost({
    kind: 'email',
    settings: settings(server.port, { security: 'starttls', authentication: 'password' }),
    secrets: { 'channel.email.password': 'S3CRET' },
  });
  post.outbox.queue('email', sampleMessage());
  await post.outbox.deliver(new AbortController().signal);
  expect(server.mails.size).toBe(0);
});

test.each(['tls', 'starttls'] as const)(
  'a trusted server gets the mail over %s after a password',
  async (security) => {
    const seen: { secure: boolean; user: string; password: string }[] = [];
    const options: SMTPServerOptions = {
      authMethods: ['PLAIN'],
      authOptional: false,
      onAuth: (auth, session, done) => {
        seen.push({ secure: session.secure, user: auth.username ?? '', password: auth.password ?? '' });
        done(null, { user: auth.username ?? '' });
      },
    };
    await using server = await startMail({
      ...options,
      key: localhostKey,
      cert: localhostCertificate,
      secure: security === 'tls',
    });
    await using post = openPost({
      kind: 'email',
      settings: settings(server.port, {
        security,
        authentication: 'password',
        user: 'me',
        certificate: localhostCertificate,
      }),
      secrets: { 'channel.email.password': 'S3CRET' },
    });
    post.outbox.queue('email', sampleMessage());
    await post.settle();
    expect(post.states()).toEqual({ sent: 1 });
    expect(seen).toEqual([{ secure: true, user: 'me', password: 'S3CRET' }]);
    expect(post.database.sqlite.serialize().includes('S3CRET')).toBe(false);
  },
);

test('OAuth2 shows the access token, not a password', async () => {
  const tokens: string[] = [];
  await using server = await startMail({
    authMethods: ['XOAUTH2'],
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    authOptional: false,
    onAuth: (auth, _session, done) => {
      tokens.push(auth.accessToken ?? '');
      done(null, { user: auth.username ?? '' });
    },
  });
  await using post = openPost({
    kind: 'email',
    settings: settings(server.port, { security: 'none', authentication: 'oauth2' }),
    secrets: { 'channel.email.accessToken': 'ya29.T' },
  });
  post.outbox.queue('email', sampleMessage());
  await post.settle();
  expect(post.states()).toEqual({ sent: 1 });
  expect(tokens).toEqual(['ya29.T']);
});
