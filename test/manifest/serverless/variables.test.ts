import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSource } from '../../../src/manifest/index.js';
import { serviceOf } from '../../../src/manifest/serverless/index.js';
import {
  createResolver,
  delimitersOf,
  noInputs,
  variableFiles,
  withDotenv,
} from '../../../src/manifest/serverless/variables/index.js';
import { folderOf, resolved, valueOfText, yaml } from './resolved.js';

describe('a service with variables of every kind', () => {
  it('is what serverless 3.40 and osls 3 print of it', () => {
    // expected.json is their `print --format json`, without what they add to a service.
    const root = join(import.meta.dirname, 'tricky');
    const value = yaml(readFileSync(join(root, 'serverless.yml'), 'utf8'));
    const delimiters = delimitersOf(undefined);
    if (delimiters === undefined) throw new Error('there are no delimiters');
    const environment = withDotenv({}, root, 'beta');
    const inputs = { ...noInputs, environment };
    const resolver = createResolver(value, delimiters, inputs, variableFiles(root));
    const unresolved: unknown[] = [];
    const whole = resolver.whole([], (one) => void unresolved.push(one));
    expect(unresolved).toEqual([]);
    const expected: unknown = JSON.parse(readFileSync(join(root, 'expected.json'), 'utf8'));
    expect(JSON.parse(JSON.stringify(whole))).toEqual(expected);
  });
});

describe('a source', () => {
  const options = { stage: 'prod', region: 'eu-west-1', options: { color: 'red' } };

  it.each([
    ['${opt:stage}', 'prod'],
    ['${opt:color}-${opt:region}', 'red-eu-west-1'],
    ['${sls:stage}', 'prod'],
    ['${aws:region}', 'eu-west-1'],
    ["${opt:none, 'default'}", 'default'],
    ['${opt:none, self:custom.a}', 1],
    ['${opt:none, null}', null],
    ['${env:HOME_OF, "with, comma"}', 'with, comma'],
    ['${param:size}', 'large'],
    ['${param:domain}', 'example.com'],
    ['${param:other}', 'all'],
    ['${strToBool(FALSE)}', false],
    ['${sls:instanceId}', 'pkgr'],
    ['${self:custom.list.1}', 'two'],
    ['${self:custom.map}', { inner: 1 }],
    ['a${self:custom.a}b', 'a1b'],
  ])('gives %s the value %j', (text, expected) => {
    const params = { default: { domain: 'no', other: 'all' }, prod: { domain: 'example.com' } };
    const custom = { a: 1, list: ['one', 'two'], map: { inner: '${self:custom.a}' }, x: text };
    const found = resolved({ params, custom }, { ...options, params: { size: 'large' } });
    expect(found.unresolved).toEqual([]);
    expect(found.value).toMatchObject({ custom: { x: expected } });
  });

  it('is read in the form of version 1 too, with a variable as the fallback', () => {
    expect(valueOfText('${opt:none, ${self:custom.a}}', { a: '${self:custom.b}', b: 'deep' })).toBe(
      'deep',
    );
    expect(valueOfText('${opt:stage, self:provider.stage}')).toBe('dev');
  });

  it.each([
    [
      '\\\\${{([ ~:a-zA-Z0-9._@\'",\\\\-\\\\/\\\\(\\\\)]+?)}}',
      '${{ self:custom.a }}-${AWS::Region}',
    ],
    ['\\\\@\\\\[([^\\\\]]+)\\\\]', '@[self:custom.a]-${AWS::Region}'],
    ['%{(.+?)}', "%{opt:none, 'v'}-${AWS::Region}"],
  ])('is read between the signs of provider.variableSyntax %s', (syntax, text) => {
    const variableSyntax: unknown = JSON.parse(`"${syntax.replaceAll('"', '\\"')}"`);
    const { value, unresolved } = resolved({
      provider: { variableSyntax },
      custom: { a: 'v', x: text },
    });
    expect(unresolved).toEqual([]);
    expect(value).toMatchObject({ custom: { x: 'v-${AWS::Region}' } });
  });

  it('with signs that are no plain text is told at the syntax itself', () => {
    expect(delimitersOf('[$@]{(.+)}')).toBeUndefined();
    expect(delimitersOf('no group')).toBeUndefined();
    expect(delimitersOf(7)).toBeUndefined();
  });
});

