import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '../fixtures/screens/workstation.ts';

test('shows who forecasts where, and opens the card of a version', async ({ page, workstation }) => {
  await workstation.open('/models');
  const places = page.getByRole('table', { name: 'Who forecasts where' });
  await expect(places.getByRole('row', { name: /All championships together/ }).first()).toContainText(
    'version 1',
  );
  await page
    .getByRole('table', { name: 'Versions' })
    .getByRole('link', { name: /^Boosting/ })
    .first()
    .click();
  await expect(page.getByRole('heading', { name: 'How good it is' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Sanity checks' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'The gate' })).toBeVisible();
});

test('saves a model for other programs', async ({ page, workstation }) => {
  const versions = await workstation.client.models.list({ family: 'boosting' });
  await workstation.open(`/models/${String(versions[0]!.id)}`);
  await page.getByRole('button', { name: 'Export' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: /ONNX/ }).click();
  expect((await download).suggestedFilename()).toMatch(/^pooled-boosting-.*\.onnx$/);
});

test.describe('with a home of its own', () => {
  test.use({ home: 'own sample' });

  test('trains with a preset, shows the curves, compares two runs, and leaves the champion alone', async ({
    page,
    workstation,
  }) => {
    test.slow();
    await workstation.open('/models?tab=train');
    for (const preset of ['Quick', 'Cautious: holds back more']) {
      await page.getByRole('tab', { name: 'New training' }).click();
      await page.getByRole('combobox', { name: 'Preset' }).click();
      await page.getByRole('option', { name: preset }).click();
      await page.getByLabel('Seasons').fill('2');
      await page.getByRole('textbox', { name: 'Name' }).fill(`tried: ${preset}`);
      await page.getByRole('button', { name: 'Start training' }).click();
      const row = page.getByRole('row', { name: new RegExp(`tried: ${preset.slice(0, 5)}`) });
      await expect(row.getByText('done')).toBeVisible({ timeout: 90_000 });
    }
    await expect(page.getByRole('figure', { name: /Learning curve/ })).toBeVisible();
    for (const box of await page.getByRole('checkbox', { name: /Compare tried/ }).all()) await box.check();
    const comparison = page.getByRole('table', { name: 'Comparison' });
    await expect(comparison.getByRole('row', { name: /learningRate/ })).toBeVisible();
    await expect(comparison.getByRole('row', { name: /property family/ })).toHaveCount(0);
    await page.getByRole('switch', { name: 'Differences only' }).uncheck();
    await expect(comparison.getByRole('row', { name: /property family/ })).toBeVisible();
    await page.getByRole('button', { name: 'tried: Quick', exact: true }).click();
    await expect(page.getByRole('table', { name: /Sanity checks/ })).toBeVisible();
  });

  test('stops a study, and keeps what was tried', async ({ page, workstation }) => {
    test.slow();
    await workstation.open('/models?tab=train&kind=tune&family=boosting');
    await page.getByLabel('Trials').fill('500');
    await page.getByRole('button', { name: 'Start the study' }).click();
    await expect(page.getByRole('link', { name: /Study 1/ })).toBeVisible({ timeout: 60_000 });
    await page.getByRole('button', { name: 'Stop' }).first().click();
    await expect(page.getByRole('table', { name: 'Studies' }).getByText('cancelled')).toBeVisible({
      timeout: 20_000,
    });
  });

  test('searches parameters, shows what was found, and puts it to use with a way back', async ({
    page,
    workstation,
  }) => {
    test.slow();
    const { runId } = await workstation.client.runs.start({
      stage: 'tune',
      parameters: { family: 'logistic', trials: 13, seasons: 2 },
    });
    for await (const _ of await workstation.client.runs.watch({ runId }));
    await workstation.open('/studies/1');
    await expect(page.getByRole('figure', { name: 'Parameters and losses' })).toBeVisible();
    await expect(page.getByRole('figure', { name: 'Which parameters mattered' })).toBeVisible();
    await page.getByRole('button', { name: 'Use the best trial' }).click();
    await expect(page.getByRole('button', { name: 'Stop using it' })).toBeVisible();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(page.getByRole('button', { name: 'Use the best trial' })).toBeVisible();
  });
});

for (const [language, colorScheme] of [
  ['en', 'light'],
  ['ru', 'dark'],
] as const) {
  test.describe(`in ${language} and ${colorScheme}`, () => {
    test.use({ language, colorScheme });
    for (const address of ['/models', '/models?tab=runs', '/models?tab=train', '/models/3']) {
      test(`is free of what axe finds: ${address}`, async ({ page, workstation }) => {
        await workstation.open(address);
        await expect(page.locator('main').locator('table, form').first()).toBeVisible({ timeout: 20_000 });
        const { violations } = await new AxeBuilder({ page }).include('main').analyze();
        expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
      });
    }
  });
}
