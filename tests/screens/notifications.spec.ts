import { expect, test } from '../fixtures/screens/workstation.ts';

test.use({ home: 'own sample' });

/** What the page showed by the browser's `Notification`, which a headless browser does not show anywhere. */
declare global {
  interface Window {
    shownNotices: { title: string; body: string; click(): void }[];
    asked: number;
  }
}

test.beforeEach(async ({ page }) => {
  await page.addInitScript(() => {
    window.shownNotices = [];
    window.asked = 0;
    class FakeNotification extends EventTarget {
      static permission = 'default';
      static requestPermission() {
        window.asked++;
        FakeNotification.permission = 'granted';
        return Promise.resolve('granted');
      }
      constructor(title: string, { body }: { body: string }) {
        super();
        window.shownNotices.push({ title, body, click: () => this.dispatchEvent(new Event('click')) });
      }
      close() {}
    }
    Object.defineProperty(window, 'Notification', { value: FakeNotification, configurable: true });
    Object.defineProperty(document, 'hasFocus', { value: () => false });
  });
});

test('the browser is asked on a click in the settings alone, and then tells of a run that failed while nobody looked', async ({
  page,
  workstation,
}) => {
  await workstation.open('/settings?group=notifications');
  const allow = page.getByRole('button', { name: 'Allow in this browser' });
  await expect(allow).toBeVisible();
  expect(await page.evaluate(() => window.asked)).toBe(0);
  await allow.click();
  await expect(
    page.getByText('This browser may show them while a tab of the program is open.'),
  ).toBeVisible();
  await page.getByRole('button', { name: 'Show one now' }).click();
  expect(await page.evaluate(() => window.shownNotices.map(({ title }) => title))).toEqual([
    'Notifications work',
  ]);

  const fail = async (): Promise<number> => {
    const parameters = { source: 'csv', from: '/nowhere.csv' };
    const { runId } = await workstation.client.runs.start({ stage: 'getting', parameters });
    for await (const event of await workstation.client.runs.watch({ runId })) void event;
    return runId;
  };
  const runId = await fail();
  const last = () => page.evaluate(() => window.shownNotices.at(-1)!);
  await expect.poll(async () => (await last()).title).toBe('A run failed');
  expect((await last()).body).toContain(`Fetching #${runId}`);
  await page.evaluate(() => {
    window.shownNotices.at(-1)!.click();
  });
  await expect(page).toHaveURL(new RegExp(`#/runs/${runId}$`));

  await workstation.open('/settings?group=notifications');
  await page.getByText('Failed runs', { exact: true }).click();
  await expect(page.getByRole('switch', { name: 'Failed runs' })).not.toBeChecked();
  const shown = await page.evaluate(() => window.shownNotices.length);
  const second = await fail();
  await expect(page.getByText(`Fetching #${second} failed.`)).toBeVisible();
  expect(await page.evaluate(() => window.shownNotices.length)).toBe(shown);
});
