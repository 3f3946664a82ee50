import { createHash } from 'node:crypto';
import { createTransport } from 'nodemailer';
import { z } from 'zod';
import { languages } from '../../contract/domain.ts';
import type { Clock } from '../../ports/index.ts';
import { noteOutgoing } from '../../runtime/outgoing.ts';
import { DeliveryProblem } from '../channel.ts';
import type { Channel, Receipt } from '../channel.ts';
import { fileBytes, slugOf } from '../message.ts';
import type { Message } from '../message.ts';
import type { Secrets } from '../secrets.ts';
import { accessTokens, type AccessToken } from './access-token.ts';

export const emailSettings = z.object({
  host: z.string().min(1),
  port: z.number().int().min(1).max(65_535),
  /** `tls` from the first byte (port 465), `starttls` demanded (587), `none` for a server on this machine. */
  security: z.enum(['tls', 'starttls', 'none']),
  authentication: z.enum(['password', 'oauth2', 'none']),
  user: z.string().optional(),
  /** Where OAuth2 gets a new access token; without it the secret `accessToken` is used as it is. */
  oauth2: z.object({ clientId: z.string(), address: z.url({ protocol: /^https?$/ }) }).optional(),
  from: z.email(),
  senderName: z.string().default('Auspex'),
  /** Each gets the documents in one language, in a mail of his own. */
  recipients: z.array(z.object({ address: z.email(), language: z.enum(languages) })),
  /** A certificate in PEM that is trusted besides the usual ones, for a server of one's own. */
  certificate: z.string().optional(),
  attachesFiles: z.boolean().default(true),
});
type EmailSettings = z.infer<typeof emailSettings>;

const timeoutMs = 30_000;

/**
 * One mail a recipient, with the page as HTML, the plain text beside it, the card as an inline picture and the files
 * attached. The message's id is made from the document and the recipient, so that mail systems drop a copy whose first
 * answer was lost. Secrets: `password`, or for OAuth2 `accessToken`, or `clientSecret` and `refreshToken`.
 */
export function emailChannel(
  settings: EmailSettings,
  { secrets, clock }: { readonly secrets: Secrets; readonly clock: Clock },
): Channel {
  const { oauth2 } = settings;
  // Kept as long as the channel is open, so that all letters of a day need one.
  const tokens =
    settings.authentication === 'oauth2' && oauth2 ? accessTokens(oauth2, { secrets, clock }) : undefined;
  return {
    kind: 'email',
    canRepeat: true,
    canEdit: false,
    parts: (message) =>
      settings.recipients
        .filter(({ language }) => language === message.language)
        .map(({ address }) => address),
    async preview(message) {
      const [recipient = settings.from] = this.parts(message);
      const content = await composeMail(settings, { message, recipient, instant: clock.now() });
      return [{ name: `${slugOf(message.document)}.eml`, mediaType: 'message/rfc822', content }];
    },
    async send(message, recipient): Promise<Receipt> {
      const letter = { message, recipient, instant: clock.now() };
      const access = await tokens?.current();
      try {
        return await sendOver(settings, letter, await authentication(settings, { secrets, access }));
      } catch (error) {
        // A token that was taken back before its time: one new one is tried, and its refusal is final.
        if (!tokens || access?.isFresh !== false || !isRefusedAccess(error))
          throw problemOf(error, settings.host);
      }
      const fresh = await authentication(settings, { secrets, access: await tokens.renew() });
      return await sendOver(settings, letter, fresh).catch((error: unknown) => {
        throw problemOf(error, settings.host);
      });
    },
  };
}

