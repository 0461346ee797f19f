import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { formatDiagnostics } from '../../../src/diagnostics/index.js';
import { readPkgrManifest, readSource } from '../../../src/manifest/index.js';
import { pkgrJsonSchema, schemaAddress } from '../../../src/manifest/pkgr/json-schema.js';
import { keys } from '../../../src/manifest/pkgr/schema.js';

const page = readFileSync(new URL('../../../docs/reference/pkgr-yml.md', import.meta.url), 'utf8');

/** The text below each heading of a key. */
const sections = new Map(
  page
    .split(/^#{2,3} /m)
    .slice(1)
    .map((section) => {
      const [heading = '', ...text] = section.split('\n');
      return [heading.replaceAll('`', ''), text.join('\n').trim()];
    }),
);

describe('the reference of pkgr.yml', () => {
  const { properties } = JSON.parse(pkgrJsonSchema());
  const ofFunction = properties.functions.anyOf[0].additionalProperties.anyOf[0].properties;

  it.each([
    ...new Set([...keys.top, ...keys.function]),
  ])('says of %s what editors show, and gives an example', (key) => {
    const { description } = ofFunction[key] ?? properties[key];
    const section = sections.get(key) ?? '';
    const [first = ''] = section.split('\n\n');
    expect(first.replaceAll('\n', ' ').replaceAll('`', '')).toBe(description);
    expect(section).toMatch(new RegExp(`\`\`\`yaml[^\`]*\\b${key}:`));
  });

  it('has examples that pkgr accepts', async () => {
    const examples = [...page.matchAll(/```yaml\n(.*?)```/gs)].map(([, text = '']) => text);
    expect(examples.length).toBeGreaterThan(15);
    for (const example of examples) {
      const { document, diagnostics } = readSource('example', new TextEncoder().encode(example));
      const reading = document && (await readPkgrManifest(document));
      const all = [...diagnostics, ...(reading?.diagnostics ?? [])];
      expect(`${example}${formatDiagnostics(all)}`).toBe(example);
    }
  });

  it('tells editors where the schema is', () => {
    expect(page).toContain(`# yaml-language-server: $schema=${schemaAddress}`);
  });
});
