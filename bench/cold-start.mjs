#!/usr/bin/env node
/**
 * What the import of an example costs at a cold start, by how its sources are packed: the import in a
 * new process in the clean runtime image, from read-only folders, as Lambda has them.
 *
 *     npm run build && node bench/cold-start.mjs [ROUNDS]
 *
 * Beside pkgr's ways stands what `pip install --target` and a zip give: bytecode with dates, which a
 * zip rounds, so that it is stale. All variants take turns in each round; printed are medians, and
 * ratios to packing without bytecode. Needs an engine, whose containers see this machine's folders.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { dump, load } from 'js-yaml';
import { ensureEngine } from '../scripts/engine.mjs';
import { ensureImages, publicNames } from '../scripts/images.mjs';

const root = join(import.meta.dirname, '..');
const rounds = Number(process.argv[2] ?? 9);
const work = mkdtempSync(join(tmpdir(), 'pkgr-bench-'));
const log = (/** @type {string} */ line) => console.error(line);

/** A function, the layer that it has, and what pip would install for both. */
const examples = [
  {
    name: 'science',
    unit: 'describe_csv',
    layer: 'science',
    module: 'app',
    requirements: ['requirements/science.txt'],
    code: ['functions/describe_csv'],
  },
  {
    name: 'socless-slack',
    unit: 'slack_send_dialog',
    module: 'lambda',
    requirements: ['functions/requirements.txt', 'functions/slack_send_dialog/requirements.txt'],
    code: ['common_files', 'functions/slack_send_dialog'],
  },
];
const variants = [
  { name: 'bytecode: none', keys: { bytecode: 'none' } },
  { name: 'bytecode: hash', keys: { bytecode: 'hash' } },
  { name: 'bytecode: sourceless', keys: { bytecode: 'sourceless' } },
  ...['tests', 'dist-info', 'docs', 'stubs', 'sources'].map((choice) => ({
    name: `hash, prune: [${choice}]`,
    keys: { bytecode: 'hash', prune: [choice] },
  })),
  {
    name: 'hash, prune: all but pyc',
    keys: { bytecode: 'hash', prune: ['tests', 'dist-info', 'docs', 'stubs', 'sources'] },
  },
  { name: 'prune: juniper', keys: { prune: 'juniper' } },
];

const { docker, env: engineEnvironment } = await anEngine();
const images = await ensureImages(Object.keys(publicNames), { log, docker });
const local = new Map(Object.entries(images));

for (const example of examples) {
  const runtime = runtimeOf(example);
  const ways = [];
  for (const variant of variants) ways.push(await built(example, variant, runtime));
  ways.splice(1, 0, await byPip(example, runtime));
  for (let round = 0; round < rounds; round += 1) {
    for (const way of ways) way.seconds.push(await imported(example, way, runtime));
  }
  const usual = median(ways[0]?.seconds ?? []);
  console.log(
    `\n## examples/${example.name}: import ${example.module} (${runtime}, ${rounds} rounds)\n`,
  );
  console.log('| packed | zipped MB | unzipped MB | import ms | ratio |\n|---|---|---|---|---|');
  for (const { name, zipped, unzipped, seconds } of ways) {
    const time = median(seconds);
    console.log(
      `| ${name} | ${mega(zipped)} | ${mega(unzipped)} | ${Math.round(time * 1000)} | ${(time / usual).toFixed(2)} |`,
    );
  }
}
rmSync(work, { recursive: true, force: true });

async function anEngine() {
  const engine = await ensureEngine({ log });
  if (engine.kind === 'absent') throw new Error(engine.advice.join('\n'));
  return engine;
}

/** @param {(typeof examples)[number]} example */
function manifestOf({ name }) {
  return /** @type {any} */ (load(readFileSync(join(root, 'examples', name, 'pkgr.yml'), 'utf8')));
}

/** @param {(typeof examples)[number]} example */
function runtimeOf(example) {
  return manifestOf(example).global.runtime;
}

/**
 * Builds an example in one way and unpacks what Lambda would unpack.
 * @param {(typeof examples)[number]} example
 * @param {(typeof variants)[number]} variant
 * @param {string} runtime
 */
