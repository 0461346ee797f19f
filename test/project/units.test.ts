import { describe, expect, it } from 'vitest';
import { files, projectOf, unitOf } from './sample-project.js';

describe('a unit that says little', () => {
  it('is built for x86_64 in the image that AWS SAM has for its runtime', async () => {
    expect(await unitOf(['include: a/'])).toEqual({
      kind: 'function',
      name: 'hello',
      at: { file: 'pkgr.yml', line: 2, column: 3 },
      runtime: 'python3.13',
      architecture: 'x86_64',
      base: { kind: 'image', name: 'public.ecr.aws/sam/build-python3.13:latest-x86_64' },
      packages: { any: [], byManager: {} },
      requirements: { sources: [], inputs: [], usesSsh: false },
      include: [
        { kind: 'contents', from: 'a', to: '', at: { file: 'pkgr.yml', line: 4, column: 14 } },
      ],
      exclude: [],
      excludeInZip: [],
      prune: [],
      libs: [],
      bins: [],
      buildEnvironment: {},
      layers: [],
      audit: {},
      secretEnvironment: [],
      offersSsh: false,
      installsSeparately: false,
      packagesOverCode: false,
      hasSmallCode: true,
      key: 'hello',
      verify: { mode: 'imports', environment: {} },
      bytecode: 'hash',
      installer: 'uv',
      zip: 'dist/hello.zip',
    });
  });

  it('is built in the image for its architecture', async () => {
    const { base } = await unitOf(['architecture: arm64', 'include: a/']);
    expect(base).toEqual({
      kind: 'image',
      name: 'public.ecr.aws/sam/build-python3.13:latest-arm64',
    });
  });

  it('is built in the image of lambci when SAM has none', async () => {
    const { units } = await projectOf(
      'functions: {a: {runtime: python3.7, include: a/}, b: {runtime: python3.6, include: a/}}',
      files,
    );
    expect(units.map(({ base }) => base)).toEqual([
      { kind: 'image', name: 'lambci/lambda:build-python3.7' },
      { kind: 'image', name: 'lambci/lambda:build-python3.6' },
    ]);
  });
});

describe('a requirement', () => {
  it('is a file when its name ends in .txt or .in, and otherwise a line for pip', async () => {
    const unit = await unitOf(
      ['requirements:', '  - ./own.txt', '  - base.in', '  - ./lib', '  - -r base.txt', '  - six'],
      'function',
      { 'base.in': 'idna', 'lib/pyproject.toml': '' },
    );
    expect(unit.requirements.sources.map(({ at: _, ...source }) => source)).toEqual([
      { kind: 'file', path: 'own.txt' },
      { kind: 'file', path: 'base.in' },
      { kind: 'line', text: './lib' },
      { kind: 'line', text: '-r base.txt' },
      { kind: 'line', text: 'six' },
    ]);
    expect(unit.requirements.inputs).toEqual([
      { kind: 'file', path: 'base.in' },
      { kind: 'file', path: 'base.txt' },
      { kind: 'directory', path: 'lib' },
      { kind: 'file', path: 'own.txt' },
    ]);
  });
});

describe("the user's .dockerignore", () => {
  it('is kept line by line, without comments and empty lines', async () => {
    const project = await projectOf('functions: {a: {runtime: python3.13, include: a/}}', {
      ...files,
      '.dockerignore': '\ufeff# comment\r\n\r\n  node_modules  \r\n!keep\n #odd\n',
    });
    expect(project.dockerignore).toEqual(['node_modules', '!keep', '#odd']);
  });
});
