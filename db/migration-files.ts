import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../engine/contract/errors.ts';

/** One numbered step; `PRAGMA user_version` holds the number of the last one applied. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}

const ownFolder = join(import.meta.dirname, 'migrations');

/** The migrations of a folder in order. Numbers start at 1 and leave no gap, or the program is broken. */
export function listMigrations(folder: string = ownFolder): readonly Migration[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.sql'));
  return files.sort().map((file, index) => {
    const match = /^(\d{4})_([a-z0-9-]+)\.sql$/.exec(file);
    if (!match || Number(match[1]) !== index + 1) {
      const expected = String(index + 1).padStart(4, '0');
      throw new AppError(
        'INTERNAL',
        `Migration ${file}: a name like ${expected}_what-it-does.sql was expected.`,
      );
    }
    return { version: index + 1, name: file, sql: readFileSync(join(folder, file), 'utf8') };
  });
}

/** The number of the newest migration this program has. */
export function schemaVersion(folder: string = ownFolder): number {
  return listMigrations(folder).length;
}
