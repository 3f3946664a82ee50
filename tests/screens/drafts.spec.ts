import { expect, test } from '../fixtures/screens/workstation.ts';

test.use({ home: 'own sample' });

test('what was entered into the training form is there again after a reload, and goes on request', async ({
  page,
  workstation,
}) => {
  await workstation.open('/models?tab=train');
  const name = page.getByRole('textbox', { name: 'Name' });
  await name.fill('half a thought');
  await workstation.open('/today');
  await page.reload();
  await workstation.open('/models?tab=train');
  await expect(name).toHaveValue('half a thought');
  await page.getByRole('button', { name: 'Start afresh' }).click();
  await expect(name).toHaveValue('');
  await page.reload();
  await expect(name).toHaveValue('');
});

test('a channel that is being described is there again, and cancelling forgets it', async ({
  page,
  workstation,
}) => {
  await workstation.open('/settings?group=publishing');
  await page.getByRole('button', { name: 'Add a channel' }).click();
  await page.getByRole('combobox', { name: 'Kind' }).selectOption('email');
  await page.getByRole('textbox', { name: 'Mail server' }).fill('mail.example.org');
  await page.reload();
  await page.getByRole('button', { name: 'Add a channel' }).click();
  await expect(page.getByRole('textbox', { name: 'Mail server' })).toHaveValue('mail.example.org');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Add a channel' }).click();
  await expect(page.getByText('What you had entered is back.')).toBeHidden();
});

test('a file that is being imported waits with its meaning until it is imported or discarded', async ({
  page,
  workstation,
}) => {
  await workstation.open('/data?part=import');
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose a file' }).click();
  await (
    await chooser
  ).setFiles({
    name: 'own.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('Date,Home,Away,HG,AG\n2024-05-01,A,B,1,0\n'),
  });
  const source = page.getByRole('textbox', { name: 'Name of the source' });
  await source.fill('my-notes');
  await workstation.open('/today');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await workstation.open('/data?part=import');
  await expect(source).toHaveValue('my-notes');
  await expect(page.getByText('own.csv')).toBeVisible();
  await page.getByRole('button', { name: 'Discard the file' }).click();
  await page.reload();
  await expect(page.getByRole('button', { name: 'Choose a file' })).toBeVisible();
});
