import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '../fixtures/screens/workstation.ts';

test('answers in words whether the published forecasts are miscalibrated', async ({ page, workstation }) => {
  await workstation.open('/calibration');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Calibration');
  const verdict = page.getByRole('region', { name: 'Is it really miscalibrated?' });
  await expect(verdict.getByText(/Of 9 tests the lowest p-value is/)).toBeVisible();
  for (const result of ['Home win', 'Draw', 'Away win']) {
    await expect(page.getByRole('figure', { name: result, exact: true })).toBeVisible();
  }
});

test('keeps what is picked in the address, and shows it again from there', async ({ page, workstation }) => {
  await workstation.open('/calibration');
  await page.getByRole('combobox', { name: 'Model' }).click();
  await page.getByRole('option', { name: 'Boosting' }).click();
  await expect(page).toHaveURL(/model=boosting/);
  // Families publish no sets.
  await expect(page.getByRole('heading', { name: 'Coverage of the published sets' })).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole('combobox', { name: 'Model' })).toHaveValue('Boosting');
});

test('shows coverage by set size without a promise that was never made', async ({ page, workstation }) => {
  await workstation.open('/calibration?by=set-size');
  const table = page.getByRole('table', { name: 'Coverage of the published sets' });
  await expect(table.getByRole('row', { name: /2 results/ })).toContainText(
    'Sets promise nothing about their size.',
  );
});

test('says what to do where nothing has been settled', async ({ page, workstation }) => {
  await workstation.open('/calibration?from=2090-01-01');
  await expect(page.getByText('No settled forecasts here')).toBeVisible();
});

test('shows a chart as the table of its numbers', async ({ page, workstation }) => {
  await workstation.open('/calibration');
  const figure = page.getByRole('figure', { name: 'Draw', exact: true });
  await figure.getByRole('button', { name: 'Actions of the chart: Draw' }).click();
  await page.getByRole('menuitem', { name: 'View as table' }).click();
  await expect(figure.getByRole('columnheader', { name: 'Forecast probability' })).toBeVisible();
});

for (const [language, colorScheme] of [
  ['en', 'light'],
  ['ru', 'dark'],
] as const) {
  test.describe(`in ${language} and ${colorScheme}`, () => {
    test.use({ language, colorScheme });
    test('is free of what axe finds', async ({ page, workstation }) => {
      await workstation.open('/calibration');
      await expect(page.getByRole('figure').first()).toBeVisible();
      const { violations } = await new AxeBuilder({ page }).include('main').analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
    });
  });
}
