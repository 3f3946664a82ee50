import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '../fixtures/screens/workstation.ts';

test.use({ home: 'own sample' });

for (const [language, colorScheme, look, seen, alerts] of [
  ['en', 'light', 'Look now', 'I have seen it', 'Alerts'],
  ['ru', 'dark', 'Осмотреть сейчас', 'Вижу', 'Тревоги'],
] as const) {
  test.describe(`in ${language} and ${colorScheme}`, () => {
    test.use({ language, colorScheme });

    test('a run that failed raises an alert, which is marked as seen and stays until it is calm', async ({
      page,
      workstation,
    }) => {
      const { client } = workstation;
      const { runId } = await client.runs.start({
        ...{ stage: 'getting', parameters: { source: 'csv', from: '/nowhere.csv' } },
      });
      for await (const event of await client.runs.watch({ runId })) void event;
      await workstation.open('/monitoring');
      await page.getByRole('button', { name: look }).first().click();
      const list = page.getByRole('region', { name: alerts, exact: true });
      const mark = list.getByRole('button', { name: seen });
      await expect(mark.first()).toBeVisible({ timeout: 30_000 });
      const count = await mark.count();
      await mark.first().click();
      await expect(mark).toHaveCount(count - 1);
      await expect(list.getByRole('listitem')).toHaveCount(count);
      await expect(page.getByRole('table').last()).toBeVisible();
      const { violations } = await new AxeBuilder({ page }).include('main').analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
    });
  });
}
