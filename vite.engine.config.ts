import { cpSync, globSync } from 'node:fs';
import { extname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

const root = fileURLToPath(new URL('.', import.meta.url));
/** Another place for a build that is only tried. */
const out = process.env.AUSPEX_ENGINE_OUT ?? join(root, 'out', 'app');

/** What the engine reads by path, relative to the file that reads it. */
const readByPath = ['resources', 'db/migrations'];

/**
 * The engine as the packaged program runs it: the same tree of files without their types, so that whatever is named by
 * its path (worker files, migrations, texts, built-in data) is found where the sources find it.
 */
export default defineConfig({
  root,
  plugins: [startWorkersAsBuilt(), copyWhatIsReadByPath()],
  // Packages are taken from node_modules as they are: some of them are native, some find their own files by path.
  ssr: { external: true },
  build: {
    ssr: true,
    outDir: out,
    emptyOutDir: true,
    target: 'node24',
    minify: false,
    rolldownOptions: {
      input: entries(['electron/engine-process/index.ts', ...globSync('engine/workers/*.ts', { cwd: root })]),
      output: { format: 'es', preserveModules: true, preserveModulesRoot: root, entryFileNames: '[name].js' },
    },
  },
});

function entries(paths: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    paths.map((path) => [path.replaceAll(sep, '/').slice(0, -extname(path).length), join(root, path)]),
  );
}

/** `new URL('../workers/getting.ts', import.meta.url)` names the file that was made of it. */
function startWorkersAsBuilt(): Plugin {
  return {
    name: 'auspex:workers',
    transform: {
      filter: { id: /\.ts$/ },
      handler: (code) =>
        code.replace(/(new URL\(\s*(['"])[^'"]+)\.ts\2(,\s*import\.meta\.url)/g, '$1.js$2$3'),
    },
  };
}

function copyWhatIsReadByPath(): Plugin {
  return {
    name: 'auspex:read-by-path',
    closeBundle() {
      for (const path of readByPath) cpSync(join(root, path), join(out, path), { recursive: true });
    },
  };
}
