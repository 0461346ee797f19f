import { describe, expect, it } from 'vitest';
import { toldOf } from './told.js';

/** Which of the values a key does not take. */
async function refused(key: string, values: readonly string[]): Promise<readonly string[]> {
  const told = await Promise.all(
    values.map(async (value) => ({ value, lines: await toldOf(key, JSON.stringify(value)) })),
  );
  return told.filter(({ lines }) => lines[0] !== 'nothing').map(({ value }) => value);
}

/** The same for keys whose value is a list. */
async function refusedItems(key: string, values: readonly string[]): Promise<readonly string[]> {
  const told = await Promise.all(
    values.map(async (value) => ({ value, lines: await toldOf(key, JSON.stringify([value])) })),
  );
  return told.filter(({ lines }) => lines[0] !== 'nothing').map(({ value }) => value);
}

describe('prune', () => {
  it('is a list of names or juniper, and says which name was probably meant', async () => {
    expect(await toldOf('prune', '[tests, dist-info, pyc, docs, stubs, sources]')).toEqual([
      'nothing',
    ]);
    expect(await toldOf('prune', 'juniper')).toEqual(['nothing']);
    expect(await toldOf('prune', '[test]')).toEqual([
      'pkgr.yml:1:25: error: "test" is not a part of packages that pkgr knows [invalid-value]',
      '  hint: did you mean tests?',
    ]);
    expect(await toldOf('prune', '[locales]')).toEqual([
      'pkgr.yml:1:25: error: "locales" is not a part of packages that pkgr knows [invalid-value]',
      '  hint: choose of tests, dist-info, pyc, docs, stubs, sources',
    ]);
    expect(await toldOf('prune', 'tests')).toEqual([
      'pkgr.yml:1:24: error: "tests" is not a choice that pkgr knows [invalid-value]',
      '  hint: write juniper, or a list such as [tests, stubs]',
    ]);
    expect((await toldOf('prune', '5'))[0]).toMatch(/"prune" takes a choice, not the number 5/);
  });
});

describe('layers', () => {
  it('are names as layers can have them, and ARNs of versions of layers', async () => {
    const arn = 'arn:aws:lambda:eu-central-1:123456789012:layer:my_layer-1:12';
    const allowed = ['shared', 'a.b_c-d', arn, arn.replace('aws', 'aws-us-gov')];
    const bad = ['', ' a', 'a b', '../a', '-a', 'arn:aws:s3:::bucket', arn.replace(':12', '')];
    expect(await refusedItems('layers', [...allowed, ...bad])).toEqual(bad);
    expect(await toldOf('layers', 'arn:aws:lambda:a:1:layer:b')).toEqual([
      'pkgr.yml:1:25: error: "arn:aws:lambda:a:1:layer:b" is neither the name of a layer nor the ARN of one [invalid-value]',
      '  hint: name one that is below layers:, or write arn:aws:lambda:REGION:ACCOUNT:layer:NAME:VERSION',
    ]);
    expect(await toldOf('layers', '{shared: 1}')).toEqual([
      'pkgr.yml:1:25: error: "layers" takes the name of a layer, or a list of them, not a mapping [wrong-type]',
      '  hint: for example layers: [shared]',
    ]);
  });
});

describe('audit', () => {
  it('gives weights to codes of the audit, and says which code was probably meant', async () => {
    expect(await toldOf('audit', '{near-limit: ignore, missing-library: error}')).toEqual([
      'nothing',
    ]);
    expect(await toldOf('audit', '{missing-libary: ignore}')).toEqual([
      'pkgr.yml:1:25: error: "audit" has no key "missing-libary" [unknown-key]',
      '  hint: did you mean missing-library?',
    ]);
    expect((await toldOf('audit', '{step-failed: ignore}'))[1]).toMatch(/the keys are zip-too-/);
    expect(await toldOf('audit', '{near-limit: warn}')).toEqual([
      'pkgr.yml:1:37: error: "warn" is not a weight that pkgr knows [invalid-value]',
      '  hint: choose of ignore, notice, warning, error',
    ]);
    expect(await toldOf('audit', '[near-limit]')).toEqual([
      'pkgr.yml:1:24: error: "audit" takes weights by code, not a list [wrong-type]',
      '  hint: for example audit: {near-limit: ignore}',
    ]);
  });
});

