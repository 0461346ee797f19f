import { majorOf, OLDEST_ENGINE } from './version.mjs';

/** @typedef {import('./probe.mjs').Facts} Facts */
/** @typedef {import('./probe.mjs').Client} Client */
/** @typedef {Client & { readonly server: string, readonly buildx: string }} UsableClient */

/**
 * What to do about the engine. `wait`: a daemon runs that does not answer yet.
 * @typedef {{ readonly kind: 'use', readonly client: UsableClient }
 *   | { readonly kind: 'wait' }
 *   | { readonly kind: 'start', readonly daemon: string }
 *   | { readonly kind: 'install' }
 *   | { readonly kind: 'advise', readonly advice: readonly [string, string, string] }} Action
 */

/**
 * Decides from the facts alone. An engine that answers is never replaced, a daemon that runs is
 * never joined by a second one (it would take the first one's network bridge), and data that
 * this script did not make is never opened.
 * @param {Facts} facts
 * @param {{ readonly install: boolean }} wish
 * @returns {Action}
 */
export function decide(facts, wish) {
  const usable = facts.clients.find(isUsable);
  if (usable !== undefined) return { kind: 'use', client: usable };

  const answering = facts.clients.find((client) => client.server !== undefined);
  if (answering?.server !== undefined) return { kind: 'advise', advice: tooOld(answering) };

  const denied = facts.clients.find((client) => /permission denied/i.test(client.error));
  if (denied !== undefined) return advise('The Docker engine refuses this user.', MAY_USE);

  if (facts.elsewhere !== undefined)
    return advise(
      `Docker is told to use ${facts.elsewhere}, and nothing answers there.`,
      'Start that engine, or unset DOCKER_HOST and DOCKER_CONTEXT to use the one of this machine.',
    );
  if (facts.running) return { kind: 'wait' };
  if (!facts.root) return advise('No Docker engine answers.', MAY_START);
  if (facts.foreignData)
    return advise(
      'No Docker engine answers, and /var/lib/docker holds the data of one that pkgr did not set up.',
      'Start that engine yourself (for example: systemctl start docker).',
    );

  const complete = facts.clients.some((client) => client.buildx !== undefined);
  if (facts.daemon !== undefined && complete && majorOf(facts.daemon.version) >= OLDEST_ENGINE)
    return { kind: 'start', daemon: facts.daemon.path };
  if (facts.daemon !== undefined && majorOf(facts.daemon.version) < OLDEST_ENGINE)
    return advise(`The dockerd of this machine is too old (${facts.daemon.version}).`, MAY_START);

  const debian = [facts.system.id, ...facts.system.like].some((id) => /^(debian|ubuntu)$/.test(id));
  if (debian && wish.install) return { kind: 'install' };
  return advise('No Docker engine answers.', MAY_START);
}

const MAY_START = `Start Docker Desktop, or install Docker Engine ${OLDEST_ENGINE} or later with buildx (https://docs.docker.com/engine/install/).`;
const MAY_USE = 'Add the user to the group "docker" and log in again, or run this command as root.';

/**
 * The three lines that a person needs: what is wrong, what to do, what works meanwhile.
 * @param {string} problem
 * @param {string} remedy
 * @returns {{ kind: 'advise', advice: readonly [string, string, string] }}
 */
export function advise(problem, remedy) {
  return {
    kind: 'advise',
    advice: [problem, remedy, 'Until then, "--engine host" packs what needs no image.'],
  };
}

/**
 * @param {Client} client
 * @returns {client is UsableClient}
 */
function isUsable(client) {
  return majorOf(client.server) >= OLDEST_ENGINE && client.buildx !== undefined;
}

/**
 * @param {Client} client
 * @returns {readonly [string, string, string]}
 */
function tooOld(client) {
  const old = majorOf(client.server) < OLDEST_ENGINE;
  return advise(
    old
      ? `The Docker engine answers, but it is ${client.server} and pkgr needs ${OLDEST_ENGINE} or later.`
      : `The Docker engine ${client.server} answers, but ${client.path} has no buildx plugin.`,
    old
      ? 'Upgrade it (https://docs.docker.com/engine/install/); pkgr does not touch an engine in use.'
      : 'Install the plugin: the package docker-buildx, docker-buildx-plugin or the one in Docker Desktop.',
  ).advice;
}
