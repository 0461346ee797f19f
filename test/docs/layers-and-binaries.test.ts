import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { formatDiagnostics } from '../../src/diagnostics/index.js';
import { readJuniperManifest, readPkgrManifest, readSource } from '../../src/manifest/index.js';
import { hasEngine } from '../engine/local-engine.js';
import { type ExampleName, inExample } from '../examples/example.js';
import { toldOf } from '../libraries/project.js';
import { isFrom, readPage } from './page.js';

const page = readPage('layers-and-binaries.md');
const fileOf = (name: ExampleName, path: string) => readFileSync(inExample(name, path), 'utf8');

/** Without comments and blank lines, each line without the blanks at its ends. */
function code(text: string): readonly string[] {
  const lines = text.split('\n').map((line) => line.trim());
  return lines.filter((line) => line !== '' && !line.startsWith('#'));
}

describe('the page on layers and binaries', () => {
  const manifests = page.blocks('yaml').filter(({ file }) => file !== 'template.yaml');

  test('has manifests that pkgr accepts', async () => {
    expect(manifests).toHaveLength(5);
    for (const { file = 'pkgr.yml', text } of manifests) {
      const { document, diagnostics } = readSource(file, new TextEncoder().encode(text));
      const read = file === 'manifest.yml' ? readJuniperManifest : readPkgrManifest;
      const reading = document && (await read(document));
      const all = [...diagnostics, ...(reading?.diagnostics ?? [])];
      expect(`${text}${formatDiagnostics(all)}`).toBe(text);
    }
  });

  test("has the image variant's own manifest, template and commands", () => {
    const example = 'manywheels/with-image';
    const [manifest] = manifests.filter(({ file }) => file === 'manifest.yml');
    expect(manifest?.text).toBe(fileOf(example, 'manifest.yml'));
    const [template] = page.blocks('yaml').filter(({ file }) => file === 'template.yaml');
    const written = code(fileOf(example, 'template.yaml'));
    expect(code(template?.text ?? '').filter((line) => !written.includes(line))).toEqual([]);
    const makefile = fileOf(example, 'Makefile').replace('$(IMAGE)', 'juniper/xmlsec');
    const recipe = makefile.replace(' $(IMAGE_OPTIONS)', '').replaceAll('\t', '    ');
    expect(recipe).toContain(/^ {4}docker build .*\n {4}pkgr build$/m.exec(page.text)?.[0]);
  });

  test('has the Dockerfile of the examples, up to its last part', () => {
    const [dockerfile] = page.blocks('dockerfile');
    const written = code(fileOf('manywheels/with-dockerfile', 'docker/Dockerfile.xmlsec'));
    const shown = code(dockerfile?.text ?? '');
    expect(shown.length).toBeGreaterThan(10);
    expect(written.slice(0, shown.length)).toEqual(shown);
  });

  test('has of the other variants what matters in their manifests', () => {
    const [, packages, dockerfile] = manifests;
    for (const [shown, name] of [
      [packages, 'manywheels/with-packages'],
      [dockerfile, 'manywheels/with-dockerfile'],
    ] as const) {
      const written = code(fileOf(name, 'pkgr.yml')).join('\n');
      const lines = code(shown?.text ?? '').filter((line) => !line.startsWith('args:'));
      expect(lines.filter((line) => !written.includes(line))).toEqual([]);
    }
  });

  test('names files and pages that are there', () => {
    const links = [...page.text.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map(
      ([, path = '']) => path,
    );
    expect(links.length).toBeGreaterThan(4);
    for (const path of links) {
      expect(() => readFileSync(new URL(`../../docs/${path}`, import.meta.url)), path).not.toThrow(
        /ENOENT/,
      );
    }
  });

  test.runIf(hasEngine)(
    'shows the build that fails as it fails',
    { timeout: 240_000 },
    async () => {
      const [first] = manifests;
      const files = { 'pkgr.yml': `# pkgr.yml\n${first?.text}`, 'lambda_function.py': '' };
      const told = await toldOf(files, 'python3.13');
      expect(isFrom(page.output('fails'), told), told).toBe(true);
    },
  );
});
