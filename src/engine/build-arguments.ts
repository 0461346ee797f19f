import { type Builder, builderArguments } from './builders.js';

/** What of a solve the docker command is told; no secret of the project reaches its command line. */
export interface BuildCommand {
  /** Absolute path of the Dockerfile. */
  readonly dockerfile: string;
  /** Absolute path of the build context. */
  readonly context: string;
  readonly target: string;
  /** Images or folders by the names under which the Dockerfile uses them. */
  readonly namedContexts: Readonly<Record<string, string>>;
  /** Secrets by id; the docker command reads the files, pkgr never does. */
  readonly secrets: readonly SecretFile[];
  /** Secrets by id that are values; they reach the docker command in its environment. */
  readonly secretValues?: ReadonlyMap<string, string>;
  /** Whether the user's SSH agent is offered to the steps that ask for it. */
  readonly ssh: boolean;
  readonly noCache: boolean;
  /** A builder other than the one that is chosen in Docker. */
  readonly builder?: Builder;
  /** Caches beside the builder's own, as `--cache-from` and `--cache-to` take them. */
  readonly cacheFrom?: readonly string[];
  readonly cacheTo?: readonly string[];
}

export interface SecretFile {
  readonly id: string;
  /** Absolute path. */
  readonly file: string;
}

/**
 * Build arguments that Docker predefines and keeps out of its cache keys and history.
 * @see https://docs.docker.com/reference/dockerfile/#predefined-args
 */
const proxyNames = ['HTTP_PROXY', 'HTTPS_PROXY', 'FTP_PROXY', 'NO_PROXY', 'ALL_PROXY'];

/** The arguments of `docker` for one solve whose result comes as a tar stream on stdout. */
export function buildArguments(
  command: BuildCommand,
  environment: NodeJS.ProcessEnv,
): readonly string[] {
  const { dockerfile, context, target, namedContexts, secrets, secretValues } = command;
  const builder = builderArguments(command.builder);
  return [
    ...builder.global,
    'buildx',
    'build',
    ...builder.build,
    '-f',
    dockerfile,
    '--target',
    target,
    '--output',
    'type=tar,dest=-',
    '--progress',
    'rawjson',
    // Builders other than the engine's own would put a provenance.json beside the zips.
    '--provenance=false',
    ...Object.entries(namedContexts).flatMap(([name, value]) => [
      '--build-context',
      `${name}=${value}`,
    ]),
    ...secrets.flatMap(({ id, file }) => [
      '--secret',
      `${csvField(`id=${id}`)},${csvField(`src=${file}`)}`,
    ]),
    ...[...(secretValues?.keys() ?? [])].flatMap((id, index) => [
      '--secret',
      `${csvField(`id=${id}`)},env=${variableOf(index)}`,
    ]),
    ...(command.ssh ? ['--ssh', 'default'] : []),
    ...(command.noCache ? ['--no-cache'] : []),
    ...(command.cacheFrom ?? []).flatMap((spec) => ['--cache-from', spec]),
    ...(command.cacheTo ?? []).flatMap((spec) => ['--cache-to', spec]),
    // Named without a value: docker takes it from the environment, which other users cannot read.
    ...proxyNames
      .flatMap((name) => [name, name.toLowerCase()])
      .filter((name) => environment[name])
      .flatMap((name) => ['--build-arg', name]),
    context,
  ];
}

/** The variables in which the docker command finds the values of secrets. */
export function secretVariables(
  secretValues: BuildCommand['secretValues'],
): Readonly<Record<string, string>> {
  const values = [...(secretValues?.values() ?? [])];
  return Object.fromEntries(values.map((value, index) => [variableOf(index), value]));
}

/** A name of pkgr's own: the docker command itself obeys variables, such as DOCKER_HOST. */
function variableOf(index: number): string {
  return `PKGR_SECRET_${index + 1}`;
}

/** Docker reads the value of --secret as a line of CSV. */
function csvField(text: string): string {
  return /[",\r\n]|^\s/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
