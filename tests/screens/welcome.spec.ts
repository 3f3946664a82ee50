import { expect, test } from '../fixtures/screens/workstation.ts';

test.describe('the first run', () => {
  test.use({ home: 'empty' });

  test('begins with the welcome page, in the language that is chosen there, and makes the sample', async ({
    page,
    workstation,
  }) => {
    await workstation.open('/');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Welcome to Auspex');
    await page.getByText('Русский').click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Добро пожаловать в Auspex');
    await page.getByText('English').click();
    await page.getByRole('button', { name: 'Make the sample' }).click();
    const progress = page.getByRole('region', { name: 'The sample is being made' });
    await expect(progress.getByRole('listitem')).toHaveCount(5);
    await expect(progress.getByRole('listitem').first()).toHaveAttribute('data-state', 'done', {
      timeout: 30_000,
    });
    await progress.getByRole('button', { name: 'Stop' }).click();
    await expect(page.getByRole('button', { name: 'Go on' })).toBeVisible();
  });

  test('shows the tour, which can be left and taken again', async ({ page, workstation }) => {
    await workstation.open('/welcome');
    await page.getByRole('button', { name: 'Take the tour' }).click();
    const tour = page.getByRole('dialog');
    await expect(tour).toContainText('1 of 7');
    await page.keyboard.press('Enter');
    await expect(tour).toContainText('2 of 7');
    await page.keyboard.press('Escape');
    await expect(tour).toBeHidden();
    await page.keyboard.press('Control+KeyK');
    await page.getByRole('combobox', { name: 'Search and run' }).fill('tour');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog', { name: 'The screens' })).toBeVisible();
  });
});

test.describe('the sample', () => {
  test.use({ home: 'own sample' });

  test('is removed in one click and can be made again', async ({ page, workstation }) => {
    await workstation.open('/welcome');
    await page.getByRole('button', { name: 'Remove the sample' }).click();
    await expect(page.getByRole('button', { name: 'Make the sample' })).toBeVisible();
    expect((await workstation.client.samples.status()).matches).toBe(0);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(page.getByRole('region', { name: 'The sample is being made' })).toBeVisible();
  });
});
