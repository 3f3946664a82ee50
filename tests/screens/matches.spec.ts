import AxeBuilder from '@axe-core/playwright';
import { readFile } from 'node:fs/promises';
import { expect, test } from '../fixtures/screens/workstation.ts';

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

test('all matches are in one grid, fetched as they come into sight', async ({ page, workstation }) => {
  await workstation.open('/matches');
  const grid = page.getByRole('grid', { name: 'Matches' });
  const { total } = await workstation.client.matches.page({ limit: 1 });
  await expect(grid).toHaveAttribute('aria-rowcount', String(total + 1));
  // Some dozens of rows are drawn, however many there are.
  expect(await grid.getByRole('row').count()).toBeLessThan(80);
  await grid.focus();
  await page.keyboard.press('Control+End');
  const last = grid.locator(`[aria-rowindex="${total + 1}"]`);
  const oldest = await workstation.client.matches.page({ offset: total - 1, limit: 1 });
  await expect(last).toContainText(oldest.rows[0]!.home);
});

test('scrolling draws what comes into sight alone, upon elements that are there', async ({
  page,
  workstation,
}) => {
  await page.addInitScript(countDays);
  await workstation.open('/matches');
  const grid = page.getByRole('grid');
  await expect(grid.getByRole('gridcell').first()).toBeVisible();
  const scrollTo = async (row: number) => {
    await grid.evaluate((element, top) => {
      element.scrollTop = top;
    }, row * 32);
    const drawn = await grid.locator(`[aria-rowindex="${row + 2}"]`).elementHandle();
    // At rest the rows stand in the order of reading.
    await expect
      .poll(async () => {
        const order = await grid
          .locator('[role="row"][aria-rowindex]')
          .evaluateAll((rows) => rows.map((one) => Number(one.getAttribute('aria-rowindex'))));
        return order.every((index, at) => at === 0 || index > order[at - 1]!);
      })
      .toBe(true);
    return drawn;
  };
  await scrollTo(20);
  const before = await page.evaluate(() => window.daysWritten);
  await scrollTo(21);
  expect((await page.evaluate(() => window.daysWritten)) - before).toBe(1);

  await grid.getByRole('row').evaluateAll((rows) => {
    for (const row of rows) row.setAttribute('data-seen', '');
  });
  await scrollTo(100);
  expect(await grid.locator('[role="row"]:not([data-seen])').count()).toBe(0);
});

test('order and filters are an address, and go back with it', async ({ page, workstation }) => {
  await workstation.open('/matches');
  const grid = page.getByRole('grid');
  await page.getByRole('button', { name: 'Score', exact: true }).click();
  await expect(page).toHaveURL(/homeGoals.*asc/);
  await expect(grid.getByRole('columnheader', { name: 'Score' })).toHaveAttribute('aria-sort', 'ascending');
  await page.getByRole('button', { name: 'Season', exact: true }).click({ modifiers: ['Shift'] });
  await expect(grid.getByRole('columnheader', { name: 'Season' })).toHaveAttribute('aria-sort', 'ascending');
  await expect(grid.getByRole('columnheader', { name: 'Score' })).toHaveAttribute('aria-sort', 'ascending');

  const [first] = (await workstation.client.matches.page({ limit: 1 })).rows;
  await page.getByRole('searchbox', { name: 'Find a team' }).fill(first!.home.toUpperCase());
  const filters = { team: { kind: 'text', contains: first!.home } } as const;
  const { total } = await workstation.client.matches.page({ filters });
  await expect(grid).toHaveAttribute('aria-rowcount', String(total + 1));
  await page.getByRole('button', { name: 'Remove the filter of Team' }).click();
  await expect(grid).not.toHaveAttribute('aria-rowcount', String(total + 1));
});

test('by keyboard alone a column is sorted, filtered, moved and hidden, cells are copied, a match is opened', async ({
  page,
  context,
  workstation,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await workstation.open('/matches');
  const grid = page.getByRole('grid');
  await expect(grid.getByRole('gridcell').first()).toBeVisible();
  await grid.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(grid.getByRole('columnheader', { name: 'Match' })).toHaveAttribute('aria-sort', 'ascending');

  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Alt+ArrowDown');
  const panel = page.getByRole('dialog');
  await panel.getByRole('textbox', { name: 'At least' }).fill('6');
  const { total } = await workstation.client.matches.page({
    filters: { homeGoals: { kind: 'number', min: 6 } },
  });
  await expect(grid).toHaveAttribute('aria-rowcount', String(total + 1));
  await panel.getByRole('button', { name: 'Move right' }).press('Enter');
  await expect(grid.getByRole('columnheader').nth(3)).toContainText('Score');
  await panel.getByRole('button', { name: 'Hide' }).press('Enter');
  await expect(grid.getByRole('columnheader', { name: 'Score' })).toHaveCount(0);

  await grid.focus();
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Control+C');
  await expect(page.getByText('2 rows were copied.')).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied.split('\n').map((line) => line.split('\t').length)).toEqual([2, 2, 2]);
  expect(copied.split('\n')[0]).toBe('Day\tMatch');
  expect(copied).toMatch(/\n\d{4}-\d{2}-\d{2}\t/);

  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/match\/\d+/);
});

