import type { Locator } from '@playwright/test';
import { expect, test } from '../fixtures/screens/workstation.ts';

test.describe('the palette', () => {
  test('finds screens, teams and matches, with typing errors and on the wrong layout', async ({
    page,
    workstation,
  }) => {
    await workstation.open('/today');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.keyboard.press('Control+KeyK');
    const field = page.getByRole('combobox', { name: 'Search and run' });
    const first = page.getByRole('option').first();
    await field.fill('ьфесруы');
    await expect(first).toContainText('Go to matches');
    await field.fill('ivermuoth');
    await expect(first).toContainText('Ivermouth');
    await field.fill('ivermouth kestrel');
    await expect(first).toContainText(/Ivermouth \d+:\d+ Kestrel Bay|Kestrel Bay \d+:\d+ Ivermouth/);
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/#\/match\/\d+$/);
  });

  test('runs by keys alone, says why a command cannot be run, and leaves the rest where it was', async ({
    page,
    workstation,
  }) => {
    await workstation.open('/today');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.keyboard.press('Control+Shift+KeyP');
    const field = page.getByRole('combobox', { name: 'Search and run' });
    await field.fill('stop the run');
    await expect(page.getByRole('option').first()).toContainText('Nothing is running.');
    await page.keyboard.press('Enter');
    await expect(field).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(field).toBeHidden();
    await expect(page).toHaveURL(/#\/today/);
    await page.keyboard.press('Control+KeyK');
    await field.fill('calibration');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Calibration');
  });
});

test.describe('keys', () => {
  test('go by their place on the keyboard, and not while something is typed', async ({
    page,
    workstation,
  }) => {
    await workstation.open('/settings');
    await page.getByRole('searchbox').fill('gr');
    await expect(page).toHaveURL(/settings/);
    await page.getByRole('searchbox').blur();
    // As a Russian layout sends them: other letters, the same keys.
    for (const [code, key] of [
      ['KeyG', 'п'],
      ['KeyU', 'г'],
    ] as const) {
      await page.evaluate(
        (init) => document.body.dispatchEvent(new KeyboardEvent('keydown', { ...init, bubbles: true })),
        { code, key },
      );
    }
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Runs');
  });

  test('are listed by the question mark', async ({ page, workstation }) => {
    await workstation.open('/runs');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.keyboard.press('Shift+Slash');
    const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await expect(sheet.getByText('Undo the last change')).toBeVisible();
    await sheet.getByRole('textbox').fill('undo');
    await expect(sheet.getByText('Undo the last change')).toBeVisible();
    await expect(sheet.getByText('Go to today')).toBeHidden();
  });
});

test.describe('tabs', () => {
  test.use({ home: 'own sample' });

  test('hold one address each, close, come back, and are there again after a new start', async ({
    page,
    context,
    workstation,
  }) => {
    await workstation.open('/runs');
    const tabs = page.getByRole('tab');
    await expect(tabs).toHaveText(['Runs']);
    await page.keyboard.press('Alt+KeyT');
    await expect(tabs).toHaveText(['Runs', 'Today']);
    await page.getByRole('link', { name: 'Settings' }).click();
    await expect(tabs).toHaveText(['Runs', 'Settings']);
    await page.keyboard.press('Alt+KeyW');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Runs');
    await page.keyboard.press('Alt+Shift+KeyT');
    await expect(tabs).toHaveText(['Runs', 'Settings']);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Settings');

    // The engine keeps them, so another window of another day begins with them.
    await expect
      .poll(async () =>
        JSON.stringify(await workstation.client.workspace.get({ kind: 'layout', name: 'tabs' })),
      )
      .toContain('/settings');
    await page.close();
    const again = await context.newPage();
    await workstation.open('/', again);
    await expect(again.getByRole('tab')).toHaveText(['Runs', 'Settings']);
    await expect(again.getByRole('heading', { level: 1 })).toHaveText('Settings');
  });
});

test.describe('scrolling', () => {
  test.use({ home: 'own sample' });

  test('is where it was: in another tab, a step back, and after a new start', async ({
    page,
    context,
    workstation,
  }) => {
    const grid = page.getByRole('grid');
    const main = page.getByRole('main');
    const heading = page.getByRole('heading', { level: 1 });
    const topOf = (element: Locator) => element.evaluate(({ scrollTop }) => Math.round(scrollTop));
    const scroll = (element: Locator, top: number) =>
      element.evaluate((one, to) => {
        one.scrollTop = to;
      }, top);
    await page.setViewportSize({ width: 1280, height: 500 });
    await workstation.open('/matches');
    await grid.getByRole('link').first().waitFor();
    await scroll(grid, 9000);
    await page.keyboard.press('Alt+KeyT');
    await expect(heading).toHaveText('Today');
    await main.getByRole('link').first().waitFor();
    await scroll(main, 300);
    await page.getByRole('link', { name: 'Calibration', exact: true }).click();
    await expect(heading).toHaveText('Calibration');
    await expect.poll(() => topOf(main), 'another screen begins at its top').toBe(0);
    await page.keyboard.press('Alt+ArrowLeft');
    await expect(heading).toHaveText('Today');
    await expect.poll(() => topOf(main), 'a step back').toBe(300);
    await page.getByRole('tab', { name: 'Matches' }).click();
    await expect.poll(() => topOf(grid), 'another tab').toBe(9000);
    await expect
      .poll(async () =>
        JSON.stringify(await workstation.client.workspace.get({ kind: 'layout', name: 'tabs' })),
      )
      .toMatch(/"grid matches":9000.*"activeId":1|"activeId":1.*"grid matches":9000/);

    await page.close();
    const again = await context.newPage();
    await again.setViewportSize({ width: 1280, height: 500 });
    await workstation.open('/', again);
    await expect(again.getByRole('heading', { level: 1 })).toHaveText('Matches');
    await expect.poll(() => topOf(again.getByRole('grid')), 'a new start').toBe(9000);
  });
});

test.describe('saved views', () => {
  test.use({ home: 'own sample' });

  test('keep the filters of a screen under a name, mark changes, and come back after they were removed', async ({
    page,
    workstation,
  }) => {
    // The address of this screen names its defaults as well; they are no change.
    await workstation.open('/calibration');
    const bar = page.getByRole('group', { name: 'Saved views' });
    await expect(bar).toContainText('Standard');
    await expect(page).toHaveURL(/model=published/);
    await expect(bar).not.toContainText('Changed');
    await workstation.open('/runs?stage=evaluate');
    await expect(bar).toContainText('Changed');
    await bar.getByRole('button', { name: 'Standard' }).click();
    await page.getByRole('menuitem', { name: 'Save as a new view' }).click();
    await page.getByRole('textbox', { name: 'Name of the view' }).fill('Evaluations');
    await page.keyboard.press('Enter');
    await expect(bar).toContainText('Evaluations');
    await expect(bar).not.toContainText('Changed');
    await page.getByLabel('Kind of run').selectOption('tune');
    await expect(bar).toContainText('Changed');
    await bar.getByRole('button', { name: 'Reset' }).click();
    await expect(page.getByLabel('Kind of run')).toHaveValue('evaluate');

    await bar.getByRole('button', { name: 'Evaluations' }).click();
    await page.getByRole('menuitem', { name: 'Remove the view' }).click();
    await expect(bar).toContainText('Standard');
    await page.getByRole('button', { name: 'Undo' }).click();
    await bar.getByRole('button', { name: 'Standard' }).click();
    await expect(page.getByRole('menuitem', { name: 'Evaluations' })).toBeVisible();
  });
});

test.describe('the appearance', () => {
  test.use({ home: 'own sample' });

  test('follows its settings at once: language and colours, without loading anything again', async ({
    page,
    workstation,
  }) => {
    await workstation.open('/runs');
    await page.getByRole('heading', { level: 1, name: 'Runs' }).waitFor();
    await page.evaluate(() => {
      document.body.dataset.sameDocument = 'yes';
    });
    await workstation.client.settings.set({ key: 'language', value: 'ru' });
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Запуски');
    await expect(page.locator('html')).toHaveAttribute('lang', 'ru');
    await workstation.client.settings.set({ key: 'appearance.theme', value: 'dark' });
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
    await workstation.client.settings.set({ key: 'appearance.density', value: 'comfortable' });
    await expect(page.locator('html')).toHaveAttribute('data-density', 'comfortable');
    await expect(page.locator('body')).toHaveAttribute('data-same-document', 'yes');
  });
});
