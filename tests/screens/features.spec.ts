import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '../fixtures/screens/workstation.ts';

test('finds a feature by a word of its definition, and tells all about it', async ({ page, workstation }) => {
  await workstation.open('/features');
  await page.getByRole('searchbox', { name: 'Search names and definitions' }).fill('elo rating');
  await expect(page).toHaveURL(/filters/);
  await expect(page.getByText('1 row', { exact: true })).toBeVisible();
  await page.getByRole('gridcell', { name: 'eloDifference' }).dblclick();
  const inspector = page.getByRole('region', { name: 'eloDifference' });
  await expect(inspector.getByText('rating points', { exact: true })).toBeVisible();
});

test.describe('in Russian', () => {
  test.use({ language: 'ru' });

  test('features are told of in Russian and found by its words', async ({ page, workstation }) => {
    await workstation.open('/features');
    await page.getByRole('main').getByRole('searchbox').first().fill('рейтинг эло хозяев');
    await page.getByRole('gridcell', { name: 'eloDifference' }).dblclick();
    const inspector = page.getByRole('region', { name: 'eloDifference' });
    await expect(inspector.getByText('пункты рейтинга', { exact: true })).toBeVisible();
    await expect(inspector).toContainText('Рейтинг Эло хозяев минус рейтинг гостей');
  });
});

test.describe('with a home of its own', () => {
  test.use({ home: 'own sample' });

  test('measures the features in a run, and shows what they are worth', async ({ page, workstation }) => {
    test.slow();
    await workstation.open('/features?tab=importance');
    await expect(page.getByText('Not measured yet')).toBeVisible();
    await page.getByRole('button', { name: 'Measure the features' }).first().click();
    await expect(page.getByRole('heading', { name: 'What each feature is worth' })).toBeVisible({
      timeout: 90_000,
    });
    await expect(page.getByRole('figure', { name: 'Permutation' })).toBeVisible();
    await expect(page.getByRole('figure', { name: 'Every match a point' })).toBeVisible();
    await page.getByRole('tab', { name: 'Correlation' }).click();
    await expect(page.getByRole('figure', { name: 'Correlation map' })).toBeVisible();
    await page.getByRole('tab', { name: 'Missing values' }).click();
    await expect(page.getByRole('figure', { name: 'Missing values over the seasons' })).toBeVisible();
  });
});

test('compares two seasons feature by feature', async ({ page, workstation }) => {
  await workstation.open('/features?tab=drift');
  const table = page.getByRole('table', { name: 'Drift, feature by feature' });
  await expect(table.getByRole('row')).toHaveCount(51, { timeout: 20_000 });
  await page.getByRole('combobox', { name: 'Reference' }).click();
  await page.getByRole('option', { name: '2023/24' }).click();
  await expect(page).toHaveURL(/referenceFrom=2023/);
});

test('says what selection kept, and why it dropped the others', async ({ page, workstation }) => {
  await workstation.open('/features?tab=stability');
  const dropped = page.getByRole('table', { name: 'Dropped, and why' });
  await expect(dropped.getByText(/adds nothing beside the kept ones/).first()).toBeVisible();
});

for (const [language, colorScheme] of [
  ['en', 'dark'],
  ['ru', 'light'],
] as const) {
  test.describe(`in ${language} and ${colorScheme}`, () => {
    test.use({ language, colorScheme });
    for (const tab of ['catalogue', 'drift', 'stability']) {
      test(`is free of what axe finds: ${tab}`, async ({ page, workstation }) => {
        await workstation.open(`/features?tab=${tab}`);
        await expect(page.getByRole('tabpanel').locator('table, [role=grid]').first()).toBeVisible({
          timeout: 20_000,
        });
        const { violations } = await new AxeBuilder({ page }).include('main').analyze();
        expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
      });
    }
  });
}