async function built(example, variant, runtime) {
  const folder = join(work, `${example.name}-${variants.indexOf(variant)}`);
  cpSync(join(root, 'examples', example.name), folder, { recursive: true });
  const manifest = manifestOf(example);
  Object.assign(manifest.global, variant.keys);
  writeFileSync(join(folder, 'pkgr.yml'), dump(manifest));
  const context = `public.ecr.aws/sam/build-${runtime}:latest-x86_64=docker-image://${local.get(`build-${runtime}`)}`;
  const env = { PKGR_BUILD_CONTEXTS: context, ...engineEnvironment };
  await execa(process.execPath, [join(root, 'dist/cli/main.js'), 'build'], { cwd: folder, env });
  const zips = [example.unit, ...(example.layer ? [example.layer] : [])];
  return unpacked(
    variant.name,
    zips.map((zip) => join(folder, 'dist', `${zip}.zip`)),
    folder,
  );
}

/**
 * The same by pip and a zip, both of the build image.
 * @param {(typeof examples)[number]} example
 * @param {string} runtime
 */
async function byPip(example, runtime) {
  const folder = join(work, `${example.name}-pip`);
  cpSync(join(root, 'examples', example.name), folder, { recursive: true });
  const context = join(folder, 'context');
  const trust = process.env.SSL_CERT_FILE ?? process.env.PIP_CERT;
  writeFileSync(
    join(folder, 'Dockerfile'),
    [
      `FROM ${local.get(`build-${runtime}`)} AS build`,
      'WORKDIR /project',
      'COPY . .',
      `RUN --mount=type=secret,id=ca PIP_CERT=$([ -s /run/secrets/ca ] && echo /run/secrets/ca) \\`,
      `    python3 -m pip install --quiet --target /out ${example.requirements.map((file) => `-r ${file}`).join(' ')}`,
      `RUN for folder in ${example.code.join(' ')}; do cp -r $folder/. /out/; done; python3 -m compileall -q /out || true`,
      `RUN cd /out && mkdir /zips && python3 -m zipfile -c /zips/all.zip *`,
      'FROM scratch',
      'COPY --from=build /zips/ /',
    ].join('\n'),
  );
  const secret = trust ? ['--secret', `id=ca,src=${trust}`] : [];
  await execa(docker, ['buildx', 'build', ...secret, '--output', context, folder], {
    env: engineEnvironment,
  });
  return unpacked('pip and zip', [join(context, 'all.zip')], folder);
}

/**
 * @param {string} name
 * @param {readonly string[]} zips a function's, and a layer's
 * @param {string} folder
 */
async function unpacked(name, zips, folder) {
  const places = [join(folder, 'task'), join(folder, 'opt')];
  let unzipped = 0;
  for (const [index, zip] of zips.entries()) {
    await execa('unzip', ['-q', zip, '-d', places[index] ?? '']);
    const { stdout } = await execa('du', ['-sb', '--apparent-size', places[index] ?? '']);
    unzipped += Number.parseInt(stdout, 10);
  }
  const zipped = zips.reduce((sum, zip) => sum + statSync(zip).size, 0);
  return {
    name,
    places: places.slice(0, zips.length),
    zipped,
    unzipped,
    seconds: /** @type {number[]} */ ([]),
  };
}

/**
 * Seconds that the import of a handler's module takes in a new container.
 * @param {(typeof examples)[number]} example
 * @param {{ readonly places: readonly string[] }} way
 * @param {string} runtime
 */
async function imported({ module }, { places }, runtime) {
  const program = `import time, importlib; t = time.perf_counter(); importlib.import_module(${JSON.stringify(module)}); print(time.perf_counter() - t)`;
  const mounts = places.flatMap((place, index) => [
    '--volume',
    `${place}:${index === 0 ? '/var/task' : '/opt'}:ro`,
  ]);
  const { stdout } = await execa(
    docker,
    [
      'run',
      '--rm',
      '--network=none',
      '--read-only',
      ...mounts,
      '--workdir=/var/task',
      '--env=PYTHONPATH=/var/task:/opt/python',
      '--env=LD_LIBRARY_PATH=/var/task/lib:/opt/lib',
      local.get(`runtime-${runtime}`) ?? '',
      'python3',
      '-c',
      program,
    ],
    { env: engineEnvironment },
  );
  return Number(stdout.trim().split('\n').at(-1));
}

/** @param {readonly number[]} values */
function median(values) {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** @param {number} bytes */
function mega(bytes) {
  return (bytes / 1e6).toFixed(1);
}