describe('a file', () => {
  it('is read as YAML, JSON or text, and its own variables count', () => {
    const files = {
      'a/b.yaml': 'key: {deep: "${self:custom.a}", tag: !Sub "${AWS::Region}"}',
      'c.json': '{"__proto__": {"polluted": 1}, "k": [1, "${opt:stage}"]}',
      'd.txt': 'plain',
    };
    const custom = { a: 'A' };
    const inputs = { stage: 's' };
    expect(valueOfText('${file(a/b.yaml):key}', custom, inputs, files)).toEqual({
      deep: 'A',
      tag: { 'Fn::Sub': '${AWS::Region}' },
    });
    expect(valueOfText('${file(./c.json)}', custom, inputs, files)).toEqual({ k: [1, 's'] });
    expect(valueOfText("${file('d.txt')}", custom, inputs, files)).toBe('plain');
    expect(valueOfText('${file(${self:custom.a}.yml):k, "none"}', custom, inputs, files)).toBe(
      'none',
    );
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  it.each([
    ['${file(./x.js):key}', 'is a program, and pkgr runs none'],
    ['${file(./x.ts)}', 'is a program, and pkgr runs none'],
    ['${file(/etc/passwd)}', 'is an absolute path of this machine'],
    ['${file(../secret)}', 'neither YAML nor JSON, and outside the project'],
    ['${file(link)}', 'neither YAML nor JSON, and outside the project'],
    ['${file(folder)}', 'is no file'],
    ['${file(bad.yml)}', 'bad.yml:1:'],
    ['${file(bad.json)}', 'bad.json is no JSON'],
  ])('%s is not read: %s', async (text, why) => {
    const outer = folderOf({
      secret: 'x',
      'in/bad.yml': '{a',
      'in/bad.json': '{a',
      'in/folder/y': '',
    });
    const { symlinkSync } = await import('node:fs');
    symlinkSync('../secret', join(outer, 'in/link'));
    const delimiters = delimitersOf(undefined);
    if (delimiters === undefined) throw new Error('there are no delimiters');
    const resolver = createResolver(
      { x: text },
      delimiters,
      noInputs,
      variableFiles(join(outer, 'in')),
    );
    expect(JSON.stringify(resolver.property(['x']))).toContain(why);
  });

  it('may be YAML above the project, as monorepos have it', () => {
    const outer = folderOf({ 'shared.yml': 'a: 1', 'service/x': '' });
    expect(variableFiles(join(outer, 'service'))('../shared.yml')).toMatchObject({ kind: 'value' });
  });
});

describe('what cannot be resolved', () => {
  it.each([
    ['${ssm:/a}', 'it is a parameter in AWS'],
    ['${cf.us-east-1:stack.Out}', 'it is an output of a stack in AWS'],
    ["${s3:bucket/key, 'x'}", 'it is an object in AWS'],
    ['${vault:thing}', 'pkgr knows no source "vault"'],
    ['${opt:stage}', 'the command line has no option stage (add --stage STAGE)'],
    ['${opt:color}', 'the command line has no option color (add --opt color=VALUE)'],
    [
      '${env:NOPE}',
      "the environment has no variable NOPE (set it, or write a default: ${env:NOPE, 'default'})",
    ],
    ['${self:custom.mpa}', 'the service has no custom.mpa (did you mean custom.map?)'],
    ['${self:custom.x}', 'it leads back to custom.x'],
    ['${self:custom}', 'it leads back to custom'],
    ['${self:}', 'it holds itself'],
    ['${self:custom.one}', 'it leads to ${self:custom.one}: it leads back to custom.one'],
    ['a-${self:custom.map}', 'it stands for a mapping inside a text'],
    ['${self:custom.a', 'a variable is not closed'],
    ['${self:custom.a, plain}', 'the fallback "plain" needs quotes'],
    ['${strToBool(perhaps)}', '"perhaps" is neither true nor false'],
    ['${self:custom.ssm}', 'it leads to ${ssm:/deep}: it is a parameter in AWS'],
  ])('%s: %s', (text, why) => {
    const custom = {
      map: { a: 1 },
      one: '${self:custom.two}',
      two: '${self:custom.one}',
      ssm: '${ssm:/deep}',
    };
    const found = valueOfText(text, custom);
    expect(JSON.stringify(found)).toContain(JSON.stringify(why).slice(1, -1));
  });

  it('leaves everything else as it is', () => {
    const { value, unresolved } = resolved({
      a: '${ssm:/x}',
      b: ['${opt:none}', 'ok'],
      c: '\\${x:y}',
    });
    expect(value).toEqual({ a: '${ssm:/x}', b: ['${opt:none}', 'ok'], c: '${x:y}' });
    expect(unresolved).toHaveLength(2);
  });
});

describe('.env', () => {
  it('adds to the environment what is not set, of the stage or of all', () => {
    const root = folderOf({
      '.env': 'A=all\nB=all',
      '.env.prod': `# c\nexport A = "p $B \${C:-d}"\nB='single $A' # tail\nD=x=y\nE: yaml\nF=\nG="l1\nl2"`,
    });
    expect(withDotenv({}, root, 'dev')).toEqual({ A: 'all', B: 'all' });
    expect(withDotenv({ A: 'set' }, root, 'prod')).toEqual({
      A: 'set',
      B: 'single set',
      D: 'x=y',
      E: 'yaml',
      F: '',
      G: 'l1\nl2',
    });
    expect(withDotenv({}, root, '../dev')).toEqual({ A: 'all', B: 'all' });
  });

  it('is used where the service says so', () => {
    const root = folderOf({ '.env.prod': 'NAME=fromfile' });
    const name = (useDotenv: string) => {
      const text = `${useDotenv}\nprovider: {stage: prod}\nservice: "\${env:NAME, 'none'}"`;
      const { document } = readSource('serverless.yml', Buffer.from(text));
      if (document === undefined) throw new Error('there is no document');
      return serviceOf(document, root, noInputs, () => {}).value;
    };
    expect(name('useDotenv: true')).toMatchObject({ service: 'fromfile' });
    expect(name('useDotenv: false')).toMatchObject({ service: 'none' });
  });
});
