/**
 * Packages the desktop program into `dist/` and tries what it made.
 *
 *     npm run package             for this system: AppImage and deb, nsis, or dmg
 *     npm run package -- --dir    unpacked only
 *
 * Where Electron's binary cannot be had, everything but Electron itself is packaged around a stand-in, and its contents,
 * its fuses and its engine are tried all the same.
 */
import { build } from 'electron-builder';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packagingProblems, projectFolder } from './package/configuration.ts';
import { electronBinary } from './package/electron-binary.ts';
import { tryEngine } from './package/engine-trial.ts';
import { inspect, packagedProgram } from './package/inspection.ts';
import { writeStandIn } from './package/stand-in.ts';

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
const refuse = (problems: readonly string[]): void => {
  if (problems.length > 0) throw new Error(problems.join('\n'));
};

await import('./build.ts');
refuse(packagingProblems({ built: true }));

const temporary = mkdtempSync(join(tmpdir(), 'auspex-package-'));
try {
  const isReal = electronBinary() !== undefined;
  const onlyFolder = !isReal || process.argv.includes('--dir');
  const output = isReal ? join(projectFolder, 'dist') : join(temporary, 'dist');
  const standIn = join(temporary, 'electron');
  if (!isReal) {
    say('Electron itself is not here (its download was refused): a stand-in takes its place.');
    writeStandIn(standIn);
  }
  const updates = process.env.AUSPEX_UPDATE_ADDRESS;
  await build({
    projectDir: projectFolder,
    dir: onlyFolder,
    publish: 'never',
    config: {
      extends: join(projectFolder, 'electron-builder.yml'),
      directories: { output },
      ...(isReal ? {} : { electronDist: standIn }),
      // Without an address the program has no updates, and says so.
      publish: updates ? { provider: 'generic', url: updates, channel: 'latest' } : null,
    },
  });
  const program = packagedProgram(output);
  refuse(await inspect(program));
  say('The package holds what it should, and its fuses are set.');
  const entry = join(
    program.resources,
    'app.asar.unpacked',
    'out',
    'app',
    'electron',
    'engine-process',
    'index.js',
  );
  const trial = await tryEngine(entry, join(temporary, 'home'));
  say(`Its engine went through a pipeline: ${trial.forecasts} forecasts, ${trial.documents} documents.`);
  say(isReal ? `Packaged into ${output}.` : 'Nothing was kept: there is no Electron to start it with.');
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
