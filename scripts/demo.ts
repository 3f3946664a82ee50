import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dayAt } from '../engine/contract/zones.ts';
import { makeSample, samplePipelines } from '../engine/football/getting/sample/make-sample.ts';
import { createEngineHost } from '../engine/host/engine-host.ts';
import { resolvePaths } from '../engine/host/paths.ts';
import { createConsole, reportError } from './cli/console.ts';
import { startAndWatch } from './cli/runs.ts';
import { forecastTable } from './cli/tables.ts';

/** The whole program on invented championships, in a folder of the project of its own. */
const projectFolder = fileURLToPath(new URL('..', import.meta.url));
const home = process.env.AUSPEX_HOME ?? join(projectFolder, '.auspex', 'demo');
const shownMatches = 15;

const console = createConsole({ json: false, language: process.env.LANG?.startsWith('ru') ? 'ru' : 'en' });
const { t } = console.locale;
const started = Date.now();
try {
  const paths = resolvePaths({ home });
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const today = dayAt(started, 'UTC');
  console.line(t('cli.demo.title'));
  const folder = join(paths.home, 'sample');
  await makeSample({ today, folder });
  await using host = createEngineHost({ paths });
  let worst = 0;
  for (const parameters of samplePipelines(folder)) {
    const { exitCode } = await startAndWatch(host.client, console, { stage: 'pipeline', parameters });
    worst = Math.max(worst, exitCode);
  }
  const forecasts = await host.client.matches.next({ limit: shownMatches, date: today });
  console.line();
  console.line(t('cli.demo.next'));
  for (const line of forecastTable(console.locale, forecasts, zone)) console.line(line);
  console.line();
  console.line(t('cli.demo.documents', { path: relative(process.cwd(), paths.documents) }));
  console.line(t('cli.demo.evaluate', { home: relative(process.cwd(), paths.home) }));
  console.line(t('cli.demo.seconds', { seconds: console.locale.number((Date.now() - started) / 1000, 1) }));
  process.exitCode = worst;
} catch (error) {
  process.exitCode = reportError(console, error);
}
