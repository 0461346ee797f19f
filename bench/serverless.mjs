#!/usr/bin/env node
/**
 * What packaging a service costs when nothing has changed: in `serverless package` with the plugin, and
 * in `pkgr build` of the same serverless.yml.
 *
 *     npm run build && node bench/serverless.mjs [ROUNDS]
 *
 * A service with 14 functions, as the old plugin takes it. Each round runs, one after the other and for
 * serverless 3.40 and osls 3: the framework with the plugin; the framework without it, which is given
 * the zips; and `pkgr build`. What the plugin adds is the difference of the first two in one round.
 * Printed are medians of wall seconds, and ratios to `pkgr build`; beside them the time that the plugin
 * tells itself, and the load of the machine. Needs an engine.
 */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { ensureEngine } from '../scripts/engine.mjs';
import { commands, ensureFrameworks } from '../scripts/frameworks.mjs';
import { ensureImages, publicNames } from '../scripts/images.mjs';

const root = join(import.meta.dirname, '..');
const rounds = Number(process.argv[2] ?? 11);
const image = 'build-python3.11';
const log = (/** @type {string} */ line) => console.error(line);

const engine = await ensureEngine({ log });
if (engine.kind === 'absent') throw new Error(engine.advice.join('\n'));
const tags = await ensureImages([image], { log, docker: engine.docker });
const env = {
  ...engine.env,
  PKGR_BUILD_CONTEXTS: `${publicNames[image]}=docker-image://${tags[image]}`,
  SLS_TELEMETRY_DISABLED: '1',
  SLS_NOTIFICATIONS_MODE: 'off',
  AWS_EC2_METADATA_DISABLED: 'true',
};
const folder = service(realpathSync(mkdtempSync(join(tmpdir(), 'pkgr-bench-'))));
const frameworks = await ensureFrameworks();

const pkgr = () => timed(join(root, 'dist/cli/main.js'), ['build', '--stage', 'dev']);
const names = /** @type {const} */ (['serverless', 'osls']);
const framework = (/** @type {keyof typeof commands} */ name, /** @type {string} */ file) =>
  timed(join(frameworks, commands[name]), ['package', '--stage', 'dev', '--config', file]);

log('building and packaging once, so that everything is there');
await pkgr();
for (const name of names) await framework(name, 'serverless.yml');

/** @type {Record<string, number[]>} */
const seconds = {};
const note = (/** @type {string} */ what, /** @type {number} */ value) => {
  seconds[what] = [...(seconds[what] ?? []), value];
};
const before = loadavg();
for (let round = 0; round < rounds; round += 1) {
  note('pkgr build', (await pkgr()).seconds);
  for (const name of names) {
    const plain = await framework(name, 'without.yml');
    const plugin = await framework(name, 'serverless.yml');
    const told = /14 packaged by pkgr: 0 built, 14 unchanged \((\d+\.\d)s\)/.exec(plugin.output);
    if (told === null) throw new Error(plugin.output);
    note(`${name} without the plugin`, plain.seconds);
    note(`${name} with the plugin`, plugin.seconds);
    note(`${name}: what the plugin adds`, plugin.seconds - plain.seconds);
    note(`${name}: what the plugin tells`, Number(told[1]));
  }
  log(`round ${round + 1} of ${rounds}`);
}
rmSync(folder, { recursive: true });

const usual = median(seconds['pkgr build'] ?? []);
console.log(
  `14 functions, nothing changed, ${rounds} rounds; load ${shown(before)} before, ${shown(loadavg())} after\n`,
);
console.log('| | median s | least - most s | ratio to pkgr build |\n|---|---|---|---|');
for (const [what, values] of Object.entries(seconds)) {
  const range = `${Math.min(...values).toFixed(2)} - ${Math.max(...values).toFixed(2)}`;
  const time = median(values);
  console.log(`| ${what} | ${time.toFixed(2)} | ${range} | ${(time / usual).toFixed(2)} |`);
}

/**
 * A service of 14 functions, with pkgr where Node finds it, and the same without the plugin.
 * @param {string} place
 */
function service(place) {
  const keys = Array.from({ length: 14 }, (_, index) => `function_${index + 1}`);
  /** @type {Record<string, string>} */
  const files = {
    'functions/requirements.txt': 'humanize==4.15.0\n',
    'common_files/events.py': 'def of(event): return event["detail"]\n',
    'serverless.yml': configuration(keys, true),
    'without.yml': configuration(keys, false),
  };
  for (const [index, key] of keys.entries()) {
    files[`functions/${key}/lambda.py`] = `def handler(event, context): return "${key}"\n`;
    if (index % 3 === 0) files[`functions/${key}/requirements.txt`] = 'six==1.17.0\n';
  }
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(place, 'service', name)), { recursive: true });
    writeFileSync(join(place, 'service', name), text);
  }
  mkdirSync(join(place, 'node_modules'));
  symlinkSync(root, join(place, 'node_modules/pkgr'));
  return place;
}

/**
 * @param {readonly string[]} keys
 * @param {boolean} hasPlugin otherwise the zips are taken as they are
 */
function configuration(keys, hasPlugin) {
  const functions = keys.map((key) => {
    const packaging = hasPlugin
      ? { include: [`functions/${key}`] }
      : { artifact: `_build/bench-dev-${key}.zip` };
    return [key, { handler: 'lambda.handler', package: packaging }];
  });
  return JSON.stringify({
    service: 'bench',
    provider: { name: 'aws', runtime: 'python3.11' },
    package: { individually: true },
    ...(hasPlugin && { plugins: ['pkgr'] }),
    custom: { soclessPackager: { buildDir: '_build' } },
    functions: Object.fromEntries(functions),
  });
}

/**
 * Wall seconds of a command of Node's in the service, and what it says.
 * @param {string} program
 * @param {readonly string[]} arguments_
 */
async function timed(program, arguments_) {
  const started = performance.now();
  const { all } = await execa(process.execPath, [program, ...arguments_], {
    cwd: join(folder, 'service'),
    env,
    stdin: 'ignore',
    all: true,
  });
  return { seconds: (performance.now() - started) / 1000, output: all };
}

/** @param {readonly number[]} values */
function median(values) {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** @param {readonly number[]} load */
function shown(load) {
  return load.map((one) => one.toFixed(1)).join(' ');
}
