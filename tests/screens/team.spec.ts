import { expectAccessible } from '../fixtures/screens/accessible.ts';
import { expect, test } from '../fixtures/screens/workstation.ts';
import type { Workstation } from '../fixtures/screens/workstation.ts';

async function leaderOf({ client }: Workstation) {
  const { table } = await client.championship.show({ code: 'X1' });
  return table[0]!.team;
}

test('a team shows where it stands and leads to its matches and seasons', async ({ page, workstation }) => {
  const team = await leaderOf(workstation);
  await workstation.open(`/team/${team.id}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(team.name);
  await expect(page.getByRole('group', { name: 'Place' })).toContainText('1 of 20');
  await page.getByRole('table', { name: 'Seasons' }).getByRole('link').nth(1).click();
  await expect(page).toHaveURL(/championship\/X1\?season=/);
});

test('our record of a team comes with its intervals, and squad and news say what is missing', async ({
  page,
  workstation,
}) => {
  const team = await leaderOf(workstation);
  await workstation.open(`/team/${team.id}?part=record`);
  await expect(page.getByRole('group', { name: 'All matches' })).toContainText(/95% interval .* n = \d+/);
  await page.keyboard.press('Digit4');
  await expect(page.getByText('No absences are known')).toBeVisible();
  await expect(page.getByText('No news items are held')).toBeVisible();
  await page.keyboard.press('Digit2');
  await expect(page.getByRole('figure').filter({ hasText: 'Elo, rating points' })).toBeVisible();
});

test('an address that names no team says so', async ({ page, workstation }) => {
  await workstation.open('/team/99999999');
  await expect(page.getByRole('alert')).toBeVisible();
});

const looks = [
  { colorScheme: 'light', language: 'en' },
  { colorScheme: 'dark', language: 'ru' },
] as const;

for (const look of looks) {
  test.describe(`${look.colorScheme}, ${look.language}`, () => {
    test.use({ ...look, viewport: { width: 1024, height: 768 } });

    test('every part of a team is accessible and fits 1024 pixels', async ({ page, workstation }) => {
      const team = await leaderOf(workstation);
      for (const part of ['overview', 'ratings', 'record', 'squad']) {
        await workstation.open(`/team/${team.id}?part=${part}`);
        await expect(page.getByRole('tabpanel').getByRole('heading').first()).toBeVisible();
        await expect(page.getByRole('tabpanel').getByRole('status')).toHaveCount(0);
        await expectAccessible(page);
      }
    });
  });
}
