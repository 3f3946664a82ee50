import { z } from 'zod';
import { storedSettings } from '../../db/queries/settings.ts';
import { putSetting } from '../../db/storage/settings.ts';
import type { Database } from '../../db/client.ts';
import { documentFormats, documentFormatsIn, usualFormats } from '../contract/document-formats.ts';
import { languages } from '../contract/domain.ts';
import { AppError } from '../contract/errors.ts';
import { isZone } from '../contract/zones.ts';
import type { Clock } from '../ports/index.ts';
import { validate } from './validate.ts';

interface SettingDefinition<Value> {
  readonly schema: z.ZodType<Value>;
  readonly default: Value;
  readonly description: string;
}

function define<Value>(
  schema: z.ZodType<Value>,
  fallback: NoInfer<Value>,
  description: string,
): SettingDefinition<Value> {
  return { schema, default: fallback, description };
}

/** Credentials inside of an address would be stored and shown in the open. */
function isPlainAddress(text: string): boolean {
  if (text === '') return true;
  const url = URL.parse(text);
  if (!url || !['http:', 'https:'].includes(url.protocol)) return false;
  return url.username === '' && url.password === '' && url.search === '' && url.hash === '';
}

const probability = (low: number, high: number) =>
  z
    .number(`expected a number from ${low} to ${high}`)
    .min(low, `expected at least ${low}`)
    .max(high, `expected at most ${high}`);

