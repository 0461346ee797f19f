import { readFile } from 'node:fs/promises';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BuildResult, sbom } from '../../src/api/index.js';
import { printResults, resultsJson } from '../../src/commands/print-results.js';
import { formatDiagnostics } from '../../src/diagnostics/index.js';
import { fresh } from '../build/project.js';
import { readPage, withoutNumbers } from '../docs/page.js';
import { docker, hasEngine } from '../engine/local-engine.js';
import {
  copyExample,
  type ExampleCopy,
  type ExampleName,
  exampleJson,
  inExample,
  type Replacements,
} from './example.js';
import { type Invocation, invoke, returned } from './invoke.js';
import { listing, summary } from './listing.js';
import { make } from './make.js';
import { buildContexts } from './stand-ins.js';
import { readZip, textOf } from './zip.js';

const MINUTE = 60_000;

type FinishedUnit = Exclude<BuildResult['units'][number], { readonly kind: 'failed' }>;

/** Of a bill of materials, as JSON. */
interface Component {
  readonly name: string;
  readonly version?: string;
  readonly purl?: string;
  readonly hashes?: readonly { readonly content: string }[];
  readonly properties?: readonly { readonly name: string; readonly value: string }[];
}

/** It shows what is built here, and what is said of it. */
const page = readPage('layers-and-binaries.md');

/** The images here are Debian's, and no test needs lxml to be fast. */
const LIBRARIES = '/usr/lib/x86_64-linux-gnu';
const CFLAGS = '-O0 -g0';

/** An image that only this engine has, by a name that would be looked for on Docker Hub. */
const image = `manywheels-${fresh()}/xmlsec`;

/** The layer once more, by somebody who forgot what it needs when it runs. */
const forgotten = `
  forgotten:
    requirements: requirements/xmlsec_layer.txt
    packages: *packages
    buildEnvironment: {CFLAGS: ${CFLAGS}}
`;

const variants = ['with-image', 'with-dockerfile', 'with-packages'] as const;
type Variant = (typeof variants)[number];

const replacements: Readonly<Record<Variant, Replacements>> = {
  'with-image': { 'manifest.yml': { 'juniper/xmlsec': image } },
  'with-dockerfile': {
    'pkgr.yml': { '/usr/lib64': LIBRARIES, 'CFLAGS: -O1': `CFLAGS: ${CFLAGS}` },
  },
  'with-packages': {
    'pkgr.yml': {
      'packages:\n': 'packages: &packages\n',
      'CFLAGS: -O1\n': `CFLAGS: ${CFLAGS}\n${forgotten}`,
    },
  },
};

