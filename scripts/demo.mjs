#!/usr/bin/env node
/**
 * `npm run demo`: builds examples/socless-slack to zips with pkgr's own command line, shows what is
 * in them, and builds again to show that nothing is done twice.
 */
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { ensureEngine } from './engine.mjs';
import { ensureImages, publicNames } from './images.mjs';
import { printZip } from './zip-listing.mjs';

const EXAMPLE = fileURLToPath(new URL('../examples/socless-slack/', import.meta.url));
const CLI = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
/** The images that stand in for the public one when no registry can be reached. */
const IMAGE = 'build-python3.11';

/** @param {string} line */
const say = (line) => console.log(line);

say(
  'pkgr builds examples/socless-slack: two functions with shared code and shared dependencies.\n',
);
const engine = await ensureEngine({ log: say });
const setting = engine.kind === 'ready' ? await dockerSetting(engine) : hostSetting(engine.advice);

say('\nFirst build:');
await pkgr('build');
say('\nThe zips:');
for (const name of readdirSync(`${EXAMPLE}dist`).sort()) {
  if (name.endsWith('.zip')) await printZip(`${EXAMPLE}dist/${name}`, say);
}
say('\nThe same build again:');
await pkgr('build');
if (engine.kind === 'ready') {
  say('\nThe Dockerfiles, for docker buildx build used directly:');
  await pkgr('gen');
}

/** @param {string} command */
async function pkgr(command) {
  const options = command === 'build' ? setting.options : [];
  say(`$ pkgr ${[command, ...options].join(' ')}`);
  const { exitCode } = await execa('node', [CLI, command, ...options], {
    cwd: EXAMPLE,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: setting.env,
    reject: false,
  });
  if (exitCode !== 0) process.exit(exitCode ?? 1);
}

/**
 * The public image is used where it can be had, as every user would.
 * @param {import('./engine.mjs').ReadyEngine} engine
 */
async function dockerSetting(engine) {
  const image = publicNames[IMAGE] ?? '';
  const pull = await execa(engine.docker, ['pull', '--quiet', image], {
    reject: false,
    timeout: 300_000,
  });
  if (pull.exitCode === 0) return { options: [], env: engine.env };
  say(`${image} cannot be pulled here; a Debian image made by images/ stands in for it.`);
  const tags = await ensureImages([IMAGE], { log: say, docker: engine.docker });
  const contexts = `${image}=docker-image://${tags[IMAGE]}`;
  return { options: [], env: { ...engine.env, PKGR_BUILD_CONTEXTS: contexts } };
}

/** @param {readonly string[]} advice */
function hostSetting(advice) {
  for (const line of advice) say(line);
  say('Until then the same zips are packed on this machine itself.');
  return { options: ['--engine', 'host'], env: {} };
}
