import { test as base, type Page } from '@playwright/test';
import { serve } from '../fixtures/screens/served.ts';
import { traced } from '../fixtures/screens/trace.ts';

/**
 * How fast the screens are on a home of any size: `node scripts/measure-screens.ts --home DIR`. Prints one line for each
 * figure; nothing fails, since a figure depends on what else the machine does.
 */
base('the speed of the screens', async ({ browser, page, context }) => {
  base.setTimeout(600_000);
  await using served = await serve({ home: process.env.AUSPEX_MEASURED_HOME });
  await context.addCookies([await served.signIn()]);
  await served.client.settings.list();
  const report = (name: string, value: number, unit = 'ms') => {
    process.stderr.write(`MEASURED ${name.padEnd(52)} ${String(Math.round(value)).padStart(8)} ${unit}\n`);
  };

  const { matches } = await served.client.system.status();
  report('matches held', matches, '');

  await opened(page, `${served.origin}/#/today`, 'h1');
  report('today, from a cold start', await page.evaluate(() => performance.now()));
  const grid = '[role="row"][aria-rowindex="5"]';
  for (const round of ['first', 'again']) {
    report(`matches, opened (${round})`, await inside(page, '/matches', grid));
    await inside(page, '/today', 'h1');
  }
  await inside(page, '/matches', grid);
  const scrolling = await traced(browser, page, () => scroll(page));
  report('matches, longest task while scrolling', scrolling.longestTaskMs);
  report('matches, tasks over 50 ms while scrolling', scrolling.longTasks, '');
  const filtering = await traced(browser, page, async () => {
    const field = page.getByRole('textbox', { name: 'Find a team' });
    await field.pressSequentially('chelsea', { delay: 60 });
    await page.waitForTimeout(1500);
    await field.fill('');
    await page.waitForTimeout(1500);
  });
  report('matches, longest task while filtering', filtering.longestTaskMs);
  report('matches, tasks over 50 ms while filtering', filtering.longTasks, '');

  const next = await served.client.matches.next({ limit: 5 });
  for (const { matchId } of next) {
    await inside(page, '/today', 'h1');
    report(`match ${matchId}, opened`, await inside(page, `/match/${matchId}`, 'h1'));
  }
  const session = await context.newCDPSession(page);
  await session.send('Performance.enable');
  const { metrics } = await session.send('Performance.getMetrics');
  const heap = metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0;
  report('memory of the page', heap / 2 ** 20, 'MB');
});

async function opened(page: Page, address: string, what: string): Promise<void> {
  await page.goto(address);
  await page.locator(what).first().waitFor();
}

/** Milliseconds from asking for another screen until it shows what is waited for and nothing is loading. */
function inside(page: Page, address: string, what: string): Promise<number> {
  return page.evaluate(
    ({ hash, selector }) =>
      new Promise<number>((done) => {
        const before = document.querySelector('h1')?.textContent;
        const started = performance.now();
        location.hash = hash;
        const look = () => {
          const isThere =
            document.querySelector(selector) !== null &&
            document.querySelector('h1')?.textContent !== before &&
            document.querySelector('main [aria-busy="true"]') === null;
          if (isThere || performance.now() - started > 30_000) done(performance.now() - started);
          else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      }),
    { hash: address, selector: what },
  );
}

/** Three seconds of wheel over the grid, as fast as a hand turns it. */
async function scroll(page: Page): Promise<void> {
  const box = await page.locator('[role="row"][aria-rowindex="5"]').first().boundingBox();
  await page.mouse.move((box?.x ?? 400) + 50, (box?.y ?? 400) + 5);
  for (let turn = 0; turn < 60; turn++) {
    await page.mouse.wheel(0, turn < 30 ? 600 : 6000);
    await page.waitForTimeout(50);
  }
}
