import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { precompress } from './precompress.ts';

/**
 * The build goes where the identity provider serves it from. `__CSP_NONCE__` is replaced by the server, anew for
 * every page it hands out; Vite puts it on each script and style it links and on the meta element scripts read it from.
 */
export default defineConfig({
  plugins: [react(), precompress()],
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    outDir: '../idp/static',
    emptyOutDir: true,
    assetsDir: 'assets',
    target: 'es2023',
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: {
    proxy: {
      '/v1.0': 'http://localhost:4000',
      '/sign-in': 'http://localhost:4000',
      '/sign-out': 'http://localhost:4000',
    },
  },
});
