import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FuseV1Options } from '@electron/fuses';
import { load } from 'js-yaml';
import { z } from 'zod';
import { fuses } from './fuses.mjs';

export const projectFolder = fileURLToPath(new URL('../../', import.meta.url));

const text = z.string().min(1);

/** What must hold of `electron-builder.yml` for the program to be what its documentation says it is. */
const configurationSchema = z.looseObject({
  appId: z.string().regex(/^[a-z]+(\.[a-z]+)+$/),
  productName: text,
  npmRebuild: z.literal(false, 'native libraries bring their builds: expected npmRebuild: false'),
  asar: z.literal(true, 'expected the shell and the screens in an archive'),
  asarUnpack: z
    .array(text)
    .refine(
      (patterns) => ['out/app/**', 'node_modules/**'].every((needed) => patterns.includes(needed)),
      'expected the engine and its libraries beside the archive',
    ),
  files: z
    .array(text)
    .refine(
      (patterns) => patterns.includes('node_modules/better-sqlite3/prebuilds/${platform}-${arch}.node'),
      "expected the platform's own build of better-sqlite3 alone",
    ),
  afterPack: text,
  linux: z.looseObject({ target: z.tuple([z.literal('AppImage'), z.literal('deb')]), icon: text }),
  win: z.looseObject({ target: z.tuple([z.literal('nsis')]), icon: text }),
  mac: z.looseObject({
    target: z.tuple([z.literal('dmg')]),
    icon: text,
    hardenedRuntime: z.literal(true, 'expected the hardened runtime, without which macOS will not notarise'),
  }),
  nsis: z.looseObject({
    deleteAppDataOnUninstall: z.literal(false, "expected the analyst's data to outlive an uninstallation"),
  }),
});

/**
 * What is wrong with the packaging, in sentences; nothing when all is well.
 *
 * @param built Also looks for what the build makes.
 */
export function packagingProblems({ built }: { readonly built: boolean }): readonly string[] {
  const parsed = configurationSchema.safeParse(
    load(readFileSync(join(projectFolder, 'electron-builder.yml'), 'utf8')),
  );
  if (!parsed.success) {
    return parsed.error.issues.map(
      ({ path, message }) => `electron-builder.yml: ${path.join('.')}: ${message}`,
    );
  }
  const { linux, win, mac, afterPack } = parsed.data;
  const manifest = JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8')) as { main?: string };
  const made = [manifest.main ?? '', 'out/preload/index.cjs', 'out/renderer/index.html'];
  made.push('out/app/electron/engine-process/index.js', linux.icon, win.icon, mac.icon);
  const needed = [afterPack, ...(built ? made : [])];
  return [
    ...(manifest.main === 'out/main/index.js' ? [] : ['package.json: expected main to be out/main/index.js']),
    ...needed
      .filter((path) => !existsSync(join(projectFolder, path)))
      .map((path) => `${path} is missing; npm run build makes what is built`),
    ...undecidedFuses().map((name) => `scripts/package/fuses.mjs: the fuse ${name} is not decided upon`),
  ];
}

/** Fuses that this Electron has and the list does not. */
function undecidedFuses(): readonly string[] {
  const known = Object.keys(FuseV1Options).filter((name) => Number.isNaN(Number(name)));
  return known.filter((name) => !(name in fuses));
}