describe.runIf(hasEngine)('examples/manywheels', { timeout: 5 * MINUTE }, () => {
  const examples = new Map<Variant, ExampleCopy>();
  const results = new Map<Variant, BuildResult>();
  let said = '';
  beforeAll(async () => {
    for (const name of variants) {
      examples.set(name, await copyExample(`manywheels/${name}`, replacements[name]));
    }
    // All at once: each compiles lxml, with one compiler at a time.
    await Promise.all(
      variants.map(async (name) => {
        if (name === 'with-image') said = await makeImage(copyOf(name).folder);
        // Of the image it has only to be verified.
        results.set(name, await copyOf(name).build());
      }),
    );
  }, 30 * MINUTE);
  afterAll(async () => {
    for (const example of examples.values()) await example.remove();
    await execa(docker, ['image', 'rm', '--force', image]);
  });

  const copyOf = (name: Variant): ExampleCopy => {
    const example = examples.get(name);
    if (example === undefined) throw new Error(`${name} was not copied`);
    return example;
  };
  const resultsOf = (name: Variant): BuildResult => {
    const result = results.get(name);
    if (result === undefined) throw new Error(`${name} was not built`);
    return result;
  };
  const resultOf = (name: Variant, unit: string) => {
    const result = resultsOf(name).units.find((each) => each.unit.name === unit);
    if (result === undefined) throw new Error(`${name} has no ${unit}`);
    return result;
  };
  const call = async (name: Variant, ...layers: readonly string[]) => {
    const invocation: Invocation = {
      runtime: 'python3.13',
      zip: copyOf(name).zip('sample'),
      layers: layers.map((layer) => copyOf(name).zip(layer)),
      handler: 'lambda_function.handler',
      event: await exampleJson(`manywheels/${name}`, 'events/sample.json'),
    };
    return invoke(invocation);
  };

  describe.each(variants)('%s', (name) => {
    const example: ExampleName = `manywheels/${name}`;
    const expected = (path: string) => inExample(example, `expected/${path}`);
    const zip = (unit: string) => readZip(copyOf(name).zip(unit));

    test('signs a document and sees through a forgery, with the function and the layer alone', async () => {
      const outcome = await call(name, 'xmlsec');
      await expect(returned(outcome)).toMatchFileSnapshot(expected('sample.result.json'));
    });

    test('has no xmlsec without the layer', async () => {
      expect(await call(name)).toMatchObject({
        kind: 'raised',
        during: 'import',
        message: "No module named 'xmlsec'",
      });
    });

    test('has the code and the packages of the function in its zip', async () => {
      const entries = await zip('sample');
      await expect(listing(entries)).toMatchFileSnapshot(expected('sample.listing'));
      const source = await readFile(inExample(example, 'lambda_function.py'), 'utf8');
      expect(textOf(entries, 'lambda_function.py')).toBe(source);
    });

    test('has compiled packages below python/ of the layer and OS libraries in lib/', async () => {
      const text = withoutMinorVersions(summary(await zip('xmlsec'), 2));
      await expect(text).toMatchFileSnapshot(expected('xmlsec.listing'));
    });

    test('carries ELF libraries, and links to them', async () => {
      const libraries = (await zip('xmlsec')).filter(({ path }) => path.startsWith('lib/'));
      const names = new Set(libraries.map(({ path }) => path));
      for (const { kind, content } of libraries) {
        if (kind === 'link') expect(names).toContain(`lib/${content.toString('utf8')}`);
        else expect(content.subarray(0, 4).toString('latin1')).toBe('\x7fELF');
      }
      expect(libraries.length).toBeGreaterThan(0);
    });
  });

  test('with-packages tells which OS package each library came from', () => {
    const result = resultOf('with-packages', 'xmlsec');
    const lines = printResults({ ...resultsOf('with-packages'), units: [result] }, 1).split('\n');
    const told = lines.filter((line) => / from /.test(line)).map((line) => line.trim());
    expect(withoutNumbers(told.join('\n'))).toBe(withoutNumbers(page.output('came along')));
  });

  test('with-packages tells the same to other programs', () => {
    const { units }: { units: { name: string; findings?: { carried: { name: string }[] } }[] } =
      JSON.parse(resultsJson(resultsOf('with-packages')));
    const { carried = [] } = units.find((unit) => unit.name === 'xmlsec')?.findings ?? {};
    const file = carried.find(({ name }) => name === 'lib/libxml2.so.2');
    const shown = page.output('json');
    expect(withoutNumbers(JSON.stringify(file, null, 2))).toBe(withoutNumbers(shown));
  });

  test('with-packages lists each OS package of which it carries files in its bill of materials', async () => {
    const { components }: { components: readonly Component[] } = JSON.parse(
      await sbom(copyOf('with-packages').project, ['xmlsec']),
    );
    const { digest } = resultOf('with-packages', 'xmlsec') as FinishedUnit;
    const { carried = [] } = digest.findings ?? {};
    const filesOf = ({ properties = [] }: Component) =>
      properties.flatMap(({ name, value }) => (name === 'pkgr:file' ? value : []));
    expect(components.flatMap(filesOf).sort()).toEqual(carried.map(({ name }) => name).sort());
    const owner = components.find((one) => filesOf(one).includes('lib/libxml2.so.2'));
    const { version = '' } = carried.find(({ name }) => name === 'lib/libxml2.so.2') ?? {};
    expect(owner).toMatchObject({ name: 'libxml2', version });
    expect(owner?.purl).toBe(`pkg:deb/debian/libxml2@${encodeURIComponent(version)}?arch=amd64`);
    const compiled = components.find(({ name }) => name === 'xmlsec');
    expect(compiled?.purl).toMatch(/^pkg:pypi\/xmlsec@\d/);
    // The hash of the sdist that it was compiled from.
    expect(compiled?.hashes?.[0]?.content).toMatch(/^[0-9a-f]{64}$/);
  });

  test.each([
    'with-dockerfile',
    'with-packages',
  ] as const)('%s leaves nothing to complain about', (name) => {
    const { findings } = resultsOf(name);
    const told = formatDiagnostics(findings)
      .split('\n')
      .filter((line) => /^pkgr/.test(line));
    expect(told.filter((line) => !line.includes('"forgotten"'))).toEqual([]);
  });

  test('without libs, says what is missing, who needs it and what to write', () => {
    const { audit } = resultsOf('with-packages');
    const found = [...audit].find(([unit]) => unit.name === 'forgotten')?.[1] ?? [];
    const told = formatDiagnostics(found).replace(/^pkgr\.yml:\d+:\d+: /gm, '');
    expect(withoutNumbers(told)).toBe(withoutNumbers(page.output('forgotten')));
  });

  test('without libs, cannot be imported', async () => {
    expect(await call('with-packages', 'forgotten')).toMatchObject({
      kind: 'raised',
      during: 'import',
      type: 'ImportError',
      message: page.output('import'),
    });
  });

  test('with-image builds on an image that has never been in a registry', async () => {
    expect(said).toMatch(/^built +xmlsec /m);
    // The stand-in is newer than Lambda, which is told; nothing else is.
    expect(said).not.toMatch(/warning: (?!.*\[symbol-version\])/);
    const { stdout } = await execa(docker, [
      'image',
      'inspect',
      '--format',
      '{{.RepoDigests}}',
      image,
    ]);
    expect(stdout).toBe('[]');
  });
});

/** `make build`, as the README has it, for images of Debian's. */
async function makeImage(folder: string): Promise<string> {
  const [debian = ''] = Object.values(await buildContexts(['python3.13']));
  const base = debian.replace('docker-image://', '');
  const options = { BASE: base, LIBRARIES, CFLAGS: `"${CFLAGS}"` };
  const words = Object.entries(options).map(([name, value]) => `--build-arg ${name}=${value}`);
  const variables = [`IMAGE=${image}`, `IMAGE_OPTIONS=${words.join(' ')}`];
  return make(folder, ['build', ...variables], ['python3.13']);
}

/** Debian's updates may change the last parts of a library's version, never the first. */
function withoutMinorVersions(text: string): string {
  return text.replace(/(\.so\.\d+)\.[\d.]+$/gm, '$1.*');
}
