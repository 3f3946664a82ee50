import { defineConfig, mergeConfig } from 'electron-vite';
import { fileURLToPath } from 'node:url';
import screens from './vite.config.ts';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/**
 * The desktop program but for its engine (`vite.engine.config.ts`): the shell and the preload script, each one file with
 * everything it needs inside, and the screens as the browser gets them.
 */
export default defineConfig({
  main: {
    build: {
      outDir: at('out/main'),
      externalizeDeps: false,
      rolldownOptions: { input: at('electron/main/index.ts'), output: { format: 'es' } },
    },
  },
  preload: {
    build: {
      outDir: at('out/preload'),
      externalizeDeps: false,
      // A sandboxed preload script is one file and no module.
      rolldownOptions: {
        input: at('electron/preload/index.ts'),
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: mergeConfig(screens, { build: { rolldownOptions: { input: at('renderer/index.html') } } }),
});
