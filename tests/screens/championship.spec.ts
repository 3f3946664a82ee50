import { expectAccessible } from '../fixtures/screens/accessible.ts';
import { expect, test } from '../fixtures/screens/workstation.ts';

test('the table stands as of any day, and every season held can be looked at', async ({
  page,
  workstation,
}) => {
  await workstation.open('/championship/X1');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Valmora Premier Division');
  const table = page.getByRole('table', { name: 'Table' });
  await expect(table.getByRole('row')).toHaveCount(21);
  const { seasons } = await workstation.client.championship.show({ code: 'X1' });
  const past = seasons[1]!;
  await page.getByLabel('Season').selectOption(past.code);
  await expect(page).toHaveURL(new RegExp(`asOf=.*${past.lastDay}`));
  await expect(table.getByRole('row').nth(1)).toContainText('38');
  await page.getByLabel('Table at the end of').fill(past.firstDay);
  await expect(table.getByRole('row').nth(1)).toContainText('1');
  await page.getByRole('button', { name: 'Today' }).click();
  await expect(page).not.toHaveURL(/asOf/);
});

test('the projection gives every club its places, as many seasons as it says, and what it rests on', async ({
  page,
  workstation,
}) => {
  await workstation.open('/championship/X1?part=projection');
  const table = page.getByRole('table', { name: 'How the season may end' });
  await expect(table.getByRole('row')).toHaveCount(21);
  await expect(page.getByText(/10,000 simulated seasons; \d+ matches by published forecasts/)).toBeVisible();
  await page.getByRole('button', { name: 'Actions of the chart: Every place' }).click();
  await page.getByRole('menuitem', { name: 'View as table' }).click();
  await expect(page.getByRole('figure').getByRole('row').nth(1)).toContainText('%');
});

test('ratings, home advantage and our record have their figures with n', async ({ page, workstation }) => {
  await workstation.open('/championship/X1');
  await expect(page.getByRole('table', { name: 'Table' })).toBeVisible();
  await page.keyboard.press('Digit3');
  await expect(page).toHaveURL(/part=ratings/);
  await expect(page.getByRole('figure').filter({ hasText: 'Elo, rating points' })).toBeVisible();
  await page.keyboard.press('Digit4');
  await expect(page.getByRole('table', { name: 'Home advantage' }).getByRole('row').nth(2)).toContainText(
    '380',
  );
  await page.keyboard.press('Digit5');
  const record = page.getByRole('table', { name: 'Our record in this championship' });
  await expect(record.getByRole('row').nth(1)).toContainText(/n = [\d,]+/);
});

test('a championship that nobody knows is an error with a sentence', async ({ page, workstation }) => {
  await workstation.open('/championship/NONE');
  await expect(page.getByRole('alert')).toBeVisible();
});

const looks = [
  { colorScheme: 'light', language: 'en' },
  { colorScheme: 'dark', language: 'ru' },
] as const;

for (const look of looks) {
  test.describe(`${look.colorScheme}, ${look.language}`, () => {
    test.use({ ...look, viewport: { width: 1024, height: 768 } });

    test('every part of a championship is accessible and fits 1024 pixels', async ({ page, workstation }) => {
      for (const part of ['table', 'projection', 'ratings', 'home', 'record']) {
        await workstation.open(`/championship/X1?part=${part}`);
        const shown = page.getByRole('tabpanel').getByRole(part === 'ratings' ? 'figure' : 'table');
        await expect(shown.first()).toBeVisible();
        await expectAccessible(page);
      }
    });
  });
}
