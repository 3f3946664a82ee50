import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '../fixtures/screens/workstation.ts';

test('the record is told by type, championship, period and strength', async ({ page, workstation }) => {
  await workstation.open('/results');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Results');
  await expect(page.getByRole('group', { name: 'Came true' })).toContainText('90% interval');
  const { record } = await workstation.client.results.record({ state: 'settled' });
  const table = page.getByRole('table', { name: 'Record by type: figures' });
  await expect(table.getByRole('row')).toHaveCount(record.byType.length + 1);

  await page.getByRole('combobox', { name: 'Group by' }).click();
  await page.getByRole('option', { name: 'Championship' }).click();
  await expect(page).toHaveURL(/by=championship/);
  await expect(page.getByRole('table', { name: 'Record by championship: figures' })).toContainText(
    'Valmora Premier Division',
  );

  await page.getByRole('combobox', { name: 'When it was made' }).click();
  await page.getByRole('option', { name: 'Before kick-off' }).click();
  await expect(page.getByText('Nothing is settled under these filters')).toBeVisible();
});

test('forecasts stand beside their results, the newest first', async ({ page, workstation }) => {
  await workstation.open('/results?tab=matches&types=["1x2"]');
  const table = page.getByRole('table');
  await expect(table.getByRole('row')).toHaveCount(51);
  await expect(table.getByRole('row').nth(1)).toContainText(/\d+:\d+/);
  await expect(table.getByRole('row').nth(1)).toContainText(/Hit|Miss/);
  await page.getByRole('button', { name: 'Next page' }).click();
  await expect(page).toHaveURL(/page=2/);
});

test('bets show how far luck alone would have taken them, and answer a change of the stake', async ({
  page,
  workstation,
}) => {
  await workstation.open('/results?tab=betting');
  await expect(page.getByRole('group', { name: 'Yield' })).toContainText('95% interval');
  await expect(page.getByRole('group', { name: 'Closing line value' })).toContainText('n =');
  const kelly = page.getByRole('figure', { name: /^Kelly: 25%/ });
  await expect(kelly).toContainText('The bank ends at');
  await page.getByRole('textbox', { name: 'Part of the Kelly stake' }).fill('10');
  await expect(page.getByRole('figure', { name: /^Kelly: 10%/ })).toBeVisible();
  await page.getByRole('switch', { name: 'Only bets of value' }).click();
  await expect(page.getByText(/bets: 3,660/)).toBeVisible();
});

test('the winner’s curse is shown on the analyst’s own filters, with every trial counted', async ({
  page,
  workstation,
}) => {
  await workstation.open('/results?tab=curse');
  const { curse } = await workstation.client.results.curse({ state: 'settled' });
  await expect(page.getByRole('group', { name: 'Filters tried' })).toContainText(String(curse.trials));
  await expect(
    page.getByRole('table', { name: 'Filters before and after the split' }).getByRole('row'),
  ).toHaveCount(curse.best.length + 1);
  await workstation.open('/results?tab=curse&championships=["X1"]');
  await expect(page.getByRole('group', { name: 'Filters tried' })).not.toContainText(String(curse.trials));
  await workstation.open('/results?tab=curse&minimum=5000');
  await expect(page.getByText('Too little to try filters on')).toBeVisible();
});

for (const [language, colorScheme] of [
  ['en', 'light'],
  ['ru', 'dark'],
] as const) {
  test.describe(`in ${language} and ${colorScheme}`, () => {
    test.use({ language, colorScheme });

    test('no barrier is found on any of the tabs', async ({ page, workstation }) => {
      for (const tab of ['record', 'matches', 'betting', 'curse']) {
        await workstation.open(`/results?tab=${tab}`);
        await expect(page.getByRole('tabpanel')).toBeVisible();
        await expect(page.getByRole('tabpanel').getByRole('status')).toHaveCount(0);
        const { violations } = await new AxeBuilder({ page }).include('[role="tabpanel"]').analyze();
        expect(violations.map(({ id, nodes }) => [tab, id, nodes[0]?.html])).toEqual([]);
      }
    });
  });
}
