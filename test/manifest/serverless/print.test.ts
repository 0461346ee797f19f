import { execa } from 'execa';
import { beforeAll, describe, expect, test } from 'vitest';
import { readSource } from '../../../src/manifest/index.js';
import { serviceOf } from '../../../src/manifest/serverless/index.js';
import {
  commandOf,
  type FrameworkName,
  frameworkEnvironment,
  frameworks,
} from '../../serverless/service.js';
import { folderOf } from './resolved.js';

const text = `
service: \${self:custom.names.team}-cases
useDotenv: true
params:
  default: {size: small, color: green}
  prod: {color: blue}

provider:
  name: aws
  runtime: \${file(settings.yml):runtime}
  stage: \${opt:stage, 'dev'}
  region: \${opt:region, "eu-central-1"}
  architecture: \${self:custom.byStage.\${sls:stage}.architecture, self:custom.byStage.default.architecture}
  layers:
    - arn:aws:lambda:\${aws:region}:123456789012:layer:shared:\${param:version}
    - !Ref ToolsLambdaLayer
  environment:
    TABLE: !Sub "\${AWS::StackName}-\${self:custom.names.team}"

package:
  individually: true
  patterns: ['!\${self:custom.folders.tests}/**', '!**/*.\${env:DOCS, "md"}']

custom:
  names: \${file(./settings.yml):names}
  folders: \${file(folders.json)}
  byStage:
    default: {architecture: x86_64}
    prod: {architecture: arm64}
  former: \${opt:none, self:custom.folders.source}
  none: \${opt:none, null}
  numbers: ["\${self:custom.folders.depth}", "\${self:custom.folders.depth}\${param:size}"]
  escaped: \\\${self:custom.names}
  second: \${self:custom.folders.list.1}
  text: \${file(note.txt)}
  whole: \${self:custom.byStage.prod}
  soclessPackager:
    buildDir: _build/\${sls:stage}
    requirementsFile: \${env:REQUIREMENTS}
    globalRequirements: \${self:custom.folders.requirements}
    globalIncludes: ["\${self:custom.folders.source}/common", "\${self:custom.former}/words"]
    useDocker: \${strToBool(\${env:DOCKER})}
    dockerImage: team/build-\${self:provider.runtime}:\${param:version}
    cleanup: \${strToBool(FALSE)}
    dockerEnvs: ["TOKEN=\${env:FROM_FILE}"]
    packageLayers: \${self:custom.folders.layers}

functions:
  - \${file(functions.yml)}
  - close:
      name: close-\${self:service}-\${opt:stage, self:provider.stage}
      handler: \${self:custom.folders.module}.handler
      layers: ["\${self:provider.layers.0}"]
      package:
        patterns: ["\${self:custom.folders.source}/close", "!\${self:custom.folders.source}/close/*.md"]
        artifact: \${self:custom.soclessPackager.buildDir}/close.zip

layers:
  tools: {path: "layers/\${param:color}", compatibleRuntimes: ["\${self:provider.runtime}"]}
`;

const files = {
  'serverless.yml': text,
  'settings.yml':
    'runtime: python3.1${self:custom.folders.minor}\nnames: {team: red, of: "${param:team}", short: "${env:SHORT, \'s\'}"}\n',
  'folders.json': JSON.stringify({
    tests: 'tests',
    source: 'src/${sls:stage}',
    module: 'app',
    minor: 2,
    depth: 3,
    list: ['a', 'b-${env:FROM_FILE}'],
    layers: ['tools'],
    requirements: ['./requirements.txt', './requirements/${param:size}.txt'],
  }),
  'functions.yml': [
    'open:',
    '  handler: open.handler',
    '  runtime: ${self:custom.byStage.${opt:stage, "dev"}.runtime, self:provider.runtime}',
    '  package: {include: ["${self:custom.folders.source}/open"], exclude: ["**/tests"]}',
  ].join('\n'),
  'note.txt': 'a note\n',
  '.env': 'FROM_FILE=of all\nREQUIREMENTS=needs.txt\n',
  '.env.prod': 'FROM_FILE=of prod\nREQUIREMENTS=needs-${SIZE}.txt\nSIZE=xl\n',
};