test('selected numbers are added up as they are, not as they are rounded', async ({ page, workstation }) => {
  const columns = { order: ['totalGoals'], hidden: [], pinned: [], widths: {} };
  await workstation.open(`/matches?columns=${encodeURIComponent(JSON.stringify(columns))}`);
  const grid = page.getByRole('grid');
  const at = await grid.getByRole('columnheader', { name: 'Goals in total' }).getAttribute('aria-colindex');
  const sort = [{ column: 'totalGoals', direction: 'desc' }] as const;
  await workstation.open(
    `/matches?columns=${encodeURIComponent(JSON.stringify(columns))}&sort=${encodeURIComponent(JSON.stringify(sort))}`,
  );
  const { rows } = await workstation.client.matches.page({ sort: [...sort], limit: 3 });
  const sum = rows.reduce((total, { homeGoals, awayGoals }) => total + homeGoals! + awayGoals!, 0);
  const cell = (row: number) => grid.locator(`[aria-rowindex="${row + 2}"] [aria-colindex="${at}"]`);
  await cell(0).scrollIntoViewIfNeeded();
  await expect(cell(0)).toHaveText(String(rows[0]!.homeGoals! + rows[0]!.awayGoals!));
  await cell(0).click();
  await cell(2).click({ modifiers: ['Shift'] });
  await expect(page.getByText(`Sum ${sum}`)).toBeVisible();
});

test('every match that passes the filters is exported, not only those in sight', async ({
  page,
  workstation,
}) => {
  const filters = { forecast: { kind: 'set', values: ['A'] } } as const;
  const { total } = await workstation.client.matches.page({
    filters: { forecast: { ...filters.forecast, values: ['A'] } },
  });
  expect(total).toBeGreaterThan(200);
  await workstation.open(`/matches?filters=${encodeURIComponent(JSON.stringify(filters))}`);
  await page.getByRole('button', { name: 'Export' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'CSV for programs' }).click();
  const text = await readFile(await (await download).path(), 'utf8');
  expect(text.trimEnd().split('\r\n')).toHaveLength(total + 1);
});

test('filters that let nothing through say so', async ({ page, workstation }) => {
  await workstation.open('/matches');
  await page.getByRole('searchbox', { name: 'Find a team' }).fill('no such team');
  await expect(page.getByText('No match passes the filters')).toBeVisible();
});

test.describe('in an empty home', () => {
  test.use({ home: 'empty' });

  test('the grid says where matches come from', async ({ page, workstation }) => {
    await workstation.open('/matches');
    await expect(page.getByText('There are no matches yet')).toBeVisible();
    await page.getByRole('link', { name: 'Open the data' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Data');
  });
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme, language: colorScheme === 'light' ? 'en' : 'ru' });

    test('a column with its menu open is free of accessibility faults', async ({ page, workstation }) => {
      await workstation.open('/matches');
      await expect(page.getByRole('gridcell').first()).toBeVisible();
      await page.getByRole('grid').focus();
      await page.keyboard.press('Alt+ArrowDown');
      await expect(page.getByRole('dialog')).toBeVisible();
      const { violations } = await new AxeBuilder({ page })
        .include('main')
        .include('[role=dialog]')
        .withTags(rules)
        .analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n')}`)).toEqual(
        [],
      );
    });
  });
}

declare global {
  interface Window {
    daysWritten: number;
  }
}

/** Counts the days that the page writes: each row of the grid shows one. */
function countDays(): void {
  window.daysWritten = 0;
  const { get } = Object.getOwnPropertyDescriptor(Intl.DateTimeFormat.prototype, 'format')!;
  Object.defineProperty(Intl.DateTimeFormat.prototype, 'format', {
    get(this: Intl.DateTimeFormat) {
      const write = get!.call(this) as Intl.DateTimeFormat['format'];
      return (date: Date) => {
        window.daysWritten++;
        return write(date);
      };
    },
  });
}
