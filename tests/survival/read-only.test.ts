import { chmodSync, existsSync, readdirSync, statSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createBackup, listBackups, restoreBackup } from '../../db/backup.ts';
import { openReader, openWriter } from '../../db/client.ts';
import { exportProject } from '../../db/project.ts';
import { AppError } from '../../engine/contract/errors.ts';
import { createRandom } from '../../engine/kernel/math/random.ts';
import { writeFileAtomic } from '../../engine/runtime/files.ts';
import { faultCount, tried } from '../fixtures/faults.ts';
import {
  asOrdinaryUser,
  giveToOrdinaryUser,
  ignoresPermissions,
  openToOrdinaryUser,
} from '../fixtures/ordinary-user.ts';
import { temporaryFolder, type TemporaryFolder } from '../fixtures/temporary.ts';

const reason = ignoresPermissions ? ' (skipped: Windows has no read-only folders)' : '';
let folder: TemporaryFolder;

beforeAll(() => {
  folder = temporaryFolder();
  openToOrdinaryUser(folder.path);
});
afterAll(() => {
  folder[Symbol.dispose]();
});

/** What came of it: nothing, or the code of the refusal. */
async function outcomeOf(work: () => unknown): Promise<string> {
  try {
    await work();
    return 'done';
  } catch (error) {
    if (error instanceof AppError && error.code !== 'INTERNAL') return error.code;
    throw error;
  }
}

test.skipIf(ignoresPermissions)(
  `a read-only folder${reason} refuses every kind of writing with a code, whichever part of the home it is, and no row is lost`,
  async () => {
    const random = createRandom(5);
    const refused = new Set<string>();
    for (let i = 0; i < faultCount(8); i++) {
      const home = folder.join(`home-${i}`);
      const path = folder.join(`home-${i}`, 'auspex.sqlite');
      const backups = folder.join(`home-${i}`, 'backups');
      {
        using database = openWriter(path);
        const insert = database.sqlite.prepare('INSERT INTO sport (code, name) VALUES (?, ?)');
        for (let n = 0; n < 50; n++) insert.run(`s${n}`, 'x');
      }
      createBackup(path, backups);
      giveToOrdinaryUser(home);
      const survived = tried('read-only folder');
      const parts = [home, backups, ...readdirSync(home).map((name) => folder.join(`home-${i}`, name))];
      const locked = parts.filter((_, index) => index === i % parts.length || random.uniform() < 0.3);
      const modes = locked.map((part) => statSync(part).mode);
      for (const part of locked) chmodSync(part, statSync(part).isDirectory() ? 0o555 : 0o444);
      await asOrdinaryUser(async () => {
        const outcomes = [
          await outcomeOf(() => {
            using database = openWriter(path);
            try {
              database.sqlite.exec("INSERT INTO sport (code, name) VALUES ('new', 'x')");
            } catch (error) {
              throw database.explain(error);
            }
          }),
          await outcomeOf(() => createBackup(path, backups)),
          await outcomeOf(() => exportProject(path, folder.join(`home-${i}`, 'project'))),
          await outcomeOf(() => writeFileAtomic(folder.join(`home-${i}`, 'documents', 'a.txt'), 'text')),
          await outcomeOf(() => restoreBackup(listBackups(backups)[0]!.file, path)),
        ];
        for (const outcome of outcomes) refused.add(outcome);
      });
      for (const [index, part] of locked.entries()) if (existsSync(part)) chmodSync(part, modes[index]!);
      using database = openReader(path);
      expect(database.sqlite.pragma('integrity_check', { simple: true })).toBe('ok');
      expect(
        database.sqlite.prepare("SELECT count(*) FROM sport WHERE code <> 'new'").pluck().get(),
        locked.join(),
      ).toBe(50);
      survived();
    }
    expect([...refused].sort()).toEqual(['BACKUP_FAILED', 'DATABASE_READ_ONLY', 'DISK_WRITE_FAILED', 'done']);
  },
);
