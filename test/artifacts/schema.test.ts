import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { artifactsJsonSchema } from '../../src/artifacts/schema.js';

const update = 'npx vitest run test/artifacts/schema.test.ts -u';
const page = readFileSync(new URL('../../docs/reference/artifacts.md', import.meta.url), 'utf8');

describe('the schema of artifacts.json', () => {
  test('is published as the file is read', async () => {
    const message = `schema/artifacts.schema.json is out of date; write it anew with: ${update}`;
    const file = '../../schema/artifacts.schema.json';
    await expect(artifactsJsonSchema(), message).toMatchFileSnapshot(file);
  });

  test('lets fields pass that a later pkgr may add', () => {
    expect(artifactsJsonSchema()).not.toContain('"additionalProperties": false');
  });

  test('is all in the reference', () => {
    const fields = [...new Set(fieldsOf(JSON.parse(artifactsJsonSchema())))];
    expect(fields.length).toBeGreaterThan(15);
    expect(fields.filter((field) => !page.includes(`\`${field}\``))).toEqual([]);
  });

  test('can be had from the package', async () => {
    const { exports } = JSON.parse(
      readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
    );
    expect(exports['./artifacts-schema']).toBe('./schema/artifacts.schema.json');
  });
});

/** Names of properties at any depth. */
function fieldsOf(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'properties'
      ? [...Object.keys(inner), ...Object.values(inner).flatMap(fieldsOf)]
      : fieldsOf(inner),
  );
}
