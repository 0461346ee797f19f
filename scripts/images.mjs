#!/usr/bin/env node
/**
 * Makes the base images of images/, which need no registry: one Debian root a suite, and on it
 * the Dockerfile of each. An image is named by its content, so it is made once and found again.
 *
 * `node scripts/images.mjs [NAME...]` prints `NAME TAG` lines on stdout and exits 0, 75 without
 * an engine.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { ensureEngine } from './engine.mjs';
import { BOOTSTRAP, makeRoot, PLATFORM } from './images/root.mjs';
import { contentTag, suiteOf } from './images/tag.mjs';
import { withLock } from './lock.mjs';

const RECIPES = fileURLToPath(new URL('../images/', import.meta.url));

/**
 * The public image that each one stands in for in the tests. They are never tagged with these
 * names, which a person's engine may hold: a build is told with
 * `--build-context PUBLIC=docker-image://LOCAL`.
 * @type {Readonly<Record<string, string>>}
 */
export const publicNames = {
  'build-python3.11': 'public.ecr.aws/sam/build-python3.11:latest-x86_64',
  'build-python3.13': 'public.ecr.aws/sam/build-python3.13:latest-x86_64',
  'runtime-python3.11': 'public.ecr.aws/lambda/python:3.11',
  'runtime-python3.13': 'public.ecr.aws/lambda/python:3.13',
};

/** @typedef {(line: string) => void} Log */
/** @typedef {readonly (readonly [file: string, content: string])[]} Recipe */

/**
 * Finds or makes the named images. Safe to call from several processes at once: an image has
 * its name when it is whole, and one process makes it while the others wait.
 * @param {readonly string[]} names Folders of images/.
 * @param {{ log?: Log, docker?: string }} options `docker` is the command to use when the caller
 *   has an engine already.
 * @returns {Promise<Record<string, string>>} The tag of each name.
 * @throws {Error} when there is no engine or an image cannot be made.
 */
export async function ensureImages(names, { log = () => {}, docker } = {}) {
  const command = docker ?? (await anEngine(log));
  const tags = await Promise.all(
    names.map(async (name) => [name, await ensureImage(name, { docker: command, log })]),
  );
  return Object.fromEntries(tags);
}

/**
 * The tag of an image, made or not.
 * @param {string} name
 */
export function tagOf(name) {
  const recipe = readRecipe(name);
  return contentTag(name, [...recipe, ['', rootTag(suiteIn(name, recipe))]]);
}

/**
 * @param {string} name
 * @param {{ docker: string, log: Log }} options
 */
async function ensureImage(name, { docker, log }) {
  const tag = tagOf(name);
  const suite = suiteIn(name, readRecipe(name));
  return once({ tag, docker }, async () => {
    const root = await once({ tag: rootTag(suite), docker }, () =>
      makeRoot({ suite, tag: rootTag(suite), docker, log }),
    );
    const started = Date.now();
    const build = [
      'buildx',
      'build',
      // The engine's own builder: another one could not see the root, which is in the engine.
      ...['--builder', (await execa(docker, ['context', 'show'])).stdout.trim()],
      ...['--platform', PLATFORM, '--tag', tag, '--load', '--progress', 'plain'],
      ...['--build-context', `debian-${suite}=docker-image://${root}`],
      `${RECIPES}${name}`,
    ];
    const run = await execa(docker, build, { reject: false });
    if (run.failed)
      throw new Error(
        `images/${name} cannot be built:\n${run.stderr.split('\n').slice(-20).join('\n')}`,
      );
    log(`made ${tag} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  });
}

/**
 * @param {{ tag: string, docker: string }} image
 * @param {() => Promise<void>} make
 * @returns {Promise<string>}
 */
async function once({ tag, docker }, make) {
  const exists = async () =>
    !(await execa(docker, ['image', 'inspect', tag], { reject: false })).failed;
  if (await exists()) return tag;
  await withLock(`image-${tag.replace(/[/:]/g, '-')}`, async () => {
    if (!(await exists())) await make();
  });
  return tag;
}

/** @param {string} suite */
function rootTag(suite) {
  return contentTag(`debian-${suite}`, [['bootstrap', [...BOOTSTRAP, PLATFORM].join(' ')]]);
}

/**
 * @param {string} name
 * @param {Recipe} recipe
 */
function suiteIn(name, recipe) {
  const suite = suiteOf(new Map(recipe).get('Dockerfile') ?? '');
  if (suite === undefined) throw new Error(`images/${name}/Dockerfile has no FROM debian-SUITE`);
  return suite;
}

/**
 * The files of images/NAME, all of which are part of the image's name.
 * @param {string} name
 * @returns {Recipe}
 */
function readRecipe(name) {
  const known = readdirSync(RECIPES);
  if (!known.includes(name))
    throw new Error(`There is no image ${name}; images/ has ${known.join(', ')}.`);
  return readdirSync(`${RECIPES}${name}`).map((file) => [
    file,
    readFileSync(`${RECIPES}${name}/${file}`, 'utf8'),
  ]);
}

/** @param {Log} log */
async function anEngine(log) {
  const engine = await ensureEngine({ log });
  if (engine.kind === 'absent') throw new Error(engine.advice.join('\n'));
  return engine.docker;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const log = (/** @type {string} */ line) => void process.stderr.write(`images: ${line}\n`);
  const engine = await ensureEngine({ log });
  if (engine.kind === 'absent') {
    for (const line of engine.advice) log(line);
    process.exitCode = 75;
  } else {
    const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(publicNames);
    try {
      const tags = await ensureImages(names, { log, docker: engine.docker });
      for (const [name, tag] of Object.entries(tags)) process.stdout.write(`${name} ${tag}\n`);
    } catch (error) {
      log(error instanceof Error ? error.message : String(error));
      process.exitCode = 1;
    }
  }
}
