import { expect, test, type Browser, type Page } from '@playwright/test';
import { listenToAnswers, readAnswers } from '../fixtures/screens/answers.ts';
import { pageProcessMemory } from '../fixtures/screens/process-memory.ts';
import { serve, type Served } from '../fixtures/screens/served.ts';
import { traced } from '../fixtures/screens/trace.ts';

/**
 * How fast the screens are on a home of any size: `node scripts/measure-screens.ts --home DIR`, which prints one line for
 * each figure as soon as it is known. No figure fails anything, since it depends on what else the machine does; what
 * could not be measured does, after all the others were. A training is begun in the home and stopped again.
 */
interface Measured {
  readonly browser: Browser;
  readonly page: Page;
  readonly served: Served;
}

const measures: readonly (readonly [what: string, measure: (measured: Measured) => Promise<void>])[] = [
  ['the cold start', coldStart],
  ['opening the matches', openMatches],
  ['scrolling the matches', scrollMatches],
  ['filtering and sorting the matches', filterMatches],
  ['opening single matches', openSingleMatches],
  ['scrolling while a training is going', scrollWhileTraining],
  ['pressing everything there is', pressEverything],
  ['how soon presses were answered', answers],
  ['the memory of the page', memory],
];

// Whatever else looks at the page takes time of it.
test.use({ trace: 'off', screenshot: 'off' });

const grid = '[role="row"][aria-rowindex="5"]';

