import type { Page } from '@playwright/test';
import BetterSqlite3 from 'better-sqlite3';
import { join } from 'node:path';
import { hostileNames } from '../fixtures/hostile-names.ts';
import { addressesOf, settled } from '../fixtures/screens/addresses.ts';
import { expect, test } from '../fixtures/screens/workstation.ts';

test.describe('names that try to be more than text', () => {
  test.use({ home: 'own sample' });

  test('stay text on every screen, in one line of the window', async ({ page, workstation }) => {
    test.setTimeout(180_000);
    rename(workstation.home);
    const dialogs: string[] = [];
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    for (const [name, path] of await addressesOf(workstation.client)) {
      await workstation.open(path);
      await settled(page);
      expect.soft(await intruders(page), name).toEqual([]);
      const grown = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect.soft(grown, `${name} is wider than its window by`).toBe(0);
    }
    expect(dialogs).toEqual([]);
    await workstation.open('/matches');
    await expect(page.getByText('<script>alert(1)</script>').first()).toBeVisible();
  });
});

test.describe('addresses that try to be more than addresses', () => {
  // A screen may say that there is no such thing, and the browser that it was told so.
  test.use({ expectsTrouble: true });

  const hostile = [
    '/match/javascript:alert(1)',
    '/match/99999999999999999999',
    '/match/-1',
    '/championship/%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E',
    '/team/%00',
    '/models/1e999',
    '/runs/..%2f..%2fetc%2fpasswd',
    '/today?date=%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E',
    '/matches?sort={"__proto__":{"x":1}}&q=%F0%9F%92%A3',
    '/forecasts?types=[[[[[[[[[[]]]]]]]]]]',
    '//evil.example/',
    '/https:/evil.example/',
    '/nothing/of/the/kind',
  ];

  test('open a screen or say that there is none, and lead nowhere else', async ({ page, workstation }) => {
    test.setTimeout(120_000);
    const dialogs: string[] = [];
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    for (const path of hostile) {
      await workstation.open('/today');
      await workstation.open(path);
      await settled(page);
      expect.soft(new URL(page.url()).origin, path).toBe(workstation.origin);
      expect.soft(await intruders(page), path).toEqual([]);
      await expect.soft(page.getByRole('navigation').first(), path).toBeVisible();
    }
    expect(dialogs).toEqual([]);
    expect(workstation.troubles.filter((trouble) => trouble.includes('evil'))).toEqual([]);
  });
});

/** Gives every team of the home a hostile name of its own; what makes names differ comes last. */
function rename(home: string): void {
  const database = new BetterSqlite3(join(home, 'auspex.sqlite'), { timeout: 5000 });
  const teams = database.prepare<[], number>('SELECT id FROM team').pluck().all();
  const update = database.prepare('UPDATE team SET name = ? WHERE id = ?');
  database.transaction(() => {
    for (const [at, id] of teams.entries()) {
      const [, name] = hostileNames[at % hostileNames.length]!;
      update.run(at < hostileNames.length ? name : `${name} ${at}`, id);
    }
  })();
  database.close();
}

/** Elements that only a name which was taken for more than text can have brought in. */
function intruders(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    [
      ...document.querySelectorAll(
        'body script:not([src]), img[src="x"], img[src*="x.test"], [onerror], [onload], a[href^="javascript:" i], iframe:not([sandbox])',
      ),
      ...[...document.querySelectorAll('h1')].filter(({ textContent }) => textContent === 'Owned'),
    ].map(({ outerHTML }) => outerHTML),
  );
}
