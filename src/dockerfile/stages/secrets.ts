import type { BuildPlan } from '../../plan/index.js';
import type { Mount } from '../instruction.js';

/**
 * A secret is mounted while one RUN runs: it is in no layer, and of it only the id is part of
 * Docker's key. One that is not given is simply absent.
 * @see https://docs.docker.com/build/building/secrets/
 */
export interface Secret {
  readonly id: string;
  /** Where the RUN finds it. */
  readonly path: string;
  readonly mount: Mount;
}

/** Where the RUN finds the secrets that have no place of their own. */
export const SECRETS = '/run/secrets';

/** A private trust root for pip and package managers, such as a company proxy's. */
export const trustRoot: Secret = secret('ca');

/** Credentials for indexes and git hosts; pip and git look for it in the home folder. */
export const netrc: Secret = {
  id: 'netrc',
  path: '/root/.netrc',
  mount: { kind: 'secret', id: 'netrc', target: '/root/.netrc' },
};

/** The secret for each pip.conf of the plan, by the file's path below the project. */
export function pipConfSecrets(plan: BuildPlan): ReadonlyMap<string, Secret> {
  const paths = plan.dependencySets.flatMap(({ pipconf }) => pipconf ?? []);
  return new Map(
    [...new Set(paths)].map((path, index) => [
      path,
      secret(index === 0 ? 'pip-conf' : `pip-conf-${index + 1}`),
    ]),
  );
}

/** A variable of the install step whose value is a secret. */
export function variableSecret(name: string): Secret {
  return secret(`env-${name}`);
}

function secret(id: string): Secret {
  return { id, path: `${SECRETS}/${id}`, mount: { kind: 'secret', id } };
}
