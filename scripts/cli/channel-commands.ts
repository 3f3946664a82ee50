import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { Option, type Command } from 'commander';
import { languages, type Language } from '../../engine/contract/domain.ts';
import { AppError } from '../../engine/contract/errors.ts';
import { dayAt } from '../../engine/contract/zones.ts';
import { exitCodes } from './console.ts';
import { type Act, type Session } from './session.ts';
import { workingFolder } from './working-folder.ts';
import { formatTable } from './tables.ts';
import { wholeNumber } from './values.ts';

/** Where documents go, and what became of them. */
export function addChannelCommands(program: Command, act: Act): void {
  const channels = program
    .command('channels')
    .description('where documents go: folder, site, email, eml, telegram, vk, webhook');
  const run = (work: (session: Session) => Promise<number | undefined>): Promise<void> => act(work)();
  const language = () => new Option('--language <code>').choices([...languages]).default('en');

  channels
    .command('list', { isDefault: true })
    .description('the channels')
    .action(() => run(list));
  channels
    .command('add')
    .description('keeps a channel; one of the same name takes the new settings')
    .argument('<name>')
    .argument('<kind>')
    .requiredOption('--settings <file>', 'JSON without secrets; "-" reads standard input')
    .action((name: string, kind: string, options: { settings: string }) =>
      run((session) => add(session, { name, kind, file: options.settings })),
    );
  channels
    .command('remove')
    .argument('<name>')
    .description('forgets a channel and its outbox')
    .action((name: string) =>
      run((session) => changed(session, session.host.client.channels.remove({ name }), 'removed')),
    );
  channels
    .command('secret')
    .description('keeps a secret of a channel; it is read from standard input')
    .argument('<name>')
    .argument('<what>', 'token, password, key, accessToken, clientSecret or refreshToken')
    .action((name: string, what: string) => run((session) => secret(session, name, what)));
  channels
    .command('test')
    .description('sends a short message')
    .argument('<name>')
    .addOption(language())
    .action((name: string, options: { language: Language }) =>
      run((session) => test(session, name, options.language)),
    );
  channels
    .command('preview')
    .description('writes what a channel would send of a published document')
    .argument('<name>')
    .option('--date <day>', 'default today')
    .requiredOption('--to <folder>')
    .option('--kind <kind>', 'forecast or outcome', 'forecast')
    .option('--variant <variant>', 'regular or quality', 'regular')
    .addOption(language())
    .action((name: string, options: PreviewOptions) => run((session) => preview(session, name, options)));
  channels
    .command('send')
    .description('queues what was published for a day and sends whatever is due')
    .option('--date <day>', 'default today')
    .action((options: { date?: string }) => run((session) => send(session, options.date)));
  channels
    .command('outbox')
    .description('what waits, was sent, is in doubt or will not go')
    .option('--limit <n>', 'how many', wholeNumber, 30)
    .action((options: { limit: number }) => run((session) => outbox(session, options.limit)));
  channels
    .command('log')
    .description('every delivery and every failed try, newest first')
    .argument('[name]')
    .option('--limit <n>', 'how many', wholeNumber, 30)
    .action((name: string | undefined, options: { limit: number }) =>
      run((session) => log(session, name, options.limit)),
    );
  channels
    .command('retry')
    .description('sends again: one item of the outbox, or all that a channel was refused')
    .argument('<what>', 'the number of a dead or uncertain item, or the name of a channel')
    .action((what: string) => run((session) => retry(session, what)));
  channels
    .command('confirm')
    .description('says of an uncertain item of the outbox that it arrived')
    .argument('<id>', 'its number', wholeNumber)
    .action((id: number) =>
      run((session) => changed(session, session.host.client.channels.confirm({ id }), 'changed')),
    );
}

async function list({ host, console }: Session): Promise<undefined> {
  const entries = await host.client.channels.list();
  console.document(entries);
  if (entries.length === 0) console.line(console.locale.t('channels.none'));
  for (const { name, kind } of entries) console.line(`${name} (${kind})`);
}

async function add(
  { host, console }: Session,
  of: { readonly name: string; readonly kind: string; readonly file: string },
): Promise<undefined> {
  const content =
    of.file === '-' ? await text(process.stdin) : await readFile(resolve(workingFolder, of.file), 'utf8');
  const entry = await host.client.channels.put({
    name: of.name,
    kind: of.kind,
    settings: settingsOf(content),
  });
  console.document(entry);
  console.line(`${entry.name} (${entry.kind})`);
}

