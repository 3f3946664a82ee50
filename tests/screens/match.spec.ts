import { expectAccessible } from '../fixtures/screens/accessible.ts';
import { expect, test } from '../fixtures/screens/workstation.ts';
import type { Workstation } from '../fixtures/screens/workstation.ts';

/** The sample's ice hockey has no prices of matches that are over. */
const hockey = 'X4';

/** A settled match of the sample with a forecast, and one to come. */
async function matchesOf({ client }: Workstation) {
  const { matches } = await client.today.results({ before: '2100-01-01' });
  const settled = matches.find(
    ({ forecast, championship }) => forecast !== null && championship.code !== hockey,
  )!;
  const { today, nearest, championships } = await client.today.day({});
  const day = championships.length > 0 ? today : nearest.after!.day;
  const { championships: due } = await client.today.day({ day });
  const football = due.find(({ championship }) => championship.code !== hockey)!;
  return { settled, coming: football.matches[0]! };
}

test('a coming match shows one joint forecast: result, grid, every type, range of fair odds', async ({
  page,
  workstation,
}) => {
  const { coming } = await matchesOf(workstation);
  await workstation.open(`/match/${coming.matchId}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    `${coming.home.name} – ${coming.away.name}`,
  );
  const result = page.getByRole('region', { name: 'Result after regular time' }).first();
  await expect(result.getByRole('row')).toHaveCount(4);
  await expect(result).toContainText(/\d\.\d\d – \d/);
  await expect(page.getByRole('figure').filter({ hasText: 'Grid of scores' })).toBeVisible();
  const types = page.getByRole('region', { name: 'All forecast types' }).first();
  for (const name of ['Both teams score', 'Total goals', 'Home team goals', 'Away team scores']) {
    await expect(types.getByRole('rowheader', { name, exact: true })).toBeVisible();
  }
  await types.getByText(/further markets/).click();
  await expect(types.getByRole('rowheader', { name: 'Asian handicap' }).first()).toBeVisible();
});

test('the same match says why, who plays, at what prices, and each part is an address and a key', async ({
  page,
  workstation,
}) => {
  const { settled } = await matchesOf(workstation);
  await workstation.open(`/match/${settled.matchId}`);
  await expect(page.getByRole('tab', { name: 'Why' })).toBeVisible();
  await page.keyboard.press('Digit2');
  await expect(page).toHaveURL(/part=why/);
  await expect(page.getByRole('region', { name: 'Key factors' })).toContainText(
    /settled forecasts? of this strength/,
  );
  await page.getByText('The same in words').click();
  await expect(page.getByText(/^Strength: /)).toBeVisible();
  await expect(
    page.getByRole('img', { name: /: above \d+% of [\d,]+ matches; median/ }).first(),
  ).toBeVisible();
  await page.getByLabel('Family of features').selectOption('Form');
  await expect(page).toHaveURL(/family=form/);

  await page.getByRole('tab', { name: 'Teams' }).click();
  await expect(page.getByRole('figure').filter({ hasText: 'Elo, rating points' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Head to head' }).first()).toBeVisible();

  await page.getByRole('tab', { name: 'Prices' }).click();
  await expect(page.getByRole('figure').filter({ hasText: 'fair probabilities' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'All prices' }).first()).toContainText('closing');
});

test('every step of the provenance opens with its figures and hashes', async ({ page, workstation }) => {
  const { settled } = await matchesOf(workstation);
  await workstation.open(`/match/${settled.matchId}`);
  const strip = page.getByRole('navigation', { name: 'Where the forecast comes from' });
  for (const step of ['Source', 'Features', 'Model', 'Goals', 'Calibration', 'Forecast', 'Document']) {
    await strip.getByRole('button', { name: new RegExp(`^${step}`) }).click();
    await expect(page.getByRole('region', { name: step, exact: true }).last()).toBeVisible();
  }
  await strip.getByRole('button', { name: /^Model/ }).click();
  const model = page.getByRole('region', { name: 'Model', exact: true });
  await expect(model.getByText('Training until').first()).toBeVisible();
  await expect(model.locator('code').first()).toHaveText(/^[0-9a-f]{16}$/);
  await expect(model.getByRole('link', { name: /^Open run/ })).toBeVisible();
});

test('a forecast can be cited: the clipboard names it beyond doubt', async ({
  page,
  context,
  workstation,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const { settled } = await matchesOf(workstation);
  await workstation.open(`/match/${settled.matchId}`);
  await page.getByRole('button', { name: 'Copy citation' }).click();
  await expect(page.getByText('The citation is on the clipboard.')).toBeVisible();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  expect(text).toContain(`forecast ${settled.forecast!.outcomeId}: ${settled.home.name}`);
  expect(text).toMatch(/data hash [0-9a-f]{16}/);
});

test('an address that names no match says so', async ({ page, workstation }) => {
  await workstation.open('/match/99999999');
  await expect(page.getByRole('alert')).toBeVisible();
  await workstation.open('/match/<script>');
  await expect(page.getByRole('alert')).toHaveText('This address names no match.');
});

const looks = [
  { colorScheme: 'light', language: 'en' },
  { colorScheme: 'dark', language: 'ru' },
] as const;

for (const look of looks) {
  test.describe(`${look.colorScheme}, ${look.language}`, () => {
    test.use({ ...look, viewport: { width: 1024, height: 768 } });

    test('every part of a match is accessible and fits 1024 pixels', async ({ page, workstation }) => {
      const { settled } = await matchesOf(workstation);
      for (const part of ['forecast', 'why', 'teams', 'prices']) {
        await workstation.open(`/match/${settled.matchId}?part=${part}`);
        await expect(page.getByRole('tabpanel').getByRole('table').first()).toBeVisible();
        await expectAccessible(page);
      }
    });
  });
}
