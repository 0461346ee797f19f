import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { needsEngine } from '../build/engine-environment.js';
import { fresh, newProject } from '../build/project.js';
import { pkgr, type Run } from '../build/run.js';
import { hasEngine } from '../engine/local-engine.js';

const MINUTES = 180_000;

interface Verdict {
  readonly name: string;
  readonly status: string;
  readonly diagnostics: readonly {
    readonly code: string;
    readonly severity: string;
    readonly message: string;
    readonly details?: readonly string[];
  }[];
}

/** What is told of each unit, by its name. */
function verdictsOf({ stdout, stderr }: Run): Readonly<Record<string, Verdict>> {
  if (stdout === '') throw new Error(stderr);
  const { units, verified = units }: { units: Verdict[]; verified?: Verdict[] } =
    JSON.parse(stdout);
  return Object.fromEntries(verified.map((verdict) => [verdict.name, verdict]));
}

const handler = 'import shared\ndef handler(event, context):\n    return shared.NAME\n';

describe.runIf(hasEngine)(`units of a pkgr.yml${needsEngine}`, { timeout: MINUTES }, () => {
  const absent = '127.0.0.1:9/absent:1';
  let project: string;
  let built: Run;
  beforeAll(async () => {
    project = newProject({
      'pkgr.yml': `global: {runtime: python3.11}
functions:
  fine: {include: app.py, handler: app.handler, layers: shared}
  noisy: {include: noisy.py, handler: noisy.handler}
  lost: {include: app.py, handler: app.handler, layers: shared, verifyImage: "${absent}"}
layers:
  shared: {include: shared.py}
`,
      'app.py': handler,
      'shared.py': `NAME = "${fresh()}"\n`,
      // Prints something else each time that it is imported.
      'noisy.py': `import secrets\nprint("drawn", secrets.token_hex())\nraise ValueError("${fresh()}")\n`,
    });
    built = await pkgr(project, ['build', '--verify', '--json']);
  }, MINUTES);

  test('are verified with their layers', () => {
    const { fine, shared } = verdictsOf(built);
    expect(fine).toMatchObject({ status: 'passed', diagnostics: [] });
    expect(shared).toMatchObject({ status: 'passed', diagnostics: [] });
  });

  test('are built although the image to verify one of them in is nowhere, which is told of that one', () => {
    const units: readonly { status: string; path: string }[] = JSON.parse(built.stdout).units;
    expect(units.map(({ status }) => status)).toEqual(['built', 'built', 'built', 'built']);
    for (const { path } of units) expect(existsSync(join(project, path)), path).toBe(true);
    const { lost } = verdictsOf(built);
    expect(lost?.status).toBe('failed');
    expect(lost?.diagnostics).toEqual([
      expect.objectContaining({ severity: 'error', code: 'image-unavailable' }),
    ]);
    expect(lost?.diagnostics[0]?.message).toContain('so that lost cannot be verified');
    expect(built.stderr).toContain(absent);
    expect(built.code).toBe(1);
  });

  test('that have not changed are not verified again', async () => {
    const drawn = ({ noisy }: ReturnType<typeof verdictsOf>) =>
      noisy?.diagnostics[0]?.details?.filter((line) => line.includes('drawn'));
    const before = verdictsOf(built);
    expect(drawn(before)).toEqual([expect.stringMatching(/drawn [0-9a-f]{64}/)]);
    const again = verdictsOf(await pkgr(project, ['verify', '--json', 'noisy', 'fine']));
    expect(drawn(again)).toEqual(drawn(before));
    expect(again.fine).toEqual(before.fine);
  });
});

describe.runIf(hasEngine)(`units of other manifests${needsEngine}`, { timeout: MINUTES }, () => {
  test('of a serverless.yml are verified with the layers of the service', async () => {
    const project = newProject({
      'serverless.yml': `service: shop
provider: {name: aws, runtime: python3.11, stage: dev}
custom:
  soclessPackager:
    buildDir: _build
    dockerImage: public.ecr.aws/sam/build-python3.11:latest-x86_64
    packageLayers: true
    verify: {env: {TABLE: orders}}
functions:
  with: {handler: app.handler, package: {include: [functions/a]}, layers: [{Ref: ToolsLambdaLayer}]}
  without: {handler: app.handler, package: {include: [functions/a]}}
layers:
  tools: {path: tools}
`,
      'functions/a/app.py': `import os\nos.environ["TABLE"]\n${handler}`,
      'tools/python/shared.py': `NAME = "${fresh()}"\n`,
    });
    const run = await pkgr(project, ['verify', '-m', 'serverless.yml', '--json']);
    const verdicts = Object.values(verdictsOf(run));
    const statuses = verdicts.map(({ name, status }) => [name, status]);
    expect(Object.fromEntries(statuses)).toEqual({
      'shop-dev-with': 'passed',
      'shop-dev-without': 'failed',
      tools: 'passed',
    });
    const without = verdictsOf(run)['shop-dev-without'];
    expect(without?.diagnostics[0]).toMatchObject({ code: 'missing-module' });
    expect(run.stderr).toMatch(/hint: layer "tools" has it/);
    expect(run.code).toBe(1);
  });

  test('of a manifest.yml are verified one by one, because nothing there says which function has which layer', async () => {
    const image = 'public.ecr.aws/sam/build-python3.11:latest-x86_64';
    const project = newProject({
      'manifest.yml': `global: {image: "${image}", output: ./build}
functions:
  hello: {include: [./app.py]}
layers:
  tools: {requirements: ./layer.txt}
`,
      'app.py': handler,
      'layer.txt': `./lib\n`,
      'lib/setup.py': 'from setuptools import setup\nsetup(name="shared", py_modules=["shared"])\n',
      'lib/shared.py': `NAME = "${fresh()}"\n`,
    });
    const run = await pkgr(project, ['verify', '-m', 'manifest.yml', '--json']);
    const { hello, tools } = verdictsOf(run);
    const importMilliseconds = expect.any(Number);
    expect(tools).toMatchObject({ status: 'passed', diagnostics: [], importMilliseconds });
    // What Lambda calls is not known either, so that nothing is said of what the code imports.
    expect(hello?.status).toBe('passed');
    expect(hello?.diagnostics.map(({ severity, code }) => `${severity} ${code}`)).toEqual([
      'notice not-verified',
    ]);
    expect(run.code).toBe(0);
  });
});