describe('verify', () => {
  it('is imports, off or a mapping with variables', async () => {
    expect(await refused('verify', ['imports', 'off', 'on', 'handler'])).toEqual(['on', 'handler']);
    expect(await toldOf('verify', '{env: {A: b, _C9: ""}}')).toEqual(['nothing']);
    expect(await toldOf('verify', '{env: {A: b}, enf: {}}')).toEqual([
      'pkgr.yml:1:39: error: "verify" has no key "enf" [unknown-key]',
      '  hint: did you mean env?',
    ]);
    expect(await toldOf('verify', '{env: {1A: b}}')).toEqual([
      'pkgr.yml:1:32: error: "1A" is not the name of an environment variable [invalid-value]',
      '  hint: letters, digits and _ are allowed, and no digit first',
    ]);
    expect((await toldOf('verify', '{env: {A: 1}}'))[0]).toMatch(/"A" takes text, not the number/);
    expect((await toldOf('verify', '{env: {A: "b\\nc"}}'))[0]).toMatch(/has a line break/);
    expect(await toldOf('verify', 'false')).toEqual([
      'pkgr.yml:1:25: error: "verify" takes a way to verify, not the truth value false [wrong-type]',
      '  hint: write imports or off',
    ]);
    expect((await toldOf('verify', 'no'))[0]).toMatch(/"no" is not a way to verify/);
  });

  it('is in an image by name', async () => {
    expect(await refused('verifyImage', ['python:3.13', 'a b', 'scratch'])).toEqual([
      'a b',
      'scratch',
    ]);
  });
});

