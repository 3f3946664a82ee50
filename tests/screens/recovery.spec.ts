import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '../fixtures/screens/workstation.ts';

// The engine is cut off on purpose, and the browser says so.
test.use({ home: 'own sample', expectsTrouble: true });

/** Writes nonsense over the beginning of the database, as a failing disk does. */
function damage(home: string): void {
  const file = openSync(join(home, 'auspex.sqlite'), 'r+');
  writeSync(file, Buffer.alloc(100, 0xa5), 0, 100, 0);
  closeSync(file);
}

test('a damaged database shows its recovery, and a backup brings the screens back', async ({
  page,
  workstation,
}) => {
  const { client, home } = workstation;
  await client.system.backup({});
  const before = await client.system.status();
  await workstation.open('/today');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();

  workstation.killEngine();
  damage(home);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('The database cannot be read', {
    timeout: 30_000,
  });
  await expect(page.getByRole('alert')).toContainText('damaged');
  await expect(page.getByText(join(home, 'auspex.sqlite')).first()).toBeVisible();

  await page.getByRole('button', { name: 'Save what can be read' }).click();
  await expect(page.getByText('The database file is damaged').first()).toBeVisible();

  await page
    .getByRole('row', { name: /By hand/ })
    .getByRole('button')
    .click();
  await expect(page.getByText(/The backup is in place/)).toBeVisible();
  await expect(page.getByRole('heading', { name: 'The database cannot be read' })).toBeHidden();
  expect((await client.system.status()).matches).toBe(before.matches);
});
