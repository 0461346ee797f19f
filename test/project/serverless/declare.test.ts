import { describe, expect, it } from 'vitest';
import { code, hello, projectOf, told } from './service.js';

describe('a service of the framework', () => {
  it('gives a unit for each function, by the rules of the plugin', async () => {
    const { output, units, preferences } = await projectOf({});
    expect(output).toBe('_build');
    expect(preferences).toMatchObject({ engine: 'docker', abortsOnFailure: true, cleansUp: true });
    expect(units).toHaveLength(1);
    expect(units[0]).toMatchObject({
      name: 'hello',
      key: 'hello',
      runtime: 'python3.13',
      zip: '_build/hello.zip',
      packagesOverCode: true,
      // The framework uploads through S3.
      audit: { 'zip-too-large': 'ignore' },
      include: [
        { kind: 'contents', from: 'functions/hello', to: '' },
        { kind: 'contents', from: 'common_files', to: '' },
      ],
    });
    expect(units[0]?.requirements.sources).toMatchObject([
      { path: 'functions/hello/requirements.txt' },
      { path: 'functions/requirements.txt' },
    ]);
  });

  it('calls a function without a name as the framework does', async () => {
    const { name: _, ...nameless } = hello;
    const { units } = await projectOf({ functions: { hello: nameless } });
    expect(units[0]).toMatchObject({ name: 'slack-dev-hello', key: 'hello' });
  });

  it('reports a misspelt include with the near name', async () => {
    const functions = { hello: { ...hello, package: { include: ['fucntions/hello'] } } };
    expect(await told({ functions })).toContain(
      'error: fucntions/hello does not exist [missing-file]',
    );
    expect(await told({ functions })).toContain('  hint: did you mean functions/hello?');
  });

  it('reports an unknown option with the near name', async () => {
    const options = { buildDir: '_build', globalInclude: ['./common_files'] };
    expect(await told({ options })).toContain(
      'error: soclessPackager has no option "globalInclude" [unknown-key]',
    );
    expect(await told({ options })).toContain('  hint: did you mean globalIncludes?');
  });

  it('tells which image takes the place of the one that lambci never had', async () => {
    expect(await told({})).toContain(
      'notice: lambci never had an image for python3.13: public.ecr.aws/sam/build-python3.13:latest-x86_64 is used [replaced-default]',
    );
  });

  it('writes a zip where the artifact of the function is looked for', async () => {
    const artifact = '_build/other.zip';
    const functions = { hello: { ...hello, package: { ...hello.package, artifact } } };
    const { units } = await projectOf({ functions });
    expect(units[0]).toMatchObject({ name: 'hello', zip: '_build/other.zip' });
    expect(await told({ functions })).toContain(
      'notice: the zip of hello is written to _build/other.zip, where its artifact is looked for [own-artifact]',
    );
  });

  it('leaves what is not Python, an image, or has a zip of its own to the framework', async () => {
    const functions = {
      hello,
      node: { name: 'node', runtime: 'nodejs20.x', handler: 'a.b' },
      image: { name: 'image', image: 'repository/image:1' },
      zipped: { name: 'zipped', package: { artifact: 'made/zipped.zip' } },
    };
    const { units } = await projectOf({ functions }, code);
    expect(units.map(({ name }) => name)).toEqual(['hello']);
  });
});