function settingsOf(content: string): Record<string, unknown> {
  try {
    return JSON.parse(content) as Record<string, unknown>;
  } catch {
    // Without the cause, which quotes the text: somebody may have put a secret there.
    throw new AppError('USAGE', 'The settings are not JSON.');
  }
}

async function secret({ host, console }: Session, name: string, what: string): Promise<undefined> {
  const content = (await text(process.stdin)).trim();
  const kept = await host.client.channels.setSecret({ name, what, secret: content });
  console.document(kept);
  console.line(kept.name);
}

async function test({ host, console }: Session, name: string, language: Language): Promise<undefined> {
  const { parts } = await host.client.channels.test({ name, language });
  console.document({ parts });
  for (const part of parts) console.line(part);
}

interface PreviewOptions {
  readonly date?: string;
  readonly to: string;
  readonly kind: string;
  readonly variant: string;
  readonly language: Language;
}

/** What is a number alone is an item's. */
async function retry(session: Session, what: string): Promise<number | undefined> {
  const { channels } = session.host.client;
  if (/^\d+$/.test(what)) return changed(session, channels.revive({ id: wholeNumber(what) }), 'changed');
  const answer = await channels.reviveAll({ name: what });
  session.console.document(answer);
  session.console.line(session.console.locale.t('channels.retried', { n: answer.count }));
  return exitCodes.done;
}

async function preview(
  { host, console, zone }: Session,
  name: string,
  options: PreviewOptions,
): Promise<undefined> {
  const { to, kind, variant, language } = options;
  const day = options.date ?? dayAt(Date.now(), zone);
  const files = await host.client.channels.preview({ name, kind, day, variant, language });
  const folder = resolve(workingFolder, to);
  await mkdir(folder, { recursive: true });
  const written = files.map((file) => join(folder, file.name));
  for (const file of files) await writeFile(join(folder, file.name), Buffer.from(file.base64, 'base64'));
  console.document(written);
  for (const path of written) console.line(path);
}

async function send({ host, console }: Session, day: string | undefined): Promise<number | undefined> {
  const counts = await host.client.channels.send(day === undefined ? {} : { day });
  console.document(counts);
  for (const [key, count] of Object.entries(counts))
    console.line(`${console.locale.t(`channels.counts.${key}`)}: ${count}`);
  return counts.dead + counts.uncertain > 0 ? exitCodes.error : exitCodes.done;
}

async function outbox({ host, console, zone }: Session, limit: number): Promise<undefined> {
  const items = await host.client.channels.outbox({ limit });
  console.document(items);
  const { locale } = console;
  const rows = items.map(({ id, channel, document, state, attempts, settledAt, dueAt, problem }) => [
    String(id),
    channel,
    document,
    locale.t(`channels.states.${state}`),
    String(attempts),
    locale.instant(settledAt ?? dueAt, zone),
    problem ?? '',
  ]);
  const head = ['number', 'channel', 'document', 'state', 'attempts', 'instant', 'problem'].map((key) =>
    locale.t(`channels.columns.${key}`),
  );
  for (const line of formatTable([head, ...rows], ['right', 'left', 'left', 'left', 'right', 'left', 'left']))
    console.line(line);
}

async function log(
  { host, console, zone }: Session,
  name: string | undefined,
  limit: number,
): Promise<undefined> {
  const entries = await host.client.channels.log({ limit, ...(name === undefined ? {} : { name }) });
  console.document(entries);
  const { locale } = console;
  const rows = entries.map(({ instant, channel, document, part, event, detail }) => [
    locale.instant(instant, zone),
    channel,
    document,
    part ?? '',
    locale.t(`channels.events.${event}`),
    detail ?? '',
  ]);
  const head = ['instant', 'channel', 'document', 'part', 'event', 'detail'].map((key) =>
    locale.t(`channels.columns.${key}`),
  );
  for (const line of formatTable([head, ...rows], ['left', 'left', 'left', 'left', 'left', 'left']))
    console.line(line);
}

async function changed<Key extends string>(
  { console }: Session,
  answer: Promise<Readonly<Record<Key, boolean>>>,
  key: Key,
): Promise<number> {
  const said = await answer;
  console.document(said);
  console.line(console.locale.t(said[key] ? 'channels.changed' : 'channels.unchanged'));
  return said[key] ? exitCodes.done : exitCodes.error;
}
