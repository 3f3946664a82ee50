import { expect, test } from '../fixtures/screens/workstation.ts';

test('opens on the sample without a word of trouble', async ({ page, workstation }) => {
  await workstation.open('/matches');
  await expect(page.locator('#root')).not.toBeEmpty();
});
