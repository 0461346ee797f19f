import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { dump } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { formatDiagnostics } from '../../src/diagnostics/index.js';
import { loadProject } from '../../src/project/index.js';
import { sampleProject, today } from './sample-project.js';

const keys = [
  'global',
  'functions',
  'layers',
  'output',
  'runtime',
  'image',
  'architecture',
  'packages',
  'requirements',
  'include',
  'exclude',
  'libs',
  'bins',
  'pipconf',
  'buildEnvironment',
  'dockerfile',
  'handler',
  'from',
  'to',
  'yum',
  '<<',
  'constructor',
  'toString',
];
const words = [
  'python3.13',
  'arm64',
  'a',
  'a/',
  './',
  '..',
  '/',
  '~',
  'a.txt',
  '!a',
  '[',
  '**',
  'gone/x',
  'link/x',
  'a b',
  'a.b',
  '',
  '*',
  '-r a.txt',
];

const text = fc.oneof(
  fc.constantFrom(...words),
  fc.string({ maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 12 }),
);
const key = fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...keys) }, text);
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    text,
    fc.constantFrom(null, true, 0, 3.13, Number.NEGATIVE_INFINITY),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { maxKeys: 6 }),
  ),
}));
const section = fc.dictionary(fc.constantFrom(...keys), value, { maxKeys: 6 });
const units = fc.dictionary(text, section, { maxKeys: 4 });
const manifest = fc.record(
  { global: section, functions: units, layers: units, output: text },
  { requiredKeys: ['functions'] },
);

const root = sampleProject({
  'a/app.py': '',
  'a.txt': 'six',
  'a b': '',
  link: { link: '/etc' },
});

let accepted = 0;

/** Loads a manifest, whatever it is, and checks what came back. */
async function load(content: string | Uint8Array): Promise<void> {
  rmSync(join(root, 'pkgr.yml'), { recursive: true, force: true });
  writeFileSync(join(root, 'pkgr.yml'), content);
  const { project, diagnostics } = await loadProject({ cwd: root, today });
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  expect(project === undefined).toBe(errors.length > 0);
  // A value that pkgr lost on its way; where the manifest itself says so, it may be quoted.
  const told = formatDiagnostics(diagnostics);
  const written = Buffer.from(content).toString();
  for (const lost of ['undefined', '[object', 'NaN']) {
    if (!written.includes(lost)) expect(told).not.toContain(lost);
  }
  if (project !== undefined) accepted += 1;
  for (const unit of project?.units ?? []) {
    expect(unit.name).toMatch(/^[A-Za-z0-9][A-Za-z0-9._-]*$/);
    for (const { from, to } of unit.include) {
      for (const path of [from, to])
        expect(path).toMatch(/^(?!\/|\.\.(\/|$))[^\p{Cc}\\]*(?<!\/)$/u);
    }
    for (const [name, variable] of Object.entries(unit.buildEnvironment)) {
      expect(`${name}=${variable}`).toMatch(/^[A-Za-z_][A-Za-z0-9_]*=\P{Cc}*$/u);
    }
  }
}

describe('a manifest', () => {
  it('of any bytes comes back as diagnostics', async () => {
    mkdirSync(root, { recursive: true });
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), load), { numRuns: 300 });
  });

  it('of any text of YAML’s own signs comes back as diagnostics', async () => {
    const sign = fc.constantFrom(...'abc019 \n\n\t-?:,[]{}#&*!|>\'"%@`<~.\\/');
    await fc.assert(fc.asyncProperty(fc.string({ unit: sign, maxLength: 60 }), load), {
      numRuns: 1500,
    });
  });

  it('of any data comes back as diagnostics', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(manifest, value), (data) => load(dump(data))),
      { numRuns: 1000 },
    );
  });

  it('of any data that is broken off anywhere comes back as diagnostics', async () => {
    await fc.assert(
      fc.asyncProperty(manifest, fc.double({ min: 0, max: 1, noNaN: true }), (data, share) => {
        const whole = dump(data);
        return load(whole.slice(0, Math.floor(whole.length * share)));
      }),
      { numRuns: 300 },
    );
  });

  it('that is accepted holds nothing that ends a line or leaves the project', async () => {
    const included = fc.record(
      {
        from: fc.oneof(fc.constantFrom('a/', 'a', './', 'a.txt', 'a b', 'a/app.py'), text),
        to: text,
      },
      { requiredKeys: ['from'] },
    );
    const likely = fc.record({
      global: fc.record({ runtime: fc.constantFrom('python3.13', 'python3.8') }),
      functions: fc.dictionary(
        fc.oneof({ weight: 3, arbitrary: fc.constantFrom('a', 'b', 'c-1') }, text),
        fc.record({
          include: fc.array(included, { minLength: 1, maxLength: 2 }),
          buildEnvironment: fc.dictionary(fc.constantFrom('A', 'B_2', 'c'), text, { maxKeys: 1 }),
        }),
        { minKeys: 1, maxKeys: 2 },
      ),
    });
    accepted = 0;
    await fc.assert(
      fc.asyncProperty(likely, (data) => load(dump(data))),
      { numRuns: 800 },
    );
    expect(accepted).toBeGreaterThan(40);
  });
}, 60_000);
