import AxeBuilder from '@axe-core/playwright';
import { addressesOf, settled } from '../fixtures/screens/addresses.ts';
import { expect, test } from '../fixtures/screens/workstation.ts';

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    // The other language comes along: its longer words must fit and its names must be there as well.
    test.use({ colorScheme, language: colorScheme === 'light' ? 'en' : 'ru' });

    test('every screen opens without trouble and is free of accessibility faults', async ({
      page,
      workstation,
    }) => {
      test.setTimeout(240_000);
      for (const [name, path] of await addressesOf(workstation.client)) {
        await test.step(name, async () => {
          await workstation.open(path);
          await settled(page);
          const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze();
          const found = violations.map(
            ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n')}`,
          );
          expect.soft(found, name).toEqual([]);
        });
      }
    });
  });
}

test('at 1024 pixels and twice the size of letters no screen grows wider than its window', async ({
  page,
  workstation,
}) => {
  test.setTimeout(120_000);
  const addresses = await addressesOf(workstation.client);
  for (const size of [
    { width: 1024, height: 768 },
    // What 200 % leaves of 1440 x 900.
    { width: 720, height: 450 },
  ]) {
    await page.setViewportSize(size);
    for (const [name, path] of addresses) {
      await workstation.open(path);
      await settled(page);
      const overflow = await page.evaluate(() => {
        const main = document.querySelector('main');
        const wide = (element: Element | null) =>
          element === null ? 0 : element.scrollWidth - element.clientWidth;
        return { page: wide(document.documentElement), main: wide(main) };
      });
      expect.soft(overflow, `${name} at ${size.width}`).toEqual({ page: 0, main: 0 });
    }
  }
});

test.describe('with forced colours', () => {
  test.use({ home: 'own sample' });

  test('what is on, chosen and covered can still be told without a background', async ({
    page,
    workstation,
  }) => {
    await page.emulateMedia({ forcedColors: 'active' });
    await workstation.open('/settings?group=notifications');
    const style = (
      selector: string,
      name: 'border-top-width' | 'outline-style' | 'background-color' | 'color',
    ) =>
      page
        .locator(selector)
        .first()
        .evaluate((place, key) => getComputedStyle(place).getPropertyValue(key), name);
    await settled(page);
    await page.getByText('Alerts', { exact: true }).click();
    await expect(page.getByRole('switch', { name: 'Alerts' })).not.toBeChecked();
    const track = '+ .mantine-Switch-track';
    expect(await style(`input:checked ${track}`, 'border-top-width')).toBe('1px');
    expect(await style(`input:checked ${track}`, 'background-color')).not.toBe(
      await style(`input:not(:checked) ${track}`, 'background-color'),
    );
    expect(await style('main button[aria-current]', 'outline-style')).toBe('solid');

    await workstation.open('/settings?group=appearance');
    await settled(page);
    const label = '.mantine-SegmentedControl-label';
    expect(await style(`${label}[data-active]`, 'background-color')).not.toBe(
      await style(`${label}:not([data-active])`, 'background-color'),
    );

    await workstation.client.settings.set({ key: 'appearance.mask', value: true });
    await workstation.open('/settings?group=about');
    await settled(page);
    await expect.poll(() => style('[data-private]', 'color')).toBe('rgba(0, 0, 0, 0)');
  });
});
