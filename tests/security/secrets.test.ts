import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { createEngineHost } from '../../engine/host/engine-host.ts';
import { resolvePaths } from '../../engine/host/paths.ts';
import { openLog } from '../../engine/runtime/log.ts';
import { loadLocale } from '../../engine/documents/locale.ts';
import { writeDocument } from '../../engine/documents/registry.ts';
import { startMail, startTelegram, startVk, startWebhook } from '../fixtures/channel-servers.ts';
import { eventDocument } from '../fixtures/event-document.ts';
import { temporaryFolder } from '../fixtures/temporary.ts';

const day = '2026-11-21';
const secrets = {
  password: 'p4ss/SMTP+secret=one',
  telegram: '774411:TG_secret-two',
  vk: 'vk1.a.VK-secret.three',
  key: 'whsec_WEBHOOKsecretfour',
  passphrase: 'correct horse PASSPHRASEsecretfive',
  address: 'ADDRESSsecretsix',
  mlflow: 'MLFLOWsecretseven',
};

afterEach(() => void vi.unstubAllEnvs());

/** Quotes the whole request, address, headers and body, in a refusal of every service's form. */
async function startParrot() {
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const body = Buffer.concat(pieces).toString();
      const said = `I do not know ${request.url ?? ''} ${new URLSearchParams(body).get('access_token') ?? ''} ${body}`;
      const isTelegram = (request.url ?? '').startsWith('/bot');
      response.writeHead(isTelegram ? 401 : 200, { 'content-type': 'application/json' }).end(
        JSON.stringify({
          ...{ ok: false, error_code: 401, description: said },
          ...{ error: { error_code: 5, error_msg: said }, message: said },
        }),
      );
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

async function openHome(format = 'json') {
  const folder = temporaryFolder();
  const paths = resolvePaths({ home: folder.join('home') });
  const place = join(paths.documents, 'forecast', day);
  await mkdir(place, { recursive: true });
  for (const name of ['html', 'txt', 'mail.html', format, 'png']) {
    await writeFile(
      join(place, `regular.en.${name}`),
      await writeDocument(eventDocument(), loadLocale('en'), name),
    );
  }
  const host = createEngineHost({
    paths,
    clock: { now: () => Date.parse(`${day}T09:00:00Z`) },
    // Libraries quote addresses in what they throw.
    fetcher: {
      fetch: () => Promise.reject(new Error(`GET https://me:${secrets.address}@example.org/ failed`)),
    },
  });
  return { folder, paths, host };
}

/** Every form in which a secret could stand somewhere. */
function formsOf(secret: string): readonly string[] {
  const base64 = Buffer.from(secret).toString('base64');
  return [secret, encodeURIComponent(secret), base64, JSON.stringify(secret).slice(1, -1)];
}

test('secrets stand nowhere but in the encrypted file, whatever succeeds, fails and breaks', async () => {
  vi.stubEnv('AUSPEX_PASSPHRASE', secrets.passphrase);
  vi.stubEnv('MLFLOW_TRACKING_TOKEN', secrets.mlflow);
  await using telegram = await startTelegram(secrets.telegram);
  await using vk = await startVk(secrets.vk, { remembersGuids: true });
  await using webhook = await startWebhook(() => 'refused');
  await using parrot = await startParrot();
  await using mail = await startMail({
    authMethods: ['PLAIN', 'LOGIN'],
    authOptional: false,
    disabledCommands: ['STARTTLS'],
    onAuth: ({ username, password }, _session, done) => {
      if (username === 'good' && password === secrets.password) done(null, { user: username });
      else done(new Error(`535 I do not know ${String(username)} with ${String(password)}`));
    },
  });
  const { folder, paths, host } = await openHome();
  await using cleanUp = new AsyncDisposableStack();
  cleanUp.use(folder);
  cleanUp.use(host);
  const { client } = host;
  const letter = {
    ...{ host: '127.0.0.1', port: mail.port, security: 'none', authentication: 'password' },
    ...{ from: 'me@example.org', recipients: [{ address: 'ann@example.org', language: 'en' }] },
  };
  const posts = { chat: '@auspex', sendsCard: false };
  const channels = [
    { name: 'mail-good', kind: 'email', settings: { ...letter, user: 'good' }, what: 'password' },
    { name: 'mail-bad', kind: 'email', settings: { ...letter, user: 'bad' }, what: 'password' },
    { name: 'tg-good', kind: 'telegram', settings: { ...posts, address: telegram.address }, what: 'token' },
    { name: 'tg-parrot', kind: 'telegram', settings: { ...posts, address: parrot.address }, what: 'token' },
    { name: 'vk-good', kind: 'vk', settings: { owner: -1, address: vk.address }, what: 'token' },
    { name: 'vk-parrot', kind: 'vk', settings: { owner: -1, address: parrot.address }, what: 'token' },
    { name: 'hook-bad', kind: 'webhook', settings: { address: webhook.address }, what: 'key' },
    { name: 'hook-away', kind: 'webhook', settings: { address: 'http://127.0.0.1:1/' }, what: 'key' },
  ];
  const secretOf = { email: secrets.password, telegram: secrets.telegram, vk: secrets.vk };
  const seen: unknown[] = [];
  const refusalOf = (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      (value) => value,
      (error: unknown) => ({ refused: (error as { data?: unknown }).data ?? String(error) }),
    );
  for (const { what, ...channel } of channels) {
    await client.channels.put(channel);
    const secret = secretOf[channel.kind as keyof typeof secretOf] ?? secrets.key;
    seen.push(await client.channels.setSecret({ name: channel.name, what, secret }));
  }
  const { token } = await client.api.renewToken();

  seen.push(await client.channels.send({ day }));
  seen.push(
    await client.channels.list(),
    await client.channels.outbox({ limit: 100 }),
    await client.channels.log({ limit: 100 }),
  );
  const states = (await client.channels.outbox({ limit: 100 })).map(({ channel, state }) => [channel, state]);
  expect(Object.fromEntries(states)).toEqual({
    ...{ 'mail-good': 'sent', 'tg-good': 'sent', 'vk-good': 'sent' },
    ...{ 'mail-bad': 'dead', 'tg-parrot': 'dead', 'vk-parrot': 'dead', 'hook-bad': 'dead' },
    'hook-away': 'pending',
  });
  for (const { name } of channels) seen.push(await refusalOf(client.channels.test({ name, language: 'en' })));

  // Secrets in the wrong place are refused before anything is kept.
  const wrong = { name: 'wrong', kind: 'email', settings: { ...letter, password: secrets.password } };
  const inAddress = { address: `http://me:${secrets.address}@127.0.0.1:1/hook` };
  for (const channel of [wrong, { name: 'wrong', kind: 'webhook', settings: inAddress }]) {
    const refusal = await refusalOf(client.channels.put(channel));
    expect(refusal).toMatchObject({ refused: { code: 'CONFIGURATION_INVALID' } });
    seen.push(refusal);
  }
  for (const scheme of ['http', 'ftp']) {
    const from = `${scheme}://me:${secrets.address}@127.0.0.1:1/data`;
    const parameters = { source: 'csv', from, mapping: '/nowhere.json' };
    seen.push(await refusalOf(client.runs.start({ stage: 'getting', parameters })));
  }
  const { runId } = await client.runs.start({
    stage: 'getting',
    parameters: { source: 'openfootball', from: 'http://127.0.0.1:1/', championships: ['E0'] },
  });
  for await (const event of await client.runs.watch({ runId })) seen.push(event);
  seen.push(await client.runs.show({ runId }));

  // What a crash would leave in the log, and what is taken elsewhere.
  using log = Object.assign(openLog(paths.logs, { now: () => Date.parse(`${day}T10:00:00Z`) }), {
    [Symbol.dispose]: () => undefined,
  });
  const cause = new Error(`GET https://me:${secrets.address}@example.org/?token=${secrets.vk} failed`);
  log.error('the engine ended', {
    error: new Error(`Authorization: Bearer ${secrets.mlflow}`, { cause }),
    settings: { password: secrets.password, apiToken: token, passphrase: secrets.passphrase },
  });
  log.close();
  await client.settings.set({ key: 'tracking.mlflowAddress', value: parrot.address });
  seen.push(await client.settings.export(), await client.settings.list(), await client.system.doctor());
  seen.push(await client.system.backup({}), await client.system.outgoing({ limit: 1000 }));
  await client.exports.save({
    format: 'csv',
    language: 'en',
    table: {
      ...{
        name: 'Channels',
        title: 'Channels',
        columns: [{ key: 'channel', heading: 'Channel', kind: 'text' }],
      },
      rows: channels.map(({ name, settings }) => [`${name} ${JSON.stringify(settings)}`]),
    },
  });
  await host[Symbol.asyncDispose]();

  const files = (await readdir(paths.home, { recursive: true, withFileTypes: true })).filter((entry) =>
    entry.isFile(),
  );
  const folders = new Set(
    files.map(({ parentPath }) => parentPath.slice(paths.home.length + 1).split('/')[0]),
  );
  expect([...folders].sort()).toEqual(['', 'backups', 'documents', 'exports', 'logs']);
  const everything = [...Object.values(secrets), token];
  const found: string[] = [];
  for (const file of files) {
    const content = await readFile(join(file.parentPath, file.name));
    for (const secret of everything)
      if (formsOf(secret).some((form) => content.includes(form))) found.push(`${file.name}: ${secret}`);
  }
  const answers = JSON.stringify(seen);
  for (const secret of everything)
    if (formsOf(secret).some((form) => answers.includes(form))) found.push(`an answer: ${secret}`);
  expect(found).toEqual([]);
  const held = await readFile(join(paths.home, 'secrets.json'), 'utf8');
  expect(Object.keys(JSON.parse(held) as object).sort()).toEqual([
    ...['content', 'nonce', 'salt', 'schema', 'tag'],
  ]);
});
