import type { BuildPlan } from '../plan/index.js';
import { shellWord } from './quote.js';
import { netrc, pipConfSecrets, trustRoot } from './stages/index.js';

/** How every generated Dockerfile begins, so that pkgr knows its own. */
export const GENERATED_MARK = '# Written by pkgr from ';

/** A `docker buildx build` that a person can run in the project's folder, as one line. */
export interface BuildCommand {
  /** Path of the Dockerfile below the project. */
  readonly dockerfile: string;
  readonly target?: string;
  readonly output: string;
  /** Files for secrets, by id; paths as the person would write them. */
  readonly secrets: ReadonlyMap<string, string>;
  readonly ssh: boolean;
}

export function printBuildCommand(command: BuildCommand): string {
  const words = ['docker', 'buildx', 'build', '-f', command.dockerfile];
  if (command.target !== undefined) words.push('--target', command.target);
  for (const [id, file] of command.secrets) words.push('--secret', csv(`id=${id}`, `src=${file}`));
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

/** The pip.conf files of the plan as secrets, which every machine has at the same path. */
export function projectSecrets(plan: BuildPlan): Map<string, string> {
  return new Map([...pipConfSecrets(plan)].map(([path, secret]) => [secret.id, path]));
}

/** Whether a step of the plan talks to a git host over SSH. */
export function usesSsh(plan: BuildPlan): boolean {
  return plan.dependencySets.some((set) => set.usesSsh);
}

/** What a generated file says of itself; the same on every machine. */
export function headerLines(
  plan: BuildPlan,
  dockerfile: string,
  target?: string,
): readonly string[] {
  const command = {
    dockerfile,
    output: plan.output,
    secrets: projectSecrets(plan),
    ssh: usesSsh(plan),
  };
  const first = plan.units[0]?.target ?? 'NAME';
  const commands =
    target === undefined
      ? [
          printBuildCommand(command),
          `${printBuildCommand({ ...command, target: first })}   (only ${first})`,
        ]
      : [printBuildCommand(command)];
  return [
    `${GENERATED_MARK.slice(2)}${plan.manifest}: change that file, then run \`pkgr gen\`.`,
    '',
    ...commands.map((line) => `  ${line}`),
    '',
    `If pip needs them: --secret id=${trustRoot.id},src=FILE (a private trust root, PEM),`,
    `--secret id=${netrc.id},src=FILE (credentials). No secret is kept in a layer.`,
  ];
}
