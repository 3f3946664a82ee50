import AxeBuilder from '@axe-core/playwright';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../fixtures/screens/workstation.ts';

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

test('sources, quality and coverage are those of the home', async ({ page, workstation }) => {
  await workstation.open('/data');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Data');
  const row = page.getByRole('row', { name: /football-data/ });
  await expect(row).toContainText('well');
  await expect(row.getByRole('button', { name: 'Read now: football-data' })).toBeEnabled();

  await page.getByRole('tab', { name: 'Quality' }).click();
  await expect(page).toHaveURL(/part=quality/);
  const { report } = await workstation.client.data.quality();
  await expect(page.getByRole('article')).toHaveCount(report.findings.length);
  await expect(page.getByRole('link', { name: /Matches held/ })).toContainText(
    report.matches.toLocaleString('en-GB'),
  );

  await page.getByRole('tab', { name: 'Coverage' }).click();
  const figure = page.getByRole('figure', { name: 'Prices by championship and month' });
  await expect(figure).toContainText(/held of [\d,]+ of [\d,]+ matches/);
  await page.getByText('Closing prices', { exact: true }).click();
  await expect(page).toHaveURL(/held=closing/);
});

test('a chart is shown as a table and saved with every digit', async ({ page, workstation }) => {
  await workstation.open('/data?part=coverage');
  const menu = page.getByRole('button', { name: /^Actions of the chart/ });
  await menu.click();
  await page.getByRole('menuitem', { name: 'View as table' }).click();
  await expect(page.getByRole('columnheader', { name: 'Month' })).toBeVisible();
  for (const [item, name] of [
    ['Save data as CSV', 'coverage-odds.csv'],
    ['Save as SVG', 'coverage-odds.svg'],
    ['Save as PNG', 'coverage-odds.png'],
    ['Save as PNG, double size', 'coverage-odds-2x.png'],
  ] as const) {
    await menu.click();
    const download = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: item, exact: true }).click();
    expect((await download).suggestedFilename()).toBe(name);
  }
});

const table = [
  'Дата;Хозяева;Гости;HG;AG;xG1;xG2',
  '12.08.2023;Arsenal;Chelsea;2;1;1,75;0,9',
  '19.08.2023;Chelsea;<b>Spurs</b>;0;0;0,3;много',
  '26.08.2023;Chelsea;Arsenal;9;x;;',
].join('\n');

test.describe('a file of the analyst', () => {
  test.use({ home: 'empty' });

  test('is looked at, given a meaning, tried, written, and taken back', async ({ page, workstation }) => {
    await workstation.open('/data?part=import');
    await page.locator('input[type=file]').setInputFiles({
      name: 'матчи.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(table),
    });
    await expect(page.getByText('матчи.csv: 3 rows, 7 columns')).toBeVisible();
    await expect(page.getByText('Decimal comma in: xG1')).toBeVisible();
    await expect(page.getByRole('combobox', { name: 'Home team' })).toHaveValue('Хозяева');
    await expect(page.getByText('Still to be said: Championship')).toBeVisible();
    await page.getByRole('combobox', { name: 'Championship', exact: true }).fill('E0');
    await page.getByRole('option', { name: /\(E0\)$/ }).click();

    await page.getByRole('button', { name: 'Try without writing' }).click();
    await expect(page.getByText('Nothing of it is kept yet.')).toBeVisible();
    await expect(page.getByRole('group', { name: 'New matches' })).toContainText('2');
    await expect(page.getByText("The score '9' to 'x' is impossible.")).toBeVisible();
    expect((await workstation.client.matches.page({ limit: 1 })).total).toBe(0);

    await page.getByRole('button', { name: 'Write it' }).click();
    const row = page.getByRole('row', { name: /матчи\.csv/ });
    await expect(row).toContainText('done');
    await expect.poll(async () => (await workstation.client.matches.page({ limit: 1 })).total).toBe(2);
    // A name that looks like markup is a name.
    await workstation.open('/matches');
    await expect(page.getByText('<b>Spurs</b>')).toBeVisible();

    await workstation.open('/data?part=changes');
    await row.getByRole('button', { name: /^Take back/ }).click();
    await expect(row).toContainText('taken back');
    expect((await workstation.client.matches.page({ limit: 1 })).total).toBe(0);
  });
});

