import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { archivedFiles } from './archive.ts';
import { fuses } from './fuses.mjs';

/** Where things lie in a packaged program. */
export interface PackagedProgram {
  readonly binary: string;
  /** The folder with the archive. */
  readonly resources: string;
  readonly platform: NodeJS.Platform;
  readonly architecture: string;
}

/** What is wrong with a packaged program, in sentences. */
export async function inspect(program: PackagedProgram): Promise<readonly string[]> {
  return [...(await fuseProblems(program.binary)), ...contentProblems(program)];
}

/** Fuses that do not stand as they should in a binary, in sentences. */
export async function fuseProblems(binary: string): Promise<readonly string[]> {
  const wire = await getCurrentFuseWire(binary);
  return Object.entries(fuses).flatMap(([name, on]) => {
    const state = wire[FuseV1Options[name as keyof typeof fuses]];
    const wanted = on ? FuseState.ENABLE : FuseState.DISABLE;
    return state === wanted ? [] : [`The fuse ${name} is not ${on ? 'on' : 'off'}.`];
  });
}

/** The shell is in the archive and hashed, the engine beside it, with the native builds of this platform and no other. */
function contentProblems({ resources, platform, architecture }: PackagedProgram): readonly string[] {
  const files = archivedFiles(join(resources, 'app.asar'));
  const problems: string[] = [];
  for (const path of ['out/main/index.js', 'out/preload/index.cjs', 'out/renderer/index.html']) {
    const file = files.find((one) => one.path === path);
    if (file === undefined || file.unpacked || file.hash === undefined)
      problems.push(`${path} is not in the archive with its hash.`);
  }
  for (const path of ['out/app/electron/engine-process/index.js', 'out/app/db/migrations/0001_initial.sql']) {
    if (!existsSync(join(resources, 'app.asar.unpacked', path)))
      problems.push(`${path} does not lie beside the archive.`);
  }
  const native = files.filter(({ path }) => path.endsWith('.node')).map(({ path }) => path);
  const own = new RegExp(`${platform}-(${architecture}|universal)`);
  if (!native.some((path) => path.includes('better-sqlite3')))
    problems.push('better-sqlite3 has no native build.');
  if (!native.some((path) => path.includes('resvg'))) problems.push('resvg has no native build.');
  problems.push(...native.filter((path) => !own.test(path)).map((path) => `${path} is of another platform.`));
  const foreign = files.find(
    ({ path }) => /\.(sqlite|env|pem|key)$|(^|\/)tests\//.test(path) && !path.startsWith('node_modules'),
  );
  if (foreign) problems.push(`${foreign.path} does not belong into a package.`);
  return problems;
}

/** The unpacked program in the packager's output folder, for this machine. */
export function packagedProgram(output: string): PackagedProgram {
  const { platform, arch: architecture } = process;
  const suffix = architecture === 'x64' ? '' : `-${architecture}`;
  if (platform === 'darwin') {
    const bundle = join(output, `mac${suffix}`, 'Auspex.app');
    return { binary: bundle, resources: join(bundle, 'Contents', 'Resources'), platform, architecture };
  }
  const folder = join(output, `${platform === 'win32' ? 'win' : 'linux'}${suffix}-unpacked`);
  const binary = join(folder, platform === 'win32' ? 'Auspex.exe' : 'auspex');
  return { binary, resources: join(folder, 'resources'), platform, architecture };
}
