import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { build } from 'vite';
import { tryEngine } from '../../../scripts/package/engine-trial.ts';
import { temporaryFolder } from '../../fixtures/temporary.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
/** Inside the project, where the engine's libraries are found, and not where a developer's own build is. */
const out = join(root, 'node_modules', '.cache', 'built-engine');

test('the engine as it is built for the package goes through a pipeline: threads, migrations, texts, documents', async () => {
  process.env.AUSPEX_ENGINE_OUT = out;
  await build({ configFile: join(root, 'vite.engine.config.ts'), logLevel: 'error' });
  using home = temporaryFolder();
  const trial = await tryEngine(join(out, 'electron', 'engine-process', 'index.js'), home.path);
  expect(trial.states).toEqual({
    pipeline: 'done',
    getting: 'done',
    calculation: 'done',
    processing: 'done',
    forecast: 'done',
    publisher: 'done',
  });
  expect(trial.forecasts).toBeGreaterThan(0);
  expect(trial.documents).toBeGreaterThan(0);
});
