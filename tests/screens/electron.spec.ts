import { _electron, expect, test, type ElectronApplication } from '@playwright/test';
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { electronBinary } from '../../scripts/package/electron-binary.ts';
import { temporaryFolder } from '../fixtures/temporary.ts';

/** The desktop program itself, as far as no other test can reach: the real Electron around the built parts. */

const root = fileURLToPath(new URL('../../', import.meta.url));
const binary = electronBinary();
test.skip(binary === undefined, 'Electron’s binary is not here: its separate download was not had.');

test.beforeAll(() => {
  execFileSync(process.execPath, ['scripts/build.ts'], { cwd: root });
});

async function start(home: string): Promise<ElectronApplication> {
  // Machines that run the check often have no room for Chromium's own sandbox; the program's users do.
  const sandbox = process.env.CI === undefined ? [] : ['--no-sandbox'];
  return _electron.launch({ executablePath: binary!, args: [...sandbox, root, '--home', home], cwd: root });
}

test('opens its window on its own origin, with the engine behind it and no power beside the bridge', async () => {
  using folder = temporaryFolder();
  const program = await start(folder.path);
  const page = await program.firstWindow();
  await expect(page.locator('#root')).not.toBeEmpty();
  expect(page.url()).toMatch(/^app:\/\/auspex\//);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const powers = await page.evaluate(() => [
    typeof globalThis.process,
    typeof (globalThis as { require?: unknown }).require,
    typeof (globalThis as { auspexDesktop?: unknown }).auspexDesktop,
  ]);
  expect(powers).toEqual(['undefined', 'undefined', 'object']);
  await program.close();
});

test('starts a killed engine again, and the page finds it', async () => {
  using folder = temporaryFolder();
  const program = await start(folder.path);
  const page = await program.firstWindow();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const engineId = () =>
    program.evaluate(
      ({ app }) =>
        app.getAppMetrics().find(({ serviceName, name }) => (serviceName ?? name) === 'auspex-engine')?.pid,
    );
  const first = await engineId();
  expect(first).toBeDefined();
  process.kill(first!, 'SIGKILL');
  await expect.poll(engineId).not.toBe(first);
  await expect.poll(engineId).toBeDefined();
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await program.close();
});

test('comes back to the address where it was closed', async () => {
  using folder = temporaryFolder();
  const first = await start(folder.path);
  const page = await first.firstWindow();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.evaluate(() => {
    location.hash = '#/settings';
  });
  await first.close();
  const second = await start(folder.path);
  expect(await (await second.firstWindow()).evaluate(() => location.hash)).toContain('/settings');
  await second.close();
});
