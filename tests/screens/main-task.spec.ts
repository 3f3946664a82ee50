import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Language } from '../../engine/contract/domain.ts';
import { keysAlone, pointer } from '../fixtures/screens/hands.ts';
import { expect, test } from '../fixtures/screens/workstation.ts';

/** First run, sample, training, forecasts, calibration, export: what the workstation is for, in one go. */
const runs = [
  { language: 'en', colorScheme: 'light', by: 'pointer' },
  { language: 'ru', colorScheme: 'dark', by: 'keys alone' },
] as const;

for (const { language, colorScheme, by } of runs) {
  test.describe(() => {
    test.use({ home: 'empty', language, colorScheme });

    test(`from an empty home to an exported forecast, in ${language}, ${colorScheme}, by ${by}`, async ({
      page,
      workstation,
    }) => {
      test.setTimeout(300_000);
      const hands = by === 'pointer' ? pointer() : keysAlone(page);
      const welcome = textsOf(language, 'welcome');
      const models = textsOf(language, 'models');
      const frame = textsOf(language, 'frame');
      const components = textsOf(language, 'components');
      const heading = page.getByRole('heading', { level: 1 });
      const screens = page.getByRole('navigation').first();

      await workstation.open('/');
      await expect(heading).toHaveText(welcome('title'));
      await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme);
      await hands.press(page.getByRole('button', { name: welcome('sample.create') }));
      await expect(page.getByText(welcome('progress.done'))).toBeVisible({ timeout: 200_000 });
      await hands.press(page.getByRole('link', { name: welcome('sample.open') }));
      await expect(heading).toHaveText(frame('screens.today'));

      await hands.press(screens.getByRole('link', { name: frame('screens.models'), exact: true }));
      await hands.choose(page.getByRole('tab', { name: models('tabs.train') }));
      await hands.press(page.getByRole('button', { name: models('train.start-train'), exact: true }));
      await expect
        .poll(async () => (await workstation.client.runs.list({ limit: 1, stage: 'train' }))[0]?.state, {
          timeout: 200_000,
        })
        .toBe('done');

      await hands.press(screens.getByRole('link', { name: frame('screens.calibration'), exact: true }));
      await expect(heading).toHaveText(frame('screens.calibration'));
      await expect(page.getByRole('heading', { level: 2 }).first()).toBeVisible();

      await hands.press(screens.getByRole('link', { name: frame('screens.forecasts'), exact: true }));
      await expect(page.getByRole('table').first().getByRole('row').nth(2)).toBeVisible();
      const download = page.waitForEvent('download');
      await hands.press(page.getByRole('button', { name: components('export.open'), exact: true }));
      await hands.pick(page.getByRole('menuitem', { name: components('export.as.csv') }));
      const lines = (await readFile(await (await download).path(), 'utf8')).trim().split('\n');
      expect(lines.length).toBeGreaterThan(100);
      expect(lines[0]).toMatch(/probability|вероятность/i);
    });
  });
}

/** The texts of a screen as the user reads them, by their keys. */
function textsOf(language: Language, namespace: string): (key: string) => string {
  const file = new URL(`../../renderer/texts/${language}/${namespace}.json`, import.meta.url);
  const texts = JSON.parse(readFileSync(file, 'utf8')) as object;
  return (key) => {
    const text = key
      .split('.')
      .reduce<unknown>((tree, part) => (tree as Record<string, unknown> | undefined)?.[part], texts);
    if (typeof text !== 'string') throw new Error(`There is no text ${namespace}:${key}.`);
    return text;
  };
}
