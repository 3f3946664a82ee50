import { settingsFileSchema } from '../../contract/settings.ts';
import type { JsonValue } from '../../contract/domain.ts';
import { AppError, toAppError } from '../../contract/errors.ts';
import { createEdits, type Change } from '../../runtime/edits.ts';
import { openSettings } from '../../runtime/settings.ts';
import { settingControl } from '../../runtime/setting-controls.ts';
import { validate } from '../../runtime/validate.ts';
import type { EngineContext } from '../engine-host.ts';
import { engine } from './engine.ts';

const procedures = engine.settings;

export const settings = {
  list: procedures.list.handler(({ context }) =>
    context
      .settings()
      .list()
      .map((entry) => ({ ...entry, control: settingControl(entry.key) })),
  ),
  set: procedures.set.handler(({ input, context }) => {
    const value = context.settings().check(input.key, input.value);
    change(context, [{ kind: 'setting', key: input.key, value: JSON.stringify(value) }]);
    return { value };
  }),
  reset: procedures.reset.handler(({ input, context }) => {
    const entry = context
      .settings()
      .list()
      .find(({ key }) => key === input.key);
    // Words the refusal of an unknown key.
    if (!entry) throw toAppError(context.settings().check(input.key, null), 'CONFIGURATION_INVALID');
    change(context, [{ kind: 'setting', key: input.key, value: null }]);
    return { value: entry.default };
  }),
  export: procedures.export.handler(({ context }) => {
    const own = context
      .settings()
      .list()
      .filter((entry) => JSON.stringify(entry.value) !== JSON.stringify(entry.default));
    return {
      schema: 'auspex.settings/1' as const,
      settings: Object.fromEntries(own.map(({ key, value }) => [key, value as JsonValue])) as never,
    };
  }),
  import: procedures.import.handler(({ input, context }) => {
    const file = validate(settingsFileSchema, parse(input.text), {
      code: 'FILE_FORMAT',
      subject: 'settings file',
    });
    const present = new Map(
      context
        .settings()
        .list()
        .map(({ key, value }) => [key as string, value]),
    );
    const changes: { key: string; before: unknown; after: unknown }[] = [];
    const problems: { key: string; message: string }[] = [];
    for (const [key, given] of Object.entries(file.settings)) {
      try {
        const after = context.settings().check(key, given);
        const before = present.get(key);
        if (JSON.stringify(before) !== JSON.stringify(after)) changes.push({ key, before, after });
      } catch (error) {
        problems.push({ key, message: toAppError(error).message });
      }
    }
    const isTaken = !input.isDryRun && problems.length === 0;
    if (isTaken) {
      change(
        context,
        changes.map(({ key, after }) => ({ kind: 'setting', key, value: JSON.stringify(after) })),
      );
    }
    return { changes, problems, isTaken };
  }),
};

function change(context: EngineContext, changes: readonly Change[]): void {
  createEdits(context.writer(), context.clock).makeAll(changes);
  // What was stored must be readable as a setting again.
  openSettings(context.writer(), context.clock).list();
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError('FILE_FORMAT', 'The settings file is no JSON.', { cause });
  }
}
