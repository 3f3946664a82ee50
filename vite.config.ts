import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { noncePlaceholder } from './engine/contract/content-policy.ts';

/** The screens as one bundle: Electron loads it over `app://`, a browser over the loopback host. */
export default defineConfig({
  root: fileURLToPath(new URL('renderer', import.meta.url)),
  base: './',
  // Who serves the page puts a nonce of its own here; the screens read it from `meta[property=csp-nonce]`.
  html: { cspNonce: noncePlaceholder },
  plugins: [react()],
  build: {
    outDir: fileURLToPath(new URL('out/renderer', import.meta.url)),
    emptyOutDir: true,
    target: 'chrome130',
    // Nothing may be inlined as data: the content policy names every kind of source.
    assetsInlineLimit: 0,
  },
});