test.describe('facts of teams', () => {
  test.use({ home: 'own sample' });

  test('are read with a mapping, and stand with their team', async ({ page, workstation }) => {
    const [{ home, championship } = { home: '', championship: '' }] = (
      await workstation.client.matches.page({ limit: 1 })
    ).rows;
    const at = (name: string) => join(workstation.home, name);
    await writeFile(at('absences.csv'), `club,seen,player\n${home},2024-02-01,Ulf <b>Bold</b>\n`);
    const columns = { team: 'club', knownAt: 'seen', player: 'player' };
    const mapping = { kind: 'absence', championship: { code: championship }, columns };
    await writeFile(at('absences.json'), JSON.stringify(mapping));

    await workstation.open('/data');
    await page.getByRole('button', { name: 'Read with a mapping: facts' }).click();
    const form = page.getByRole('dialog', { name: 'Facts of teams' });
    const read = form.getByRole('button', { name: 'Read now' });
    await form.getByLabel('File of the mapping').fill(at('absences.json'));
    await expect(read).toBeDisabled();
    await form.getByLabel('Read from').fill(at('absences.csv'));
    await read.click();
    // It can be read again as it was read.
    await expect(page.getByRole('button', { name: 'Read now: facts' })).toBeEnabled();
    await expect(page.getByRole('row', { name: /^facts/ })).toContainText('well');
    const found = await workstation.client.search.objects({ text: home });
    const team = found.find(({ kind }) => kind === 'team');
    await workstation.open(`/team/${team?.id}?part=squad`);
    await expect(page.getByRole('main')).toContainText('Ulf <b>Bold</b>');
  });
});

test.describe('team names', () => {
  test.use({ home: 'own sample' });

  test('a name that nobody knows is answered, and the answer taken back', async ({ page, workstation }) => {
    const [{ home } = { home: '' }] = (await workstation.client.matches.page({ limit: 1 })).rows;
    const file = ['date,home,away,hg,ag', `2024-02-03,${home} United Athletic,${home},1,0`].join('\n');
    const { uploadId } = await workstation.client.imports.upload({
      name: 'new.csv',
      base64: Buffer.from(file).toString('base64'),
      isLast: true,
    });
    const [championship] = (await workstation.client.matches.page({ limit: 1 })).rows.map(
      (row) => row.championship,
    );
    await workstation.client.imports.tryOut({
      uploadId,
      mapping: {
        source: 'other',
        championship: { code: championship },
        columns: { date: 'date', home: 'home', away: 'away', homeGoals: 'hg', awayGoals: 'ag' },
      },
    });
    await workstation.open('/data?part=teams');
    const name = page.getByRole('listitem').filter({ hasText: 'United Athletic' });
    await expect(name).toBeVisible();
    await name.getByRole('button').first().click();
    await expect(name).toHaveCount(0);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(name).toBeVisible();
  });
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme, language: colorScheme === 'light' ? 'en' : 'ru' });

    test('every part is free of accessibility faults', async ({ page, workstation }) => {
      for (const part of ['sources', 'import', 'teams', 'quality', 'coverage', 'changes']) {
        await workstation.open(`/data?part=${part}`);
        await expect(page.getByRole('tabpanel')).toBeVisible();
        await expect(page.locator('.mantine-Skeleton-root')).toHaveCount(0);
        const { violations } = await new AxeBuilder({ page }).include('main').withTags(rules).analyze();
        const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n')}`);
        expect.soft(found, part).toEqual([]);
      }
    });
  });
}