test('the speed of the screens', async ({ browser, page, context }) => {
  test.setTimeout(600_000);
  page.setDefaultTimeout(30_000);
  await listenToAnswers(page);
  const asked = performance.now();
  await using served = await serve({ home: process.env.AUSPEX_MEASURED_HOME });
  report('the engine and its host, from the command', performance.now() - asked);
  await context.addCookies([await served.signIn()]);
  const { matches } = await served.client.system.status();
  report('matches held', matches, '');
  const failed: string[] = [];
  for (const [what, measure] of measures) {
    try {
      await measure({ browser, page, served });
    } catch (error) {
      failed.push(`${what}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  expect(failed, 'what could not be measured').toEqual([]);
});

async function coldStart({ page, served }: Measured): Promise<void> {
  await page.goto(`${served.origin}/#/today`);
  await page.locator('h1').first().waitFor();
  await page.waitForFunction(() => document.querySelector('main [aria-busy="true"]') === null);
  report('today, from a cold start', await page.evaluate(() => performance.now()));
}

async function openMatches({ page }: Measured): Promise<void> {
  for (const round of ['first', 'again']) {
    await inside(page, '/today', 'h1');
    report(`matches, opened (${round})`, await inside(page, '/matches', grid));
  }
}

async function scrollMatches({ browser, page }: Measured): Promise<void> {
  await inside(page, '/today', 'h1');
  await inside(page, '/matches', grid);
  await page.locator(grid).first().hover();
  await during('by the wheel', { browser, page }, async () => {
    // As fast as a hand turns it, and then ten times as fast.
    for (let turn = 0; turn < 60; turn++) {
      await page.mouse.wheel(0, turn < 30 ? 600 : 6000);
      await page.waitForTimeout(50);
    }
  });
  await during('by keys', { browser, page }, async () => {
    await page.getByRole('grid').focus();
    for (let turn = 0; turn < 60; turn++) {
      await page.keyboard.press(turn < 30 ? 'PageDown' : 'ArrowDown');
      await page.waitForTimeout(50);
    }
  });
  await during('by its bar', { browser, page }, async () => {
    for (let turn = 0; turn < 60; turn++) {
      await page.getByRole('grid').evaluate((element, share) => {
        element.scrollTop = element.scrollHeight * share;
      }, turn / 60);
      await page.waitForTimeout(50);
    }
  });
}

async function filterMatches({ browser, page }: Measured): Promise<void> {
  await inside(page, '/today', 'h1');
  await inside(page, '/matches', grid);
  await during('by a filter', { browser, page }, async () => {
    const field = page.getByRole('searchbox').last();
    await field.pressSequentially('real', { delay: 60 });
    await page.waitForTimeout(1500);
    await field.fill('');
    await page.waitForTimeout(1500);
  });
  await during('by another order', { browser, page }, async () => {
    for (const turn of [3, 4, 3]) {
      await page.getByRole('columnheader').nth(turn).getByRole('button').first().click();
      await page.waitForTimeout(1000);
    }
  });
}

async function openSingleMatches({ page, served }: Measured): Promise<void> {
  const { rows } = await served.client.matches.page({ limit: 5 });
  for (const { matchId } of rows) {
    await inside(page, '/today', 'h1');
    report(`match ${matchId}, opened`, await inside(page, `/match/${matchId}`, 'h1'));
  }
}

async function scrollWhileTraining({ browser, page, served }: Measured): Promise<void> {
  await inside(page, '/matches', grid);
  await page.locator(grid).first().hover();
  const { runId } = await served.client.runs.start({ stage: 'train' });
  try {
    await during('while a training is going', { browser, page }, async () => {
      for (let turn = 0; turn < 100; turn++) {
        await page.mouse.wheel(0, turn % 2 === 0 ? 600 : 300);
        await page.waitForTimeout(50);
      }
    });
  } finally {
    await served.client.runs.cancel({ runId });
  }
}

/** Every screen of the rail with all of its parts, the palette, and what the keys do. */
async function pressEverything({ page }: Measured): Promise<void> {
  const rail = page.getByRole('navigation').first();
  for (const link of await rail.getByRole('link').all()) {
    await link.click();
    await settled(page);
    for (const part of await page.getByRole('main').getByRole('tab').all()) {
      await part.click();
      await settled(page);
    }
    await page.keyboard.press('Control+KeyK');
    await page.getByRole('combobox').last().pressSequentially('real madrid', { delay: 60 });
    for (let turn = 0; turn < 5; turn++) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Shift+Slash');
    await page.getByRole('dialog').getByRole('textbox').pressSequentially('undo', { delay: 60 });
    await page.keyboard.press('Escape');
    for (const keys of ['Control+KeyB', 'Control+KeyB', 'Alt+KeyT', 'Alt+Comma', 'Alt+Period', 'Alt+KeyW']) {
      await page.keyboard.press(keys);
      await settled(page);
    }
  }
}

async function answers({ page }: Measured): Promise<void> {
  const { presses, p98Ms, longestOwnMs, slowest } = await readAnswers(page);
  report('presses of keys and buttons in all of these', presses, '');
  report('presses, 98 of 100 answered within', p98Ms);
  report('presses, the longest work of the page on one', longestOwnMs);
  for (const { ms, what } of slowest) report(`slow: ${what.slice(0, 50)}`, ms);
}

async function memory({ browser, page }: Measured): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  await session.send('Performance.enable');
  const { metrics } = await session.send('Performance.getMetrics');
  const heap = metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0;
  report("memory of the page's objects", heap / 2 ** 20, 'MB');
  const process = await pageProcessMemory(browser);
  if (process === undefined) throw new Error('The system does not tell the memory of a process.');
  report("memory of the page's process", process.resident / 2 ** 20, 'MB');
  report("memory of the page's process, the most it held", process.mostResident / 2 ** 20, 'MB');
}

/** Until nothing on the screen is loading, and a frame more. */
async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector('main [aria-busy="true"]') === null);
  await page.waitForTimeout(100);
}

/** What holds frames up while something is done with the matches. */
async function during(
  what: string,
  { browser, page }: Omit<Measured, 'served'>,
  work: () => Promise<void>,
): Promise<void> {
  const { longestTaskMs, longestOwnMs, longTasks } = await traced(browser, page, work);
  report(`matches ${what}, longest task`, longestTaskMs);
  report(`matches ${what}, its processor time`, longestOwnMs);
  report(`matches ${what}, tasks over 50 ms`, longTasks, '');
}

function report(name: string, value: number, unit = 'ms'): void {
  process.stderr.write(`MEASURED ${name.padEnd(58)} ${String(Math.round(value)).padStart(8)} ${unit}\n`);
}

/** Milliseconds from asking for another screen until it shows what is waited for and nothing is loading. */
async function inside(page: Page, address: string, what: string): Promise<number> {
  const most = 30_000;
  const taken = await page.evaluate(
    ({ hash, selector, most }) =>
      new Promise<number>((done) => {
        const before = document.querySelector('h1')?.textContent;
        const isSame = location.hash.split('?')[0] === `#${hash}`;
        const started = performance.now();
        location.hash = hash;
        const look = () => {
          const isThere =
            document.querySelector(selector) !== null &&
            (isSame || document.querySelector('h1')?.textContent !== before) &&
            document.querySelector('main [aria-busy="true"]') === null;
          if (isThere || performance.now() - started > most) done(performance.now() - started);
          else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      }),
    { hash: address, selector: what, most },
  );
  if (taken > most) throw new Error(`${address} did not show ${what} within ${most / 1000} s`);
  return taken;
}
