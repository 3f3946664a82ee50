import { z } from 'zod';
import type { SettingControl } from '../contract/settings.ts';
import { settingDefinitions, type SettingKey } from './settings.ts';

/** What a form shows for a setting, read off the rule that its values are checked by. */
export function settingControl(key: SettingKey): SettingControl {
  if (key === 'zone') return { kind: 'zone' };
  const schema: z.ZodType = settingDefinitions[key].schema;
  const {
    type,
    enum: options,
    minimum,
    maximum,
  } = z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' });
  if (options) return { kind: 'choice', options: options.map(String) };
  if (type === 'boolean') return { kind: 'switch' };
  if (type !== 'number' && type !== 'integer') return { kind: 'text' };
  return {
    kind: 'number',
    isWhole: type === 'integer',
    ...(minimum === undefined ? {} : { minimum }),
    ...(maximum === undefined ? {} : { maximum }),
  };
}
