import { describe, expect, it } from 'vitest';
import { formatDiagnostics } from '../../../src/diagnostics/index.js';
import { loadProject } from '../../../src/project/index.js';
import { sampleProject, today } from '../sample-project.js';
import { code } from './service.js';
import { projectOfYaml, toldOfYaml } from './yaml.js';

const service = `service: slack
provider: {name: aws, runtime: python3.13}
plugins: [serverless-pkgr]
custom:
  soclessPackager:
    buildDir: _build
functions:
  hello:
    name: hello-\${opt:stage}
    handler: lambda.handler
    environment: {TABLE: !Ref Table, KEY: "\${ssm:/key}"}
    package:
      include: [functions/hello]
resources: {Resources: {Table: {Type: 'AWS::DynamoDB::Table'}}}
`;

describe('a serverless.yml', () => {
  it('is found by itself, and its variables are resolved', async () => {
    const project = await projectOfYaml(service, code, { stage: 'prod' });
    expect(project.manifest).toBe('serverless.yml');
    expect(project.units).toMatchObject([{ name: 'hello-prod', zip: '_build/hello-prod.zip' }]);
  });

  it('gives way to a pkgr.yml, and is then chosen by its name', async () => {
    const cwd = sampleProject({
      ...code,
      'pkgr.yml': 'functions: {other: {runtime: python3.13, include: functions/hello/}}',
      'serverless.yml': service,
    });
    const inputs = { stage: 'dev', options: {}, params: {}, environment: {} };
    const names = async (manifest?: string) => {
      const options = { cwd, today, inputs, ...(manifest !== undefined && { manifest }) };
      return (await loadProject(options)).project?.units.map(({ name }) => name);
    };
    expect(await names()).toEqual(['other']);
    expect(await names('serverless.yml')).toEqual(['hello-dev']);
  });

  it('of another name is known by its provider, tags and all', async () => {
    const cwd = sampleProject({ ...code, 'service.prod.yml': service });
    const inputs = { stage: 'dev', options: {}, params: {}, environment: {} };
    const loaded = await loadProject({ cwd, today, inputs, manifest: 'service.prod.yml' });
    expect(loaded.project?.units.map(({ name }) => name)).toEqual(['hello-dev']);
    expect(formatDiagnostics(loaded.diagnostics)).toContain(
      'service.prod.yml:1:1: notice: service.prod.yml is read as a manifest of the Serverless Framework, by what it says [assumed-dialect]',
    );
  });

  it('is told where a variable that matters cannot be resolved', async () => {
    expect(await toldOfYaml(service)).toEqual(
      expect.arrayContaining([
        'serverless.yml:9:11: error: ${opt:stage} cannot be resolved: the command line has no option stage; functions.hello.name decides what is packaged [unresolved-variable]',
        '  hint: add --stage STAGE',
      ]),
    );
  });

  it('tells of a value at the place where its variable is used', async () => {
    const files = { ...code, 'options.yml': 'buildDir: _build\nglobalInclude: x\n' };
    const manifest = service.replace(
      'soclessPackager:\n    buildDir: _build',
      'soclessPackager: ${file(options.yml)}',
    );
    expect(await toldOfYaml(manifest, files, { stage: 'dev' })).toContain(
      'serverless.yml:5:3: error: soclessPackager has no option "globalInclude" [unknown-key]',
    );
  });

  it.each([
    ['custom: ${file(custom.js)}', 'custom.soclessPackager'],
    ['custom: {soclessPackager: "${cf:stack.out}"}', 'custom.soclessPackager'],
  ])('whose options are behind a variable that nobody knows says so: %s', async (custom, what) => {
    const manifest = `service: a\nprovider: {runtime: python3.13}\n${custom}\nfunctions: {f: {handler: a.b}}\n`;
    const lines = await toldOfYaml(manifest);
    expect(lines.filter((line) => line.includes('error'))).toHaveLength(1);
    expect(lines.join('\n')).toContain(`; ${what} decides what is packaged [unresolved-variable]`);
  });

  it('takes functions from several files, as a list of mappings', async () => {
    const manifest = `service: a
provider: {runtime: python3.13}
custom: {soclessPackager: {buildDir: _build}}
functions:
  - \${file(one.yml)}
  - hello2: {name: two, handler: lambda.handler, package: {include: [functions/hello]}}
`;
    const files = {
      ...code,
      'one.yml':
        'hello: {name: one, handler: lambda.handler, package: {include: [functions/hello]}}',
    };
    const project = await projectOfYaml(manifest, files);
    expect(project.units.map(({ name }) => name)).toEqual(['one', 'two']);
  });

  it.each([
    ['', 'serverless.yml declares no service'],
    ['service: a\nprovider: aws\n', 'custom.soclessPackager is missing'],
    ['service: a\nprovider: aws\nfuntions: {}\n', 'did you mean functions, not funtions?'],
  ])('that is not whole is told what it lacks: %j', async (manifest, problem) => {
    expect((await toldOfYaml(manifest)).join('\n')).toContain(problem);
  });

  it('with a variable syntax that nobody can read is told so at its place', async () => {
    const manifest = service.replace(
      'runtime: python3.13',
      'runtime: python3.13, variableSyntax: "[$]x"',
    );
    expect((await toldOfYaml(manifest, code, { stage: 'dev' })).join('\n')).toContain(
      'serverless.yml:2:61: error: provider.variableSyntax does not tell what variables begin and end with [invalid-value]',
    );
  });
});
