/** A field of a channel's settings. */
export interface ChannelField {
  readonly key: string;
  readonly kind: 'text' | 'address' | 'number' | 'switch' | 'choice' | 'recipients';
  readonly options?: readonly string[];
  readonly fallback?: string | number | boolean;
  readonly isOptional?: boolean;
  /** The choice that leaves the setting out. */
  readonly leftOutAs?: string;
  /** Only asked for while another field has one of these values. */
  readonly when?: { readonly key: string; readonly is: readonly string[] };
}

export interface ChannelForm {
  readonly fields: readonly ChannelField[];
  /** Secrets that this kind may need, written once and never shown. */
  readonly secrets: readonly string[];
}

const folder: ChannelField = { key: 'folder', kind: 'text' };
const from: ChannelField = { key: 'from', kind: 'text' };
const senderName: ChannelField = { key: 'senderName', kind: 'text', fallback: 'Auspex' };
const attachesFiles: ChannelField = { key: 'attachesFiles', kind: 'switch', fallback: true };

/** From which severity on a channel carries alerts; a public site carries none. */
const alerts: ChannelField = {
  ...{ key: 'alerts', kind: 'choice', options: ['never', 'warning', 'critical'], fallback: 'never' },
  leftOutAs: 'never',
};

const usesOauth2 = { key: 'authentication', is: ['oauth2'] };

/** What has to be said of each kind of channel. */
export const channelForms: Readonly<Record<string, ChannelForm>> = {
  folder: { fields: [folder, alerts], secrets: [] },
  site: {
    fields: [folder, { key: 'title', kind: 'text', fallback: 'Auspex' }, { key: 'address', kind: 'address' }],
    secrets: [],
  },
  email: {
    fields: [
      { key: 'host', kind: 'text' },
      { key: 'port', kind: 'number', fallback: 587 },
      { key: 'security', kind: 'choice', options: ['starttls', 'tls', 'none'], fallback: 'starttls' },
      {
        key: 'authentication',
        kind: 'choice',
        options: ['password', 'oauth2', 'none'],
        fallback: 'password',
      },
      {
        key: 'user',
        kind: 'text',
        isOptional: true,
        when: { key: 'authentication', is: ['password', 'oauth2'] },
      },
      // Where a new access token comes from; without them the one that is kept as a secret is used as it is.
      { key: 'oauth2.clientId', kind: 'text', isOptional: true, when: usesOauth2 },
      { key: 'oauth2.address', kind: 'address', isOptional: true, when: usesOauth2 },
      from,
      senderName,
      { key: 'recipients', kind: 'recipients' },
      attachesFiles,
      alerts,
    ],
    secrets: ['password', 'accessToken', 'clientSecret', 'refreshToken'],
  },
  eml: { fields: [folder, from, senderName, attachesFiles, alerts], secrets: [] },
  telegram: {
    fields: [
      { key: 'chat', kind: 'text' },
      { key: 'sendsCard', kind: 'switch', fallback: true },
      { key: 'sendsFiles', kind: 'switch', fallback: false },
      { key: 'address', kind: 'address', fallback: 'https://api.telegram.org' },
      alerts,
    ],
    secrets: ['token'],
  },
  vk: {
    fields: [
      { key: 'owner', kind: 'number' },
      { key: 'address', kind: 'address', fallback: 'https://api.vk.com' },
      alerts,
    ],
    secrets: ['token'],
  },
  webhook: { fields: [{ key: 'address', kind: 'address' }, alerts], secrets: ['key'] },
};

export type Draft = Readonly<Record<string, string | number | boolean>>;

/** What the form shows at first: what is kept, or the usual values. */
export function draftOf(form: ChannelForm, settings: Readonly<Record<string, unknown>> = {}): Draft {
  return Object.fromEntries(
    form.fields.map(({ key, kind, fallback }) => {
      const kept = valueAt(settings, key);
      if (kind === 'recipients') return [key, recipientsText(kept)];
      if (kind === 'switch') return [key, typeof kept === 'boolean' ? kept : (fallback ?? false)];
      return [key, typeof kept === 'string' || typeof kept === 'number' ? kept : (fallback ?? '')];
    }),
  );
}

/** Whether a field is to be filled in as the form stands. */
export function isAsked({ when }: ChannelField, draft: Draft): boolean {
  return when === undefined || when.is.includes(String(draft[when.key]));
}

function valueAt(settings: Readonly<Record<string, unknown>>, key: string): unknown {
  const [group = '', inner] = key.split('.');
  const value = settings[group];
  if (inner === undefined) return value;
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[inner] : undefined;
}

/** The settings as the engine takes them; what the form does not know is kept as it was. */
export function settingsOf(
  form: ChannelForm,
  draft: Draft,
  before: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  const own = form.fields.flatMap((field): [string, unknown][] => {
    const { key, kind, isOptional, leftOutAs } = field;
    const value = draft[key] ?? '';
    if (!isAsked(field, draft)) return [];
    if (kind === 'recipients') return [[key, recipientsOf(String(value))]];
    if (kind === 'number') return [[key, Number(value)]];
    if ((isOptional === true && value === '') || value === leftOutAs) return [];
    return [[key, typeof value === 'string' ? value.trim() : value]];
  });
  const known = new Set(form.fields.map(({ key }) => key.split('.')[0]));
  const others = Object.entries(before).filter(([key]) => !known.has(key));
  return nested([...others, ...own]);
}

/** Fields of a group stand together under its name. */
function nested(entries: readonly (readonly [string, unknown])[]): Record<string, unknown> {
  const settings: Record<string, unknown> = {};
  for (const [key, value] of entries) {
    const [group = '', inner] = key.split('.');
    settings[group] =
      inner === undefined ? value : { ...(settings[group] as object | undefined), [inner]: value };
  }
  return settings;
}

/** One recipient a line: an address, and a language after a space where it is not English. */
function recipientsOf(text: string): { address: string; language: string }[] {
  return text
    .split('\n')
    .map((line) => line.trim().split(/[\s,;]+/))
    .filter(([address]) => address !== undefined && address !== '')
    .map(([address = '', language]) => ({ address, language: language === 'ru' ? 'ru' : 'en' }));
}

function recipientsText(value: unknown): string {
  const list = Array.isArray(value) ? (value as { address?: unknown; language?: unknown }[]) : [];
  return list.map(({ address, language }) => `${String(address)} ${String(language)}`).join('\n');
}
