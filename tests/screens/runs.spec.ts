import { expect, test } from '../fixtures/screens/workstation.ts';

test.use({ home: 'own sample' });

test('a run is started by the form, watched until it is done, and repeated', async ({
  page,
  workstation,
}) => {
  await workstation.open('/runs');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.keyboard.press('KeyN');
  await page.getByLabel('What', { exact: true }).selectOption('publisher');
  await page.getByLabel('Scope').selectOption('today');
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Publishing #\d+$/);
  await expect(page.locator('[data-state="done"]').first()).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText('was started.')).toBeHidden();
  await page.getByRole('button', { name: 'Run again' }).click();
  await expect(page.getByText(/Publishing #\d+ was started\./)).toBeVisible();
  await expect(page.getByText(/Publishing #\d+ is done\./).last()).toBeVisible({ timeout: 30_000 });
});

test('a run is stopped and goes on from where it was', async ({ page, workstation }) => {
  const { runId } = await workstation.client.runs.start({ stage: 'processing' });
  await workstation.open(`/runs/${runId}`);
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(page.getByRole('button', { name: 'Resume', exact: true })).toBeVisible();
  await page.keyboard.press('Control+KeyJ');
  const panel = page.getByRole('region', { name: 'Runs' });
  await panel.getByRole('button', { name: `Resume run ${runId}` }).click();
  await expect(panel.getByRole('button', { name: `Stop run ${runId}` })).toBeVisible();
  await panel.getByRole('button', { name: `Stop run ${runId}` }).click();
  await expect(panel.getByRole('button', { name: `Resume run ${runId}` })).toBeVisible();
});

test('a run that does not exist says so and offers another try', async ({ page, workstation }) => {
  await workstation.open('/runs/99999');
  await expect(page.getByText('What was asked for does not exist.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
});

test('the list is narrowed by state and kind, in the address too', async ({ page, workstation }) => {
  await workstation.open('/runs?stage=pipeline');
  // A pipeline for each of the sample's sources, under the head of the table.
  await expect(page.getByRole('row')).toHaveCount(3);
  await page.getByLabel('Kind of run').selectOption('tune');
  await expect(page.getByText('No runs here')).toBeVisible();
  await expect(page).toHaveURL(/stage=tune/);
});
