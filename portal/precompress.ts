import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

/**
 * Puts a `.br` and a `.gz` beside every file of the build that browsers load and keep, so that the server sends a
 * third of the bytes without compressing anything itself. The page is not among them: it is different for everybody.
 */
export function precompress(): Plugin {
  return {
    name: 'countersign-precompress',
    apply: 'build',
    writeBundle({ dir }, bundle) {
      if (!dir) return;
      const compressible = new Set(Object.keys(bundle).filter((name) => /\.(js|css|svg)$/.test(name)));
      for (const name of readdirSync(dir, { recursive: true, encoding: 'utf8' })) {
        if (!compressible.has(name.replaceAll('\\', '/'))) continue;
        const path = join(dir, name);
        const bytes = readFileSync(path);
        writeFileSync(
          `${path}.br`,
          brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
        );
        writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
      }
    },
  };
}
