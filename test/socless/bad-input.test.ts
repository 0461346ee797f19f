import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { build, type FunctionPart, newService, serviceText } from './service.js';

const files = {
  'functions/hello/lambda.py': 'def handler(event, context): pass\n',
  'elsewhere/mine.txt': 'mine',
};
const hello: FunctionPart = {
  name: 'hello',
  handler: 'lambda.handler',
  package: { include: ['functions/hello'] },
};
const nowhere = { DOCKER_HOST: 'tcp://127.0.0.1:1', BUILDX_BUILDER: undefined };

/** Each slip: options, functions, and what is told of it. */
const slips: Readonly<
  Record<
    string,
    {
      readonly options?: FunctionPart;
      readonly functions?: Readonly<Record<string, FunctionPart>>;
      readonly more?: FunctionPart;
      readonly told: RegExp;
      readonly hint?: string;
    }
  >
> = {
  'an option that there is not': {
    options: { globalInclude: ['./common_files'] },
    told: /serverless\.yml:1:\d+: error: soclessPackager has no option "globalInclude" \[unknown-key\]/,
    hint: 'did you mean globalIncludes?',
  },
  'an option of another type': {
    options: { useDocker: 'maybe', cleanup: 3 },
    told: /error: .*useDocker.* \[wrong-type\][\s\S]*error: .*cleanup.* \[wrong-type\]/,
  },
  'a variable for pip that is none, whose value is not told': {
    options: { dockerEnvs: ['BAD-NAME=s3cret'] },
    told: /^(?![\s\S]*s3cret)[\s\S]*error: "BAD-NAME=\*\*\*\*" is no variable \[invalid-value\]/,
  },
  'a value of a variable for pip that is no text': {
    options: { dockerEnvs: { CFLAGS: ['-O2'] } },
    told: /error: "CFLAGS" takes text or a number, not a list \[wrong-type\]/,
  },
  'no buildDir': {
    options: { buildDir: undefined },
    told: /serverless\.yml:1:\d+: error: .*buildDir.* \[missing-key\]/,
  },
  'the project as buildDir': {
    options: { buildDir: '.' },
    told: /error: the output folder is the project folder itself \[output-in-use\]/,
    hint: 'buildDir: build',
  },
  'a buildDir outside the project': {
    options: { buildDir: '../build' },
    told: /error: .*\.\.\/build.* \[outside-project\]/,
  },
  'a buildDir that is reached by a link out of the project': {
    options: { buildDir: 'away/build' },
    told: /error: the output folder goes through away, a link out of the project.* \[link-outside-project\]/,
  },
  'a buildDir that is a folder of code': {
    options: { buildDir: 'functions' },
    told: /error: functions\/hello\/? is in the output folder functions.* \[output-in-use\]/,
  },
  'two functions of one name': {
    functions: { one: hello, other: { ...hello, package: { include: ['elsewhere'] } } },
    told: /error: .*"?hello"?.* \[same-zip\]/,
  },
  'a handler whose file is not in the zip': {
    functions: { hello: { ...hello, handler: 'functions/hello/lambda.handler' } },
    told: /error: the zip of hello has no functions\/hello\/lambda\.py, .* \[handler-not-found\]/,
    hint: 'did you mean lambda.handler?',
  },
  'global requirements that are not there': {
    options: { globalRequirements: ['./requirement.txt'] },
    told: /error: .*requirement\.txt.* does not exist.* \[missing-file\]/,
  },
  'a requirementsFile that no function has': {
    options: { requirementsFile: 'needs.txt' },
    told: /error: no function has a requirements file "needs\.txt" \[missing-file\]/,
  },
  'global includes that are not there': {
    options: { globalIncludes: ['./commn'] },
    told: /error: commn does not exist \[missing-file\]/,
  },
  'a layer to package that there is not': {
    options: { packageLayers: ['tool'] },
    more: { layers: { tools: { path: 'elsewhere' } } },
    told: /error: packageLayers names "tool", which is no layer of the service \[unknown-layer\]/,
    hint: 'did you mean tools?',
  },
  'a variable of AWS in an option': {
    options: { dockerImage: '${ssm:/image}' },
    told: /error: \$\{ssm:\/image\} cannot be resolved: .* decides what is packaged \[unresolved-variable\]/,
  },
  'a runtime of Python that there is not': {
    functions: { hello: { ...hello, runtime: 'python2.7' } },
    told: /error: "python2\.7" is not a runtime of Python that pkgr knows \[unsupported-runtime\]/,
  },
};

describe('pkgr build -m serverless.yml', () => {
  test.each(
    Object.entries(slips),
  )('ends with 2 for %s, before anything is built', async (_, slip) => {
    const { options = {}, functions = { hello }, more, told, hint } = slip;
    const folder = newService(serviceText(options, functions, more), {
      ...files,
      away: { link: '..' },
    });
    // With an engine that is not there, an error of the engine would be the first.
    const run = await build(folder, ['-m', 'serverless.yml'], { env: nowhere });
    expect(run.stderr).toMatch(told);
    if (hint !== undefined) expect(run.stderr).toContain(hint);
    expect(run.code).toBe(2);
    expect(existsSync(join(folder, '_build'))).toBe(false);
  });

  test('tells of everything at once', async () => {
    const functions = { one: hello, other: { ...hello, handler: 'lamda.handler' } };
    const options = { buildDir: '../build', globalInclude: [] };
    const run = await build(newService(serviceText(options, functions), files));
    for (const code of ['unknown-key', 'outside-project', 'same-zip', 'handler-not-found'])
      expect(run.stderr).toContain(`[${code}]`);
    expect(run.code).toBe(2);
  });

  test('minds no variable of AWS where nothing depends on it', async () => {
    const environment = { TABLE: '${cf:stack.table}', KEY: '${ssm:/key}' };
    const folder = newService(
      serviceText({ useDocker: false }, { hello: { ...hello, environment } }),
      files,
    );
    const run = await build(folder);
    expect(run.code, run.stderr).toBe(0);
    expect(existsSync(join(folder, '_build/hello.zip'))).toBe(true);
  });

  test('ends with 75 where no engine answers, whatever abortOnPackagingErrors says', async () => {
    const folder = newService(serviceText({ abortOnPackagingErrors: false }, { hello }), files);
    const run = await build(folder, [], { env: nowhere });
    expect(run.stderr).toMatch(/\[engine-unreachable\]/);
    expect(run.stderr).toContain('without Docker: useDocker: false in custom.soclessPackager');
    expect(run.code).toBe(75);
    expect(existsSync(join(folder, '_build'))).toBe(false);
  });
});