const hours = z
  .string('expected hours such as 23:00-07:00, or nothing')
  .regex(
    /^(([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d)?$/,
    'expected hours such as 23:00-07:00, or nothing',
  );

/**
 * Every setting there is. A new one must earn its place: what has one right value is not a setting.
 */
export const settingDefinitions = {
  language: define(
    z.enum(languages, `expected one of: ${languages.join(', ')}`),
    'en',
    'Language of the program and of documents where none is asked for.',
  ),
  zone: define(
    z
      .string('expected the name of a time zone')
      .refine(isZone, 'expected the name of a time zone, such as Europe/London'),
    'UTC',
    'Time zone whose calendar says which day is today, and in which kick-offs are shown.',
  ),
  'appearance.theme': define(
    z.enum(['system', 'light', 'dark'], 'expected one of: system, light, dark'),
    'system',
    'Colours of the screens; system follows the computer.',
  ),
  'appearance.density': define(
    z.enum(['compact', 'comfortable'], 'expected one of: compact, comfortable'),
    'compact',
    'How much room rows and controls take.',
  ),
  'appearance.motion': define(
    z.enum(['system', 'reduced'], 'expected one of: system, reduced'),
    'system',
    'Whether things move when they appear; system follows the computer.',
  ),
  'appearance.mask': define(
    z.boolean('expected true or false'),
    false,
    'Covers money, folders, addresses and recipients on the screens, for screenshots and for showing.',
  ),
  'odds.format': define(
    z.enum(['decimal', 'fractional', 'american'], 'expected one of: decimal, fractional, american'),
    'decimal',
    'How prices are written.',
  ),
  'documents.languages': define(
    z.enum(['both', ...languages], 'expected one of: both, en, ru'),
    'both',
    'Languages that documents are published in.',
  ),
  'documents.formats': define(
    z
      .string('expected formats with commas between them, or nothing')
      .refine(
        (text) => text === '' || documentFormatsIn(text) !== undefined,
        `expected some of these with commas between them: ${documentFormats.join(', ')}`,
      ),
    '',
    `Formats that documents are published in; empty: ${usualFormats.join(', ')}. What channels send is always made as well.`,
  ),
  'documents.zone': define(
    z
      .string('expected the name of a time zone, or nothing')
      .refine((text) => text === '' || isZone(text), 'expected the name of a time zone, or nothing'),
    '',
    'Time zone of the kick-offs in documents; empty leaves each championship its own.',
  ),
  'calendar.firstDay': define(
    z.enum(['monday', 'sunday'], 'expected one of: monday, sunday'),
    'monday',
    'Day that a week begins with in calendars.',
  ),
  'selection.target': define(
    probability(0.5, 0.99),
    0.7,
    'Hit rate that selected forecasts must be vouched for.',
  ),
  'selection.delta': define(
    probability(0.001, 0.5),
    0.1,
    'Chance that a selection rule is let through although its hit rate is below the target.',
  ),
  'sources.requestsPerSecond': define(
    probability(0.05, 10),
    1,
    'How many requests a second one server gets at most.',
  ),
  'network.offline': define(
    z.boolean('expected true or false'),
    false,
    'Sends nothing to other machines at all: no fetching, no publishing, no updates.',
  ),
  'api.enabled': define(
    z.boolean('expected true or false'),
    false,
    'Answers programs of this machine over HTTP at /api, if they show the token.',
  ),
  'runtime.threads': define(
    z.int('expected a whole number').min(0, 'expected at least 0').max(64, 'expected at most 64'),
    0,
    'Worker threads; 0 takes what the machine has.',
  ),
  'tracking.mlflowAddress': define(
    z.string('expected an address').refine(isPlainAddress, {
      message:
        'expected an http or https address without a user name, such as http://localhost:5000, or nothing',
      abort: true,
    }),
    '',
    'MLflow server that experiments are copied to; empty keeps them here alone.',
  ),
  'news.modelAddress': define(
    z.string('expected an address').refine(isPlainAddress, {
      message: 'expected an http or https address such as http://127.0.0.1:11434/v1, or nothing',
      abort: true,
    }),
    '',
    'Language model on this machine or its private network that scores news; empty leaves them to the lexicon.',
  ),
  'news.modelName': define(
    z.string('expected a name').max(200, 'expected at most 200 characters'),
    '',
    'Name of that model, as its server calls it.',
  ),
  'processing.studies': define(
    z.coerce
      .string()
      .regex(/^(\d+(,\d+)*)?$/, 'expected numbers of tuning studies, such as 3 or 3,7, or nothing'),
    '',
    'Tuning studies whose best parameters their families are trained with; empty trains all with their own.',
  ),
  'desktop.closeToTray': define(
    z.boolean('expected true or false'),
    false,
    'The desktop program goes on in the tray when its window is closed, so that the schedule is kept.',
  ),
  'notifications.longRuns': define(
    z.boolean('expected true or false'),
    true,
    'The system tells of runs that took more than half a minute and are done, while nobody looks at the program.',
  ),
  'notifications.failedRuns': define(
    z.boolean('expected true or false'),
    true,
    'The system tells of runs that failed while nobody looks at the program.',
  ),
  'notifications.alerts': define(
    z.boolean('expected true or false'),
    true,
    'The system tells of alerts that the watch has raised while nobody looks at the program.',
  ),
  'notifications.quietHours': define(
    hours,
    '',
    'Hours in which the system tells of nothing; the centre of notifications keeps it.',
  ),
  'schedule.quietHours': define(
    hours,
    '',
    'Hours in which the schedule starts nothing; what was due is made up for when they are over.',
  ),
  'schedule.pausedOnBattery': define(
    z.boolean('expected true or false'),
    false,
    'The schedule starts nothing while the computer runs on its battery.',
  ),
  'backup.keep': define(
    z.int('expected a whole number').min(1, 'expected at least 1').max(1000, 'expected at most 1000'),
    10,
    'How many backups stay.',
  ),
} as const;

export type SettingKey = keyof typeof settingDefinitions;
export type SettingValue<Key extends SettingKey> = (typeof settingDefinitions)[Key]['default'];

export const settingKeys = Object.keys(settingDefinitions) as readonly SettingKey[];

export interface StoredSetting {
  readonly key: SettingKey;
  readonly value: unknown;
  readonly default: unknown;
  readonly description: string;
}

/** The typed settings of one database. */
export interface Settings {
  /** @throws AppError `CONFIGURATION_INVALID` if what is stored does not fit (an older program's value, say) */
  get<Key extends SettingKey>(key: Key): SettingValue<Key>;
  /** @throws AppError `CONFIGURATION_INVALID` naming the key, what was expected and what came */
  set(key: string, value: unknown): unknown;
  /** The value as it would be stored, unless it is refused as by `set`. */
  check(key: string, value: unknown): unknown;
  /** Goes back to the default. */
  reset(key: string): void;
  list(): readonly StoredSetting[];
}

/** The settings in a database. Reading works with a read-only connection, too. */
export function openSettings(database: Database, clock: Clock): Settings {
  const read = (key: SettingKey, stored: ReadonlyMap<string, string>): unknown => {
    const text = stored.get(key);
    return text === undefined ? settingDefinitions[key].default : check(key, parseJson(key, text));
  };
  return {
    get: <Key extends SettingKey>(key: Key) => read(key, storedSettings(database)) as SettingValue<Key>,
    set(key, value) {
      const known = knownKey(key);
      const checked = check(known, value);
      putSetting(database, { key: known, value: JSON.stringify(checked), updatedAt: clock.now() });
      return checked;
    },
    check: (key, value) => check(knownKey(key), value),
    reset(key) {
      putSetting(database, { key: knownKey(key), value: null, updatedAt: clock.now() });
    },
    list() {
      const stored = storedSettings(database);
      return settingKeys.map((key) => {
        const { default: fallback, description } = settingDefinitions[key];
        return { key, value: read(key, stored), default: fallback, description };
      });
    },
  };
}

function check(key: SettingKey, value: unknown): unknown {
  const schema: z.ZodType = settingDefinitions[key].schema;
  return validate(schema, value, { code: 'CONFIGURATION_INVALID', subject: `setting ${key}` });
}

function knownKey(key: string): SettingKey {
  const known = settingKeys.find((one) => one === key);
  if (known) return known;
  throw new AppError(
    'CONFIGURATION_INVALID',
    `There is no setting "${key}"; there are: ${settingKeys.join(', ')}.`,
    {
      detail: { key, known: settingKeys },
    },
  );
}

function parseJson(key: SettingKey, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AppError(
      'CONFIGURATION_INVALID',
      `setting ${key}: expected JSON in the database, got ${text}`,
      {
        detail: { key },
        cause: error,
      },
    );
  }
}
