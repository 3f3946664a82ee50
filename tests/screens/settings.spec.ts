import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '../fixtures/screens/workstation.ts';

test.use({ home: 'own sample' });

test('a setting is changed, marked, taken back by a key and reset', async ({ page, workstation }) => {
  await workstation.open('/settings');
  const prices = page.getByRole('radiogroup', { name: 'Prices' });
  await prices.getByText('American').click();
  await expect(page.getByRole('button', { name: 'Reset Prices' })).toBeVisible();
  await expect.poll(() => valueOf(workstation, 'odds.format')).toBe('american');
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('Control+KeyZ');
  await expect.poll(() => valueOf(workstation, 'odds.format')).toBe('decimal');
  await expect(page.getByText('Taken back: setting “Prices”.')).toBeVisible();
  await page.keyboard.press('Control+Shift+KeyZ');
  await expect.poll(() => valueOf(workstation, 'odds.format')).toBe('american');
  await page.getByRole('button', { name: 'Reset Prices' }).click();
  await expect.poll(() => valueOf(workstation, 'odds.format')).toBe('decimal');
});

test('what does not fit is refused beside the field and what is searched is found', async ({
  page,
  workstation,
}) => {
  await workstation.open('/settings');
  await page.getByRole('searchbox').fill('hit rate');
  const field = page.getByLabel('Promised hit rate');
  await field.fill('3');
  await field.blur();
  await expect(page.getByText('expected at most 0.99')).toBeVisible();
  expect(await valueOf(workstation, 'selection.target')).toBe(0.7);
  await field.fill('0.8');
  await field.press('Enter');
  await expect.poll(() => valueOf(workstation, 'selection.target')).toBe(0.8);
});

test('settings go out as a file and come in after a look at what changes', async ({ page, workstation }) => {
  await workstation.client.settings.set({ key: 'zone', value: 'Europe/Moscow' });
  await workstation.open('/settings?group=transfer');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export the settings' }).click();
  const file = await (await download).path();
  expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ settings: { zone: 'Europe/Moscow' } });

  const folder = await mkdtemp(join(tmpdir(), 'auspex-settings-'));
  const other = join(folder, 'other.json');
  await writeFile(other, JSON.stringify({ schema: 'auspex.settings/1', settings: { zone: 'Asia/Tokyo' } }));
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Import settings' }).click();
  await (await chooser).setFiles(other);
  await expect(page.getByRole('table')).toContainText('Asia/Tokyo');
  expect(await valueOf(workstation, 'zone')).toBe('Europe/Moscow');
  await page.getByRole('button', { name: 'Take over' }).click();
  await expect.poll(() => valueOf(workstation, 'zone')).toBe('Asia/Tokyo');
});

test('a channel is added, tested, removed and brought back', async ({ page, workstation }) => {
  const folder = await mkdtemp(join(tmpdir(), 'auspex-shelf-'));
  await workstation.open('/settings?group=publishing');
  await page.getByRole('button', { name: 'Add a channel' }).click();
  await page.getByLabel('Name', { exact: false }).first().fill('shelf');
  await page.getByLabel('Folder', { exact: false }).last().fill(folder);
  await page.getByRole('button', { name: 'Keep' }).click();
  const channels = page.getByRole('region', { name: 'Channels' }).getByRole('table');
  await expect(channels).toContainText(folder);
  await channels.getByRole('button', { name: 'Test' }).click();
  await expect(page.getByText('The test reached shelf.')).toBeVisible();
  await channels.getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByText('No channel yet')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(channels).toContainText('shelf');
});

test('a shortcut is chosen by pressing it, and one that clashes is reported', async ({
  page,
  workstation,
}) => {
  await workstation.open('/settings?group=keys');
  const button = page.getByRole('button', { name: 'Change the shortcut of: Take the tour' });
  await button.click();
  await page.keyboard.press('Alt+KeyW');
  await expect(page.getByRole('alert')).toContainText('Take the tour');
  await button.click();
  await page.keyboard.press('Alt+KeyU');
  await expect(page.getByRole('alert')).toBeHidden();
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('Alt+KeyU');
  await expect(page.getByRole('dialog', { name: 'The screens' })).toBeVisible();
});

test('a backup is made and put back, with what was there kept aside', async ({ page, workstation }) => {
  await workstation.open('/settings?group=backups');
  await page.getByRole('button', { name: 'Back up now' }).click();
  const row = page.getByRole('row', { name: 'By hand' });
  await expect(row).toBeVisible();
  await workstation.client.settings.set({ key: 'odds.format', value: 'american' });
  await row.getByRole('button', { name: 'Put back' }).click();
  await expect(page.getByText('Runs end, and the present database is set aside.')).toBeVisible();
  await row.getByRole('button', { name: 'Put back' }).click();
  await expect(page.getByText('what was there is kept as')).toBeVisible();
  expect(await valueOf(workstation, 'odds.format')).toBe('decimal');
});

test('a whole project goes out as one file and comes in again, asked for twice', async ({
  page,
  workstation,
}) => {
  const folder = await mkdtemp(join(tmpdir(), 'auspex-project-'));
  const file = join(folder, 'whole.auspex');
  await workstation.open('/settings?group=transfer');
  const out = page.getByRole('textbox', { name: 'Write to' });
  await expect(out).toHaveValue(/auspex-\d{4}-\d{2}-\d{2}\.auspex$/);
  await out.fill(file);
  await page.getByRole('button', { name: 'Write the project' }).click();
  await expect(page.getByText(`The project was written to ${file}`)).toBeVisible({ timeout: 30_000 });
  await page.getByRole('button', { name: 'Write the project' }).click();
  await expect(page.getByText(/exists already/).first()).toBeAttached();

  await workstation.client.settings.set({ key: 'odds.format', value: 'american' });
  await page.getByRole('textbox', { name: 'Read from' }).fill(file);
  await page.getByRole('button', { name: 'Read a project in' }).click();
  await expect(page.getByText('Runs end, and the present database is set aside.')).toBeVisible();
  expect(await valueOf(workstation, 'odds.format')).toBe('american');
  await page.getByRole('button', { name: 'Put it in the place of what is here' }).click();
  await expect(page.getByText('The project was read in; the database before is kept as')).toBeVisible({
    timeout: 30_000,
  });
  expect(await valueOf(workstation, 'odds.format')).toBe('decimal');
});

async function valueOf(
  workstation: { client: { settings: { list(): Promise<readonly { key: string; value: unknown }[]> } } },
  key: string,
) {
  return (await workstation.client.settings.list()).find((entry) => entry.key === key)?.value;
}
