import { expect, test } from '../fixtures/screens/workstation.ts';

test.use({ home: 'own sample' });

test('two tabs stay in step: a setting, and a run with its end', async ({ context, page, workstation }) => {
  const other = await context.newPage();
  await workstation.open('/today');
  await workstation.open('/settings', other);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Today');

  await other.getByText('Русский', { exact: true }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'ru');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Сегодня');
  await other.getByText('English', { exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Today');

  await workstation.open('/runs', other);
  const { runId } = await workstation.client.runs.start({
    stage: 'forecast',
    parameters: { championships: ['X1'] },
  });
  await workstation.open(`/runs/${runId}`);
  await expect(other.getByText('done', { exact: false }).first()).toBeVisible();
  // Work that was asked for elsewhere is told of in both.
  await expect
    .poll(async () => (await workstation.client.runs.show({ runId })).run.state, { timeout: 30_000 })
    .toBe('done');
  for (const tab of [page, other]) await expect(tab.getByText(/Done/i).first()).toBeVisible();
});
