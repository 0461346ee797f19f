import { execa } from 'execa';
import { beforeAll, describe, expect, test } from 'vitest';
import { ensureEngine } from '../../scripts/engine.mjs';
import { ensureImages, publicNames } from '../../scripts/images.mjs';

const engine = await ensureEngine({ install: false });
const docker = engine.kind === 'ready' ? engine.docker : '';
const names = ['build-python3.11', 'runtime-python3.11', 'build-python3.13', 'runtime-python3.13'];

/** Writes the smallest wheel there is. */
const WHEEL = [
  'import zipfile; z = zipfile.ZipFile("/x-1-py3-none-any.whl", "w")',
  'z.writestr("x.py", "answer = 42")',
  'z.writestr("x-1.dist-info/METADATA", "Metadata-Version: 2.1\\nName: x\\nVersion: 1\\n")',
  'z.writestr("x-1.dist-info/WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")',
  'z.writestr("x-1.dist-info/RECORD", "")',
  'z.close()',
].join('; ');

/** Builds a Dockerfile with no context and no network but what its RUNs ask for. */
function build(dockerfile: string, ...args: string[]) {
  return execa(
    docker,
    ['buildx', 'build', '--network', 'none', '--progress', 'plain', ...args, '-'],
    {
      input: dockerfile,
      reject: false,
      all: true,
    },
  );
}

test.runIf(process.env.PKGR_REQUIRE_DOCKER === '1')('an engine is there, as is required', () => {
  expect(engine).toMatchObject({ kind: 'ready', how: 'found' });
});

describe.runIf(engine.kind === 'ready')('with an engine', () => {
  let tags: Record<string, string> = {};
  // The first time on a machine the four images are made: about a minute on two cores.
  beforeAll(async () => {
    tags = await ensureImages(names, { docker });
  }, 600_000);

  test('images that exist are found again and not made again', async () => {
    const said: string[] = [];
    const again = await ensureImages(names, { docker, log: (line) => said.push(line) });
    expect(again).toEqual(tags);
    expect(said).toEqual([]);
  });

  test.each([
    '3.11',
    '3.13',
  ])('the build image of Python %s compiles and has pip', async (version) => {
    const tag = tags[`build-python${version}`];
    const run = await build(
      `FROM ${tag}
RUN python3 -c 'import sys; assert sys.version.startswith("${version}."), sys.version'
RUN python3 -c '${WHEEL}' && python3 -m pip install --no-index --target /out /x-1-py3-none-any.whl \\
 && PYTHONPATH=/out python3 -c 'import x; assert x.answer == 42'
RUN echo '#include <Python.h>' | g++ -x c++ $(pkg-config --cflags python3) -fsyntax-only -
RUN git --version && make --version && apt-get --version
`,
      '--no-cache',
    );
    expect(run.exitCode, run.all).toBe(0);
  }, 60_000);

  test.each([
    '3.11',
    '3.13',
  ])('the runtime image of Python %s is as Lambda lays it out', async (version) => {
    const run = await build(
      `FROM ${tags[`build-python${version}`]} AS code
RUN mkdir -p /task /layer/python /layer/lib \\
 && echo 'from shared import answer' > /task/function.py \\
 && echo 'import ctypes; answer = ctypes.CDLL("libanswer.so").answer()' > /layer/python/shared.py \\
 && echo 'extern "C" int answer() { return 42; }' | g++ -shared -x c++ -o /layer/lib/libanswer.so -
FROM ${tags[`runtime-python${version}`]}
COPY --from=code /task /var/task
COPY --from=code /layer /opt
RUN python3 -c 'import sys, function; assert sys.version.startswith("${version}."); assert function.answer == 42'
RUN python3 -c 'import ctypes, ssl, sqlite3, bz2, lzma, zlib, uuid; ctypes.CDLL("libstdc++.so.6")'
RUN for program in gcc cc pip pip3 apt-get dpkg tar perl; do ! command -v $program || exit 1; done
RUN ! python3 -m pip --version
`,
      '--no-cache',
    );
    expect(run.exitCode, run.all).toBe(0);
  }, 60_000);

  test.each(names)('%s stands in for its public image, without asking a registry', async (name) => {
    const image = publicNames[name];
    const run = await build(
      `FROM --platform=linux/amd64 ${image}\nRUN python3 --version\n`,
      ...['--build-context', `${image}=docker-image://${tags[name]}`],
    );
    expect(run.exitCode, run.all).toBe(0);
  }, 60_000);
});