/** @throws whatever the mail program's errors are */
async function sendOver(
  settings: EmailSettings,
  letter: Letter,
  auth: Awaited<ReturnType<typeof authentication>>,
): Promise<Receipt> {
  const { host, port, security, certificate } = settings;
  const transport = createTransport({
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    auth,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    // Nothing in a document may make the program read a file or an address.
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(certificate === undefined ? {} : { tls: { ca: certificate } }),
  });
  const begun = Date.now();
  const note = (outcome: string) => {
    const call = { method: 'SMTP', host: `${host}:${port}`, outcome, bytes: null };
    noteOutgoing({ ...call, durationMs: Date.now() - begun });
  };
  try {
    const sent = await transport.sendMail(mailOf(settings, letter));
    note('ok');
    return { remoteId: sent.messageId };
  } catch (error) {
    note((error as { code?: string }).code ?? 'failed');
    throw error;
  } finally {
    transport.close();
  }
}

interface Letter {
  readonly message: Message;
  readonly recipient: string;
  readonly instant: number;
}

/** A mail as bytes, without any server: for the preview and for `.eml` files. */
export async function composeMail(
  settings: Pick<EmailSettings, 'from' | 'senderName' | 'attachesFiles'>,
  letter: Letter,
): Promise<Uint8Array> {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  const { message } = await transport.sendMail(mailOf(settings, letter));
  return message as Buffer;
}

function mailOf(
  { from, senderName, attachesFiles }: Pick<EmailSettings, 'from' | 'senderName' | 'attachesFiles'>,
  { message, recipient, instant }: Letter,
) {
  const { document, subject, text, card, files } = message;
  const id = createHash('sha256').update(`${document}\n${recipient}`).digest('hex').slice(0, 32);
  const picture = card ? '<p><img src="cid:card" alt="" width="600" style="max-width:100%"></p>' : '';
  return {
    from: { name: senderName, address: from },
    to: recipient,
    subject: subject.replaceAll(/[\r\n]+/g, ' '),
    text,
    html: message.html.replace('<!--card-->', picture),
    date: new Date(instant),
    messageId: `<${id}@${from.split('@')[1] ?? 'localhost'}>`,
    // The same letter is the same bytes.
    baseBoundary: id,
    headers: { 'auto-submitted': 'auto-generated', 'content-language': message.language },
    attachments: [
      ...(card
        ? [{ filename: card.name, content: fileBytes(card), contentType: card.mediaType, cid: 'card' }]
        : []),
      ...(attachesFiles ? files : []).map((file) => ({
        filename: file.name,
        content: fileBytes(file),
        contentType: file.mediaType,
      })),
    ],
  };
}

async function authentication(
  settings: EmailSettings,
  { secrets, access }: { readonly secrets: Secrets; readonly access: AccessToken | undefined },
) {
  const { user = settings.from } = settings;
  switch (settings.authentication) {
    case 'none':
      return undefined;
    case 'password':
      return { user, pass: await secrets.require('password') };
    case 'oauth2': {
      const accessToken = access?.value ?? (await secrets.require('accessToken'));
      return { type: 'OAuth2' as const, user, accessToken };
    }
  }
}

/** Whether the server did not take the token, rather than the letter. */
function isRefusedAccess(error: unknown): boolean {
  const { code, responseCode } = error as MailError;
  return code === 'EAUTH' || responseCode === 535;
}

interface MailError {
  readonly code?: unknown;
  readonly responseCode?: unknown;
  readonly command?: unknown;
}

/** The server's own sentence is left out: some repeat what was sent to them. */
function problemOf(error: unknown, host: string): DeliveryProblem {
  if (error instanceof DeliveryProblem) return error;
  const { code, responseCode, command } = error as MailError;
  const at = typeof command === 'string' ? ` at ${command.split(' ')[0] ?? ''}` : '';
  if (typeof responseCode === 'number') {
    const fate = responseCode >= 500 ? 'refused' : 'delayed';
    return new DeliveryProblem(fate, `${host} answered with ${responseCode}${at}.`, { cause: error });
  }
  // Only after the letter's last line can it have been taken without an answer.
  const fate = command === 'DATA' || command === undefined ? 'lost' : 'delayed';
  return new DeliveryProblem(fate, `${host} could not be spoken to (${String(code)}${at}).`, {
    cause: error,
  });
}
