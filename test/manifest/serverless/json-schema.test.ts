import { expect, it } from 'vitest';
import { soclessJsonSchema } from '../../../src/manifest/serverless/index.js';

it('publishes the schema of the options as a file, for the plugin to register', async () => {
  const update = 'npx vitest run test/manifest/serverless/json-schema.test.ts -u';
  const message = `schema/socless-packager.schema.json is out of date; write it anew with: ${update}`;
  const file = '../../../schema/socless-packager.schema.json';
  await expect(soclessJsonSchema(), message).toMatchFileSnapshot(file);
});
