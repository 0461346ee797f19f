#!/usr/bin/env node
/**
 * Makes the published JavaScript of src/: one file a door, and what doors or commands share in
 * files beside them, so that a command opens a dozen files and not hundreds. Packages stay where
 * npm installs them. See docs/decisions/bundle.md.
 */
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

// Files of an earlier build would be published with it.
rmSync(`${root}dist`, { recursive: true, force: true });

await build({
  absWorkingDir: root,
  entryPoints: ['src/cli/main.ts', 'src/api/index.ts', 'src/serverless/index.ts'],
  outbase: 'src',
  outdir: 'dist',
  // As deep below the package as src/api/ is: modules find templates/ and schema/ from their own place.
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  packages: 'external',
  format: 'esm',
  platform: 'node',
  target: 'node20',
  logLevel: 'warning',
});
