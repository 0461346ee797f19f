import { describe, expect, it } from 'vitest';
import { pkgrJsonSchema } from '../../../src/manifest/pkgr/json-schema.js';
import { keys, managers } from '../../../src/manifest/pkgr/schema.js';
import { packageManagers } from '../../../src/project/index.js';

const update = 'npx vitest run test/manifest/pkgr/json-schema.test.ts -u';

describe('the JSON Schema', () => {
  it('is published as the manifest is read', async () => {
    const message = `schema/pkgr.schema.json is out of date; write it anew with: ${update}`;
    const file = '../../../schema/pkgr.schema.json';
    await expect(pkgrJsonSchema(), message).toMatchFileSnapshot(file);
  });

  it('describes every key, for editors to show', () => {
    const { properties } = JSON.parse(pkgrJsonSchema());
    const sections = {
      top: properties,
      global: properties.global.anyOf[0].properties,
      function: properties.functions.anyOf[0].additionalProperties.anyOf[0].properties,
      layer: properties.layers.anyOf[0].additionalProperties.anyOf[0].properties,
    };
    for (const [name, section] of Object.entries(sections)) {
      expect(Object.keys(section)).toEqual(keys[name as keyof typeof sections]);
      for (const property of Object.values(section)) {
        expect(property).toHaveProperty('description', expect.stringMatching(/^[A-Zx].+\.$/));
      }
    }
  });

  it('refuses unknown keys but for those that begin with x- at the top', () => {
    const schema = JSON.parse(pkgrJsonSchema());
    expect(schema.additionalProperties).toBe(false);
    expect(Object.keys(schema.patternProperties)).toEqual(['^x-']);
    expect(schema.properties.global.anyOf[0].additionalProperties).toBe(false);
  });

  it('knows the package managers that a unit can have', () => {
    expect(managers).toEqual(packageManagers);
  });
});
