import { expect, test } from '../fixtures/screens/workstation.ts';

test.use({ home: 'own sample' });

test('what is private is covered by a key, said so, and shown again from the status bar', async ({
  page,
  workstation,
}) => {
  await workstation.open('/settings?group=about');
  const home = page.getByText(workstation.home, { exact: true });
  const colour = () => home.evaluate((place) => getComputedStyle(place).color);
  await expect(home).toBeVisible();
  const shown = await colour();
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('Alt+KeyM');
  const sign = page.getByRole('button', { name: 'Private things are covered' });
  await expect(sign).toBeVisible();
  expect(await colour()).toBe('rgba(0, 0, 0, 0)');
  await page.reload();
  await expect(sign).toBeVisible();
  expect(await colour()).toBe('rgba(0, 0, 0, 0)');
  await sign.click();
  await expect(sign).toBeHidden();
  expect(await colour()).toBe(shown);
});
