import { describe, expect, test } from 'vitest';
import { newProject } from '../build/project.js';
import { pkgr } from '../build/run.js';

const service = `service: slack
provider: {name: aws, runtime: python3.12, region: "\${opt:region, 'eu-west-1'}"}
custom: {soclessPackager: {buildDir: _build}}
functions:
  hello:
    name: hello-\${opt:stage}-\${opt:color}-\${param:size}-\${aws:region}-\${env:WHO}
    handler: lambda.handler
    package: {include: [functions/hello]}
  other:
    handler: lambda.handler
    package: {include: [functions/hello]}
`;
const files = { 'serverless.yml': service, 'functions/hello/lambda.py': '' };
const given = [
  '--stage',
  'prod',
  '--opt',
  'color=red',
  '--param',
  'size=xl',
  '--region',
  'us-east-2',
];

describe('a serverless.yml on the command line', () => {
  test('is planned with the values of the command line and of the environment', async () => {
    const project = newProject(files);
    const run = await pkgr(project, ['plan', '--json', ...given], { env: { WHO: 'me' } });
    expect(run.code).toBe(0);
    const plan: { units: { name: string; key?: string; zip: string }[] } = JSON.parse(run.stdout);
    expect(plan.units.map(({ name, key, zip }) => [key, name, zip])).toEqual([
      ['hello', 'hello-prod-red-xl-us-east-2-me', '_build/hello-prod-red-xl-us-east-2-me.zip'],
      ['other', 'slack-prod-other', '_build/slack-prod-other.zip'],
    ]);
  });

  test('is asked for a function by its key as well as by its name', async () => {
    const project = newProject(files);
    const options = { env: { WHO: 'me' } };
    for (const name of ['other', 'slack-prod-other']) {
      const run = await pkgr(project, ['gen', name, ...given], options);
      expect(run.code).toBe(0);
      expect(run.stdout.split('\n').filter((line) => line.endsWith('.Dockerfile'))).toEqual([
        '.pkgr/slack-prod-other.Dockerfile',
      ]);
    }
  });

  test('without a value that it asks for ends with 2 and names the option', async () => {
    const run = await pkgr(newProject(files), ['build']);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('hint: add --stage STAGE');
  });

  test('takes options as NAME=VALUE only', async () => {
    const run = await pkgr(newProject(files), ['plan', '--opt', 'color']);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('It is written NAME=VALUE.');
  });
});
