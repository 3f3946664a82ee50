import AxeBuilder from '@axe-core/playwright';
import { readFile } from 'node:fs/promises';
import { expect, test } from '../fixtures/screens/workstation.ts';

test('forecasts of all types are listed with their numbers, and every filter is an address', async ({
  page,
  workstation,
}) => {
  await workstation.open('/forecasts');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Forecasts');
  const table = page.getByRole('table', { name: 'Forecasts with their eight numbers' });
  await expect(table.getByRole('row')).toHaveCount(51);
  await expect(table.getByRole('columnheader', { name: 'Calibration · stability' })).toBeVisible();
  await expect(table).toContainText('Both teams score');
  // The records of earlier forecasts come by themselves.
  await expect(table).toContainText(/last 10: \d+/);

  await page.getByText('Selected', { exact: true }).click();
  await expect(page).toHaveURL(/variant=quality/);
  await expect(table.getByRole('img', { name: /^Selected:/ }).first()).toBeVisible();
  const rows = await table.getByRole('row').count();
  expect(await table.getByRole('img', { name: /^Selected:/ }).count()).toBe(rows - 1);

  await page.getByRole('textbox', { name: 'Team' }).fill('no such team');
  await expect(page.getByText('No forecast fits these filters')).toBeVisible();
  await page.getByRole('button', { name: 'Show the last 30 days' }).click();
  await expect(table).toBeVisible();
  await page.goBack();
  await expect(page.getByText('No forecast fits these filters')).toBeVisible();
});

test('what each number is, is told by the key press on its question mark', async ({ page, workstation }) => {
  await workstation.open('/forecasts?types=["1x2"]');
  await page.getByRole('button', { name: 'What is this: Probability' }).press('Enter');
  await expect(page.getByText('about 60 of 100 come true')).toBeVisible();
  await page.getByRole('button', { name: 'What is this: Probability' }).press('Enter');
  await expect(page.getByText('about 60 of 100 come true')).toBeHidden();
});

test('everything that the filters let through is exported, not only the page in sight', async ({
  page,
  workstation,
}) => {
  await workstation.open('/forecasts?period=30');
  await expect(page.getByText(/^[\d,]{3,} forecasts$/)).toBeVisible();
  const { total } = await workstation.client.forecasts.list({
    limit: 1,
    state: 'any',
    ...(await span(workstation)),
  });
  await page.getByRole('button', { name: 'Export' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'CSV for programs' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe('forecasts.csv');
  const lines = (await readFile(await file.path(), 'utf8')).trimEnd().split('\r\n');
  expect(lines).toHaveLength(total + 1);
  expect(lines[0]).toContain('Probability');
});

async function span(workstation: {
  readonly client: { forecasts: { scope: () => Promise<{ lastSettled: string | null }> } };
}) {
  const { lastSettled } = await workstation.client.forecasts.scope();
  const from = new Date(Date.parse(`${lastSettled}T00:00:00Z`) - 29 * 86_400_000).toISOString().slice(0, 10);
  return { from, until: lastSettled! };
}

test('the account of selection says what was tried, promised and came true', async ({
  page,
  workstation,
}) => {
  await workstation.open('/forecasts?tab=account');
  await expect(page.getByRole('group', { name: 'Filters tested' })).toBeVisible();
  await expect(page.getByRole('group', { name: 'Came true', exact: true })).toContainText('n =');
  const filters = page.getByRole('table', { name: 'Filters with their promises and results' });
  await expect(filters).toContainText('kept');
  await expect(filters).toContainText('dropped');
});

test.describe('a closed frame', () => {
  test.use({ expectsTrouble: true });

  test('a document is shown as it was published, in a frame that nothing can leave', async ({
    page,
    workstation,
  }) => {
    await workstation.open('/forecasts?tab=documents');
    const frame = page.locator('iframe');
    await expect(frame).toHaveAttribute('sandbox', '');
    await expect(page.getByText('As published')).toBeVisible();
    await expect(frame.contentFrame().getByRole('heading', { level: 1 })).toHaveText('Forecasts');
    // Styles of the document hold inside of the screens' own policy.
    const bar = frame.contentFrame().locator('.bar > span').first();
    expect(Number(await bar.evaluate((element) => getComputedStyle(element).flexGrow))).toBeGreaterThan(0.05);

    await page.getByText('Русский', { exact: true }).click();
    await expect(frame.contentFrame().getByRole('heading', { level: 1 })).toHaveText(/[А-Яа-я]/);
    await page.getByRole('combobox', { name: 'Format' }).click();
    await page.getByRole('option', { name: 'Plain text' }).click();
    await expect(page.locator('pre')).toContainText('ПРОГНОЗ');
    await page.getByRole('combobox', { name: 'Format' }).click();
    await page.getByRole('option', { name: 'Card (PNG)' }).click();
    const card = page.getByRole('img', { name: /^Card forecast/ });
    await expect(card).toBeVisible();
    expect(await card.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1200);
    // The frame runs nothing, not even what this test asks it by; the content policy has nothing to say.
    expect(workstation.troubles.filter((one) => !one.startsWith('Blocked script execution'))).toEqual([]);
  });
});

test.describe('reports', () => {
  // The frame runs nothing, not even what this test asks it by, and says so.
  test.use({ home: 'own sample', expectsTrouble: true });

  test('are made from here, and shown in either language as they were published', async ({
    page,
    workstation,
  }) => {
    await workstation.open('/forecasts?tab=reports');
    await expect(page.getByText('No report has been made yet')).toBeVisible();
    await page.getByRole('button', { name: 'Make today’s' }).click();
    const frame = page.locator('iframe');
    await expect(frame).toHaveAttribute('sandbox', '', { timeout: 60_000 });
    await page.getByRole('combobox', { name: 'Report' }).click();
    await page.getByRole('option', { name: /^Week/ }).click();
    await expect(page).toHaveURL(/report=digest/);
    const heading = frame.contentFrame().getByRole('heading', { level: 1 });
    await expect(heading).toBeVisible();
    await page.getByText('Русский', { exact: true }).click();
    await expect(heading).toHaveText(/[А-Яа-я]/);
  });
});

test('documents go to the channels from here, each once', async ({ page, workstation }) => {
  await workstation.open('/forecasts');
  await page.getByRole('button', { name: 'Send…' }).click();
  await expect(page.getByRole('dialog', { name: 'Send to channels' })).toContainText(
    'There are no channels yet',
  );
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
});

for (const [language, colorScheme] of [
  ['en', 'light'],
  ['ru', 'dark'],
] as const) {
  test.describe(`in ${language} and ${colorScheme}`, () => {
    test.use({ language, colorScheme });

    test('no barrier is found on any of the tabs', async ({ page, workstation }) => {
      for (const tab of ['list', 'account', 'documents', 'reports']) {
        await workstation.open(`/forecasts?tab=${tab}`);
        await expect(page.getByRole('tabpanel')).toBeVisible();
        await expect(page.getByRole('tabpanel').getByRole('status')).toHaveCount(0);
        const { violations } = await new AxeBuilder({ page })
          .include('[role="tabpanel"]')
          .exclude('iframe')
          .analyze();
        expect(violations.map(({ id, nodes }) => [tab, id, nodes[0]?.html])).toEqual([]);
      }
    });
  });
}