/** Options of the framework, and the same as pkgr's command line gives them on. */
const cases = [
  {
    title: 'without a stage',
    // One of them, because each takes seconds.
    by: ['osls'],
    options: ['--param', 'team=red', '--param', 'version=7'],
    inputs: { params: { team: 'red', version: '7' } },
  },
  {
    title: 'with a stage and a region',
    by: frameworks,
    options: [
      '--stage',
      'prod',
      '--region',
      'us-west-2',
      '--param',
      'team=red',
      '--param',
      'version=7',
    ],
    inputs: { stage: 'prod', region: 'us-west-2', params: { team: 'red', version: '7' } },
  },
] as const;

/** Forms of versions 1 and 2 of the framework, which version 3 refuses or does not know any more. */
const formerly: Readonly<Record<string, (text: string, file: string) => string>> = {
  'with a variable in the place of a fallback': (content) =>
    content.replace(/, (self:[\w.]+)}/g, (_, address) => `, \${${address}}}`),
  'between other signs, by provider.variableSyntax': (content, file) =>
    file.startsWith('.env')
      ? content
      : content
          .replace(/\$\{(?!AWS)/g, '<{')
          .replace('  name: aws\n', "  name: aws\n  variableSyntax: '<{(.+?)}'\n"),
};

const environment = { DOCKER: 'false', SHORT: 'x' };
type Service = Readonly<Record<string, unknown>>;

/** What a framework prints of the service. */
async function printed(framework: FrameworkName, options: readonly string[]): Promise<Service> {
  const { stdout } = await execa(
    'node',
    [await commandOf(framework), 'print', '--format', 'json', ...options],
    {
      cwd: folderOf(files),
      env: { ...(await frameworkEnvironment()), ...environment },
      stdin: 'ignore',
    },
  );
  return JSON.parse(stdout.slice(stdout.indexOf('{')));
}

/** What pkgr reads of it, and what it could not resolve. */
function readByPkgr(inputs: (typeof cases)[number]['inputs'], written: typeof files = files) {
  const bytes = Buffer.from(written['serverless.yml']);
  const { document } = readSource('serverless.yml', bytes, { hasIntrinsics: true });
  if (document === undefined) throw new Error('there is no document');
  const all = { options: {}, ...inputs, environment };
  const service = serviceOf(document, folderOf(written), all, (problem) => {
    throw new Error(problem.message);
  });
  return {
    value: JSON.parse(JSON.stringify(service.value)) as Service,
    unresolved: service.unresolved([]),
  };
}

describe.each(cases)('a service with variables of every kind, $title', ({
  by,
  options,
  inputs,
}) => {
  const prints = new Map<FrameworkName, Service>();
  beforeAll(async () => {
    const found = await Promise.all(by.map((framework) => printed(framework, options)));
    by.forEach((framework, index) => void prints.set(framework, found[index] ?? {}));
  }, 120_000);

  test.each(by)('is what %s prints of it', (framework) => {
    const { value, unresolved } = readByPkgr(inputs);
    expect(unresolved).toEqual([]);
    const print = prints.get(framework);
    for (const part of ['service', 'provider', 'package', 'layers'] as const) {
      expect({ [part]: print?.[part] }).toMatchObject({ [part]: value[part] });
    }
    expect(soclessOf(print)).toEqual(soclessOf(value));
    expect(functionsOf(print)).toMatchObject(functionsOf(value));
  });

  test.each(Object.entries(formerly))('is the same %s', (_, change) => {
    const changed = Object.entries(files).map(([name, content]) => [name, change(content, name)]);
    const { value, unresolved } = readByPkgr(inputs, Object.fromEntries(changed));
    expect(unresolved).toEqual([]);
    const { provider, ...rest } = readByPkgr(inputs).value;
    expect({ ...value, custom: 0 }).toMatchObject({ ...rest, custom: 0 });
    expect(value.provider).toMatchObject(Object(provider));
    expect(soclessOf(value)).toEqual(soclessOf(rest));
  });
});

function soclessOf(service: Service | undefined): unknown {
  return Reflect.get(Object(service?.custom), 'soclessPackager');
}

/** As a mapping: a framework merges a list of mappings. */
function functionsOf(service: Service | undefined): object {
  const { functions } = service ?? {};
  return Array.isArray(functions) ? Object.assign({}, ...functions) : Object(functions);
}