describe('what a value may be', () => {
  it('is a name by the grammar of Docker for an image', async () => {
    const digest = `sha256:${'a'.repeat(64)}`;
    const allowed = [
      'python',
      'python:3.13',
      'lambci/lambda:build-python3.7',
      'public.ecr.aws/sam/build-python3.13:latest-x86_64',
      'localhost:5000/a/b__c.d--e:T_1.x-y',
      `a@${digest}`,
      `a:b@${digest}`,
      'Example.COM/team/a',
    ];
    const bad = [
      '',
      ' a',
      'a b',
      'a\nRUN x',
      '-a',
      '--platform=x',
      'A',
      'a/B',
      'a//b',
      'a:',
      'a:-b',
      'a@sha256:12',
      'a"',
      '$a',
      'a$(x)',
      'a\\',
      '/a',
      'a/',
      'http://a/b',
      'a_-b',
      `a:${'b'.repeat(129)}`,
      'scratch',
      'a'.repeat(600),
    ];
    expect(await refused('image', [...allowed, ...bad])).toEqual(bad);
  });

  it('is a name that no package manager takes for an option', async () => {
    const allowed = [
      'gcc',
      'libstdc++-devel',
      'g++',
      'libpq-dev=15.3-0+deb12u1',
      'a:amd64',
      'x~1',
      '7zip',
    ];
    const bad = [
      '',
      '-y',
      '--force',
      'a b',
      'a;b',
      'a&b',
      '$a',
      '`a`',
      "a'",
      'a\nb',
      'ä',
      'a/b',
      '*',
    ];
    expect(await refusedItems('packages', [...allowed, ...bad])).toEqual(bad);
  });

  it('is an absolute path in the image for libs and bins', async () => {
    const allowed = ['/usr/lib64/libpq.so.*', "/opt/it's here/[ab]?"];
    const bad = ['', '/', 'usr/lib', './a', '/a\nb', '/a\u0000'];
    expect(await refusedItems('libs', [...allowed, 'auto', ...bad])).toEqual(bad);
    expect(await refused('libs', [...allowed, 'auto', ...bad])).toEqual(bad);
    expect(await refusedItems('bins', [...allowed, ...bad, 'auto'])).toEqual([...bad, 'auto']);
  });

  it('is a pattern that Docker takes for exclude', async () => {
    const allowed = [
      '**/tests',
      '!keep',
      '*.pyc',
      '[a-z]?',
      '\\[a',
      '[^a]b',
      'c++',
      'a b',
      '[\\]]',
      '[\\\\]',
      '[a\\-]',
      '[^^]',
      '[[]',
    ];
    const bad = [
      '',
      ' ',
      '!',
      '! ',
      '#a',
      '[a',
      '[]',
      '[^]',
      '[z-a]',
      '[a-]',
      '[-a]',
      '[^-a]',
      '[a-b-c]',
      'a\\',
      '[\\]',
      'a\nb',
      'a'.repeat(2000),
    ];
    expect(await refusedItems('exclude', [...allowed, ...bad])).toEqual(bad);
  });

  it('is one line for a requirement', async () => {
    const allowed = [
      'six',
      'a[b]>=1 ; python_version < "3.9"',
      './lib',
      '--no-binary :all:',
      'ä😀',
    ];
    const bad = ['', 'a\nb', 'a\rb', 'a\u2028b', 'a\u0085b'];
    expect(await refusedItems('requirements', [...allowed, ...bad])).toEqual(bad);
    expect(await refused('requirements', [...allowed, ...bad])).toEqual(bad);
  });

  it('is a module and a function for a handler', async () => {
    const allowed = ['lambda.handler', 'a.b.c', 'src/my-app/main.handle_2', '_a._b'];
    const bad = ['', 'handler', '.a', 'a.', 'a..b', 'a.b-c', 'a.1', 'a b.c', '../a.b', 'a.b\n'];
    expect(await refused('handler', [...allowed, ...bad])).toEqual(bad);
  });

  it('is a name and one line for a variable of the build', async () => {
    const refusedNames = async (names: readonly string[]) => {
      const told = await Promise.all(
        names.map((name) => toldOf('buildEnvironment', JSON.stringify({ [name]: 'x' }))),
      );
      return names.filter((_, index) => told[index]?.[0] !== 'nothing');
    };
    const bad = ['', '1A', 'A B', 'A=B', 'A-B', 'Ä', 'A\n', '$A'];
    expect(await refusedNames(['A', '_a1', 'CFLAGS', ...bad])).toEqual(bad);
    const refusedValues = ['a\nb', 'a\tb', '\u0000'];
    const told = await Promise.all(
      ['', '-O2 "x" $y \\', 'ä😀', ...refusedValues].map((value) =>
        toldOf('buildEnvironment', JSON.stringify({ A: value })),
      ),
    );
    expect(told.map(([line]) => line === 'nothing')).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  it('is told with the value itself and what is allowed', async () => {
    expect([
      ...(await toldOf('image', '"Team/App"')),
      ...(await toldOf('image', 'scratch')),
      ...(await toldOf('packages', '["-y"]')),
      ...(await toldOf('libs', '[usr/lib/a.so]')),
      ...(await toldOf('exclude', '["[a"]')),
      ...(await toldOf('requirements', '["a\\nb"]')),
      ...(await toldOf('handler', 'handler')),
      ...(await toldOf('buildEnvironment', '{1A: x, A: "a\\tb"}')),
      ...(await toldOf('image', JSON.stringify('x'.repeat(600)))),
    ]).toEqual([
      'pkgr.yml:1:25: error: "Team/App" is not the name of an image [invalid-value]',
      '  hint: write NAME, NAME:TAG or NAME@sha256:DIGEST; the name is in small letters',
      'pkgr.yml:1:24: error: "scratch" is the empty image, in which nothing can be installed [invalid-value]',
      '  hint: name an image that has Python',
      'pkgr.yml:1:29: error: "-y" is not the name of an OS package [invalid-value]',
      '  hint: letters, digits and . + - _ : = ~ are allowed, a letter or digit first',
      'pkgr.yml:1:24: error: "usr/lib/a.so" is neither auto nor an absolute path [invalid-value]',
      '  hint: write the path in the image from its root, such as /usr/lib64/libpq.so.*',
      'pkgr.yml:1:28: error: "[a" is not a pattern that Docker takes: a [ needs its ], a \\ something after it [invalid-value]',
      '  hint: write \\[ for a bracket itself',
      'pkgr.yml:1:33: error: "a\\nb" is not one line of text [invalid-value]',
      '  hint: give each requirement an item of its own',
      'pkgr.yml:1:26: error: "handler" is not a handler [invalid-value]',
      '  hint: write MODULE.FUNCTION, such as lambda.handler for handler() in lambda.py',
      'pkgr.yml:1:36: error: "1A" is not the name of an environment variable [invalid-value]',
      '  hint: letters, digits and _ are allowed, and no digit first',
      'pkgr.yml:1:47: error: "a\\tb" has a line break or another control character [invalid-value]',
      '  hint: write the value in one line',
      'pkgr.yml:1:25: error: "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx..." is too long for the name of an image [invalid-value]',
      '  hint: write NAME, NAME:TAG or NAME@sha256:DIGEST',
    ]);
  });
});
