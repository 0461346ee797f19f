import {
  type BuildPlan,
  type DependencySet,
  ownBaseOf,
  type PlannedBase,
  type PlannedUnit,
} from '../plan/index.js';
import { shellWord } from './quote.js';
import { netrc, pipConfSecrets, trustRoot, variableSecret } from './stages/index.js';

/** How every generated Dockerfile begins, so that pkgr knows its own. */
export const GENERATED_MARK = '# Written by pkgr from ';

/** A `docker buildx build` that a person can run in the project's folder, as one line. */
export interface BuildCommand {
  /** Path of the Dockerfile below the project. */
  readonly dockerfile: string;
  readonly target?: string;
  readonly output: string;
  /** Folders below the project that named contexts are, by their names. */
  readonly contexts: ReadonlyMap<string, string>;
  /** Files for secrets, by id; paths as the person would write them. */
  readonly secrets: ReadonlyMap<string, string>;
  /** Names of variables of the environment that are secrets too. */
  readonly secretVariables: readonly string[];
  readonly ssh: boolean;
}

export function printBuildCommand(command: BuildCommand): string {
  const words = ['docker', 'buildx', 'build', '-f', command.dockerfile];
  if (command.target !== undefined) words.push('--target', command.target);
  for (const [id, path] of command.contexts) words.push('--build-context', `${id}=./${path}`);
  for (const [id, file] of command.secrets) words.push('--secret', csv(`id=${id}`, `src=${file}`));
  for (const name of command.secretVariables) {
    words.push('--secret', csv(`id=${variableSecret(name).id}`, `env=${name}`));
  }
  if (command.ssh) words.push('--ssh', 'default');
  // Alone a path is the folder, but only where it cannot be read as options or as stdout.
  const isPlain = /^[^",=]+$/.test(command.output) && command.output !== '-';
  const output = isPlain ? command.output : csv('type=local', `dest=${command.output}`);
  words.push('--output', output, '.');
  return words.map(shellWord).join(' ');
}

/** Docker reads the values of --secret and --output as a line of CSV. */
function csv(...fields: readonly string[]): string {
  return fields
    .map((field) => (/[",]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field))
    .join(',');
}

/**
 * The pip.conf files as secrets, which every machine has at the same path; their paths by id.
 * @param units only what these units need
 */
export function projectSecrets(
  plan: BuildPlan,
  units: readonly PlannedUnit[] = plan.units,
): Map<string, string> {
  const paths = new Set(setsOf(plan, units).map(({ pipconf }) => pipconf));
  const needed = [...pipConfSecrets(plan)].filter(([path]) => paths.has(path));
  return new Map(needed.map(([path, secret]) => [secret.id, path]));
}

/** The folders that own Dockerfiles of these units copy from, below the project, by the names of their contexts. */
export function ownContexts(
  plan: BuildPlan,
  units: readonly PlannedUnit[] = plan.units,
): ReadonlyMap<string, string> {
  const asked = new Set(units.map(({ name }) => name));
  const needed = plan.contexts.filter((context) => context.units.some((name) => asked.has(name)));
  return new Map(needed.map(({ id, path }) => [id, path]));
}

/** Names of the variables whose values the steps of these units get as secrets, sorted. */
export function secretVariables(
  plan: BuildPlan,
  units: readonly PlannedUnit[] = plan.units,
): readonly string[] {
  const names = setsOf(plan, units).flatMap(({ secretEnvironment = [] }) => secretEnvironment);
  return [...new Set(names)].sort();
}

/** Whether a step that these units need talks to a git host over SSH, or says that it does. */
export function usesSsh(plan: BuildPlan, units: readonly PlannedUnit[] = plan.units): boolean {
  const bases = new Set(units.map(({ base }) => base));
  const usesIt = (base: PlannedBase) =>
    base.kind === 'dockerfile' && bases.has(base.id) && ownBaseOf(base).usesSsh;
  return setsOf(plan, units).some((set) => set.usesSsh) || plan.bases.some(usesIt);
}

/** The dependency sets that these units need. */
export function setsOf(plan: BuildPlan, units: readonly PlannedUnit[]): readonly DependencySet[] {
  const needed = new Set(units.map(({ dependencies }) => dependencies));
  return plan.dependencySets.filter(({ id }) => needed.has(id));
}

/** What a generated file says of itself; the same on every machine. */
export function headerLines(
  plan: BuildPlan,
  dockerfile: string,
  unit?: PlannedUnit,
): readonly string[] {
  const commandFor = (units: readonly PlannedUnit[], target?: string) =>
    printBuildCommand({
      dockerfile,
      ...(target !== undefined && { target }),
      output: plan.output,
      contexts: ownContexts(plan, units),
      secrets: projectSecrets(plan, units),
      secretVariables: secretVariables(plan, units),
      ssh: usesSsh(plan, units),
    });
  const example = () =>
    plan.units
      .slice(0, 1)
      .map((first) => `${commandFor([first], first.target)}   (only ${first.target})`);
  const commands =
    unit === undefined ? [commandFor(plan.units), ...example()] : [commandFor([unit])];
  return [
    `${GENERATED_MARK.slice(2)}${plan.manifest}: change that file, then run \`pkgr gen\`.`,
    '',
    ...commands.map((line) => `  ${line}`),
    '',
    `If pip needs them: --secret id=${trustRoot.id},src=FILE (a private trust root, PEM),`,
    `--secret id=${netrc.id},src=FILE (credentials). No secret is kept in a layer.`,
  ];
}
