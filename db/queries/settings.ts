import type { Database } from '../client.ts';
import { setting } from '../schema/index.ts';

/** Stored values as JSON text by key; settings at their default have no row. */
export function storedSettings({ orm }: Database): ReadonlyMap<string, string> {
  const rows = orm.select({ key: setting.key, value: setting.value }).from(setting).all();
  return new Map(rows.map(({ key, value }) => [key, value]));
}
