import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readZip } from '../examples/zip.js';
import { inBoth, newService, sls } from './service.js';
import { smallService, smallSources } from './small-service.js';

const text = JSON.stringify(smallService);

/** Services in each language that a framework reads, by their files. */
const services = {
  TypeScript: {
    'serverless.ts': `const service: Record<string, unknown> = ${text};\nexport = service;\n`,
    'tsconfig.json': '{"compilerOptions": {"module": "commonjs", "types": []}}',
  },
  'an ES module': {
    'serverless.mjs': `export default ${text};\n`,
    'package.json': '{"type": "module"}',
  },
  CommonJS: { 'serverless.js': `module.exports = ${text};\n` },
} as const;

describe.each(Object.entries(services))('a service in %s', (_, files) => {
  test('finds the plugin by the name of the package, in both frameworks', async () => {
    for (const ran of await inBoth({ ...files, ...smallSources }, ['package'])) {
      expect(ran, ran.framework).toMatchObject({ code: 0 });
      const zip = join(ran.folder, '_build/hello-dev.zip');
      expect(existsSync(zip)).toBe(true);
      expect((await readZip(zip)).map(({ path }) => path)).toContain('app.py');
    }
  });
});

test('the plugin is found also by a Node that refuses to require an ES module', async () => {
  const folder = await newService({ ...services.CommonJS, ...smallSources });
  // As Node does before 20.19: the framework then imports it. osls does not run there itself.
  const env = { NODE_OPTIONS: '--no-experimental-require-module' };
  const { code, output } = await sls('serverless', folder, ['package'], env);
  expect(output).toContain('1 packaged by pkgr');
  expect(code).toBe(0);
});
