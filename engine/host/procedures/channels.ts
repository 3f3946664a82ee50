import { listDeliveries, listOutbox } from '../../../db/queries/outbox.ts';
import { DeliveryProblem } from '../../channels/channel.ts';
import { messageFile, type Message } from '../../channels/message.ts';
import { readPublished } from '../../channels/published.ts';
import { refuseSecrets } from '../../channels/plain-settings.ts';
import { openChannel } from '../../channels/registry.ts';
import { secretName } from '../../channels/secrets.ts';
import { takes, takesSchema } from '../../channels/takes.ts';
import { languages, type Language } from '../../contract/domain.ts';
import { AppError } from '../../contract/errors.ts';
import { reportKinds } from '../../contract/stages.ts';
import { dayAt } from '../../contract/zones.ts';
import { loadLocale } from '../../documents/locale.ts';
import { createEdits } from '../../runtime/edits.ts';
import { requireOnline } from '../../runtime/online.ts';
import { channelOf, isLocalKind, outboxOf, reachableChannels, readChannels } from '../channel-book.ts';
import type { EngineContext } from '../engine-host.ts';
import { engine } from './engine.ts';

const procedures = engine.channels;
const variants = ['regular', 'quality'];

export const channels = {
  list: procedures.list.handler(({ context }) => readChannels(context)),
  put: procedures.put.handler(({ input, context }) => {
    const { name, kind, settings } = input;
    refuseSecrets(settings);
    // Refuses settings that do not fit before they are kept.
    openChannel(input, { secretStore: context.secrets(), clock: context.clock });
    createEdits(context.writer(), context.clock).make({
      kind: 'channel',
      name,
      value: { kind, settings: JSON.stringify(settings) },
    });
    return { name, kind, settings };
  }),
  remove: procedures.remove.handler(({ input, context }) => ({
    removed:
      createEdits(context.writer(), context.clock).make({
        kind: 'channel',
        name: input.name,
        value: null,
      }) !== undefined,
  })),
  setSecret: procedures.setSecret.handler(async ({ input, context }) => {
    const name = secretName(input.name, input.what);
    await context.secrets().set(name, input.secret);
    return { name };
  }),
  secrets: procedures.secrets.handler(async ({ context }) =>
    (await context.secrets().names()).flatMap((name) => {
      const [, channel, what] = /^channel\.(.+)\.([A-Za-z]+)$/.exec(name) ?? [];
      return channel && what ? [{ channel, what }] : [];
    }),
  ),
  removeSecret: procedures.removeSecret.handler(async ({ input, context }) => {
    const name = secretName(input.name, input.what);
    await context.secrets().remove(name);
    return { name };
  }),
  test: procedures.test.handler(async ({ input, context, signal }) => {
    const kind = readChannels(context).find(({ name }) => name === input.name)?.kind ?? '';
    if (!isLocalKind(kind)) requireOnline(context.settings());
    const channel = channelOf(context, input.name);
    const message = testMessage(input.language, context.clock.now());
    const parts = channel.parts(message);
    for (const part of parts) {
      await channel
        .send(message, part, { signal: signal ?? new AbortController().signal, lastRemoteIds: [] })
        .catch((problem: unknown) => {
          if (!(problem instanceof DeliveryProblem)) throw problem;
          throw new AppError('DELIVERY_FAILED', problem.message, { detail: { channel: input.name } });
        });
    }
    return { parts: [...parts] };
  }),
  preview: procedures.preview.handler(async ({ input, context }) => {
    const message = await readPublished(context.paths.documents, input);
    if (!message) {
      throw new AppError('NOT_FOUND', `${input.kind}/${input.day}/${input.variant} was not published.`);
    }
    const previews = await channelOf(context, input.name).preview(message);
    return previews.map(({ name, mediaType, content }) => ({
      name,
      mediaType,
      base64: Buffer.from(content).toString('base64'),
    }));
  }),
  send: procedures.send.handler(async ({ input, context, signal }) => {
    const outbox = outboxOf(context);
    const day = input.day ?? dayAt(context.clock.now(), context.settings().get('zone'));
    const known = reachableChannels(context);
    let queued = 0;
    for (const message of await publishedOn(context, day, input.kinds)) {
      for (const { name, settings } of known) {
        if (takes(takesSchema.parse(settings), message) && outbox.queue(name, message) !== 'unchanged')
          queued++;
      }
    }
    return { queued, ...(await outbox.deliver(signal ?? new AbortController().signal)) };
  }),
  outbox: procedures.outbox.handler(({ input, context }) => listOutbox(context.reader(), input)),
  log: procedures.log.handler(({ input, context }) =>
    listDeliveries(context.reader(), { limit: input.limit, channel: input.name }),
  ),
  revive: procedures.revive.handler(({ input, context }) => ({
    changed: outboxOf(context).revive(input.id),
  })),
  reviveAll: procedures.reviveAll.handler(({ input, context }) => ({
    count: outboxOf(context).reviveAll(input.name),
  })),
  confirm: procedures.confirm.handler(({ input, context }) => ({
    changed: outboxOf(context).confirm(input.id),
  })),
};

/** The forecasts of a day, and the results of that day, in every language that was published. */
async function publishedOn(
  { paths }: EngineContext,
  day: string,
  kinds: readonly string[] = ['forecast', 'outcome', ...reportKinds],
): Promise<Message[]> {
  const found: Message[] = [];
  for (const kind of kinds) {
    for (const variant of variants) {
      for (const language of languages) {
        const message = await readPublished(paths.documents, { kind, day, variant, language });
        if (message) found.push(message);
      }
    }
  }
  return found;
}

function testMessage(language: Language, now: number): Message {
  const { t } = loadLocale(language);
  const text = t('channels.test');
  return {
    document: `test/${now}/test.${language}`,
    language,
    subject: text,
    text,
    html: `<!doctype html>\n<html lang="${language}"><body><!--card--><p>${text}</p></body></html>\n`,
    card: null,
    files: [messageFile(`test.${language}.txt`, 'text/plain; charset=utf-8', `${text}\n`)],
  };
}
