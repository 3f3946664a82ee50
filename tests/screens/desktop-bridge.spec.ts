import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../fixtures/screens/workstation.ts';

test.use({ home: 'own sample' });

/** What the test says as the desktop shell, which is not there in a browser. */
declare global {
  interface Window {
    leftSafeMode: number;
    tellPage(name: string, value: unknown): void;
  }
}

test('the page says when the shell is in safe mode and leads out of it, and takes the files it was opened with', async ({
  page,
  workstation,
}) => {
  const file = join(workstation.home, 'opened.csv');
  await writeFile(file, 'Date,Home,Away,HG,AG\n2024-05-01,A,B,1,0\n');
  await page.addInitScript((path) => {
    const listeners = new Map<string, (value: unknown) => void>();
    const files = [path];
    const value = (answer: unknown) => () => Promise.resolve({ value: answer });
    window.leftSafeMode = 0;
    window.tellPage = (name, said) => listeners.get(name)?.(said);
    const bridge = {
      platform: 'linux',
      setMenu: value(null),
      setAppearance: value(null),
      setProgress: value(null),
      takeFiles: () => Promise.resolve({ value: files.splice(0) }),
      engineState: value({ state: 'ready', safeMode: true }),
      leaveSafeMode: () => {
        window.leftSafeMode++;
        return Promise.resolve({ value: null });
      },
      on: (name: string, listen: (said: unknown) => void) => {
        listeners.set(name, listen);
        return () => listeners.delete(name);
      },
    };
    Object.defineProperty(window, 'auspexDesktop', { value: bridge });
  }, file);
  await workstation.open('/today');
  await expect(page).toHaveURL(/#\/data\?part=import/);
  await expect(page.getByText('opened.csv: 1 row, 5 columns')).toBeVisible();

  const banner = page.getByRole('alert').filter({ hasText: 'Safe mode' });
  await expect(banner).toContainText('the schedule begins nothing');
  await banner.getByRole('button', { name: 'Leave safe mode' }).click();
  expect(await page.evaluate(() => window.leftSafeMode)).toBe(1);
  await page.evaluate(() => {
    window.tellPage('engine', { state: 'ready', safeMode: false });
  });
  await expect(banner).toBeHidden();

  await workstation.open('/settings?group=notifications');
  await expect(page.getByText('The desktop program shows them itself.')).toBeVisible();
});
