import {
  type Diagnostic,
  ExitCode,
  type Location,
  type ManifestWords,
  pkgrWords,
} from '../diagnostics/index.js';
import { engineHint } from './engine-hints.js';
import type { SolveFailure } from './failure.js';
import { imageHint } from './image-hints.js';
import { kindOfWords, ownWords } from './own-words.js';
import { stepHint, tellingLine } from './step-hints.js';

/** What the plan knows about the place of a failure. */
export interface FailurePlace {
  /** What the failed stage does, such as `install deps-1`. */
  readonly task?: string;
  /** Where the manifest asks for what has failed. */
  readonly at?: Location;
  /** The image that the step runs in, as the manifest names it, and where it does. */
  readonly image?: string;
  readonly imageAt?: Location;
  /** The unit that is not built, or all of them when they share what has failed. */
  readonly unit?: string;
  readonly units?: readonly string[];
  /** How the manifest calls what hints name; as pkgr.yml when absent. */
  readonly words?: ManifestWords;
}

/** Lines of a failed step's log that are shown. */
const SHOWN = 20;

/** Says a failure to people; what it is about comes from the plan. */
export function describeFailure(failure: SolveFailure, where: FailurePlace): Diagnostic {
  const { code, message, hint, details } = describe(failure, where);
  // Whichever of the steps that run in an unfit image comes first.
  const at = (code === 'wrong-python' ? where.imageAt : undefined) ?? where.at;
  return {
    code,
    severity: 'error',
    message,
    ...(at === undefined ? {} : { at }),
    ...(hint === undefined ? {} : { hint }),
    ...(details === undefined || details.length === 0 ? {} : { details }),
  };
}

/** The exit code that a failure alone means: 75 when trying again may help, 2 for a machine that cannot build. */
export function failureExitCode(failure: SolveFailure): ExitCode {
  switch (failure.kind) {
    case 'engine-unreachable':
    case 'engine-died':
      return ExitCode.tryAgain;
    case 'image-unavailable':
      return failure.transient ? ExitCode.tryAgain : ExitCode.buildFailed;
    case 'buildx-missing':
    case 'engine-too-old':
    case 'ssh-agent-missing':
      return ExitCode.wrongInput;
    case 'interrupted':
      return ExitCode.interrupted;
    default:
      return ExitCode.buildFailed;
  }
}

type Described = Pick<Diagnostic, 'code' | 'message'> & {
  readonly hint?: string | undefined;
  readonly details?: readonly string[] | undefined;
};

function describe(failure: SolveFailure, where: FailurePlace): Described {
  const units = forUnits(where);
  const { words = pkgrWords } = where;
  switch (failure.kind) {
    case 'step-failed':
      return toldByPrograms(failure, where) ?? unfitImage(failure, where) ?? failed(failure, where);
    case 'image-unavailable': {
      const message = `The image ${failure.image}${units} could not be pulled`;
      const details = failure.text.split('\n').slice(-SHOWN);
      return { code: 'image-unavailable', message, hint: imageHint(failure, words), details };
    }
    case 'missing-file':
      return missingFile(failure, units);
    case 'disk-full': {
      const hint =
        'Make room where the engine keeps its data, for example with `docker builder prune`, and build again.';
      const message = `The Docker engine has no space left${inStep(failure)}`;
      return { code: 'disk-full', message, hint, details: [failure.text] };
    }
    case 'interrupted':
      return { code: 'interrupted', message: 'The build was interrupted' };
    case 'cache-unwritten':
      return {
        code: 'cache-not-written',
        message: 'The cache of the build could not be written',
        details: failure.text.split('\n').slice(-SHOWN),
      };
    case 'other':
      return {
        code: 'build-failed',
        message: `The build${units} failed${inStage(failure)}`,
        details: failure.text.split('\n').slice(-SHOWN),
      };
    default:
      return engineHint(failure, words);
  }
}

type StepFailed = Extract<SolveFailure, { readonly kind: 'step-failed' }>;

/** What pkgr's own programs inside the build say is the message. */
function toldByPrograms({ log }: StepFailed, where: FailurePlace): Described | undefined {
  const [first, ...others] = ownWords(log);
  if (first === undefined) return undefined;
  const who = names(where);
  const message = who === '' ? first.text : `${who}: ${first.text}`;
  return {
    ...kindOfWords(first, where.words ?? pkgrWords),
    message,
    details: others.map(({ text }) => text),
  };
}

/** What an image lacks in which pkgr's programs cannot run, by what the engine or the shell says. */
const unfit: readonly (readonly [RegExp, string])[] = [
  [/^\S*sh: (?:line )?(?:\d+: )?python3: (?:command )?not found/m, 'python3'],
  [/exec: "\/bin\/sh": (?:stat|executable|no such)/, 'shell'],
  [/unable to find (?:user|groups for spec) root/, 'user root'],
];

/** An image in which pkgr's programs cannot run. */
function unfitImage({ log, error }: StepFailed, where: FailurePlace): Described | undefined {
  const words = [...log, error].join('\n');
  const lacks = unfit.find(([sign]) => sign.test(words))?.[1];
  if (lacks === undefined) return undefined;
  const image = where.image === undefined ? 'The image' : `The image ${where.image}`;
  return {
    code: 'wrong-python',
    message: `${image}${forUnits(where)} has no ${lacks}`,
    hint: `choose an image that has the Python of the runtime, with pip and a shell; without \`${(where.words ?? pkgrWords).image}:\` the default one of the runtime is used`,
  };
}

function failed(failure: StepFailed, where: FailurePlace): Described {
  const { step, exitCode, error, log } = failure;
  const { task, words = pkgrWords } = where;
  const units = forUnits(where);
  const end = exitCode === undefined ? 'could not be run' : `ended with exit code ${exitCode}`;
  const message =
    task === undefined
      ? `A step of the build${units} ${end}: ${shortened(step)}${inStage(failure)}`
      : `The step "${task}"${units} ${end}${inStage(failure)}`;
  const details = exitCode === undefined ? [...log, ...error.split('\n')] : log;
  return { code: 'step-failed', message, hint: stepHint(failure, words), details: endOf(details) };
}

/** The last lines, below the one that tells what is missing, if that stands further up. */
function endOf(lines: readonly string[]): readonly string[] {
  const told = tellingLine(lines);
  if (told === undefined || lines.indexOf(told) >= lines.length - SHOWN) return lines.slice(-SHOWN);
  return [told, '[...]', ...lines.slice(2 - SHOWN)];
}

function missingFile(
  failure: Extract<SolveFailure, { readonly kind: 'missing-file' }>,
  units: string,
): Described {
  const { path, within, ignoreFile } = failure;
  if (within === 'stage') {
    const message = `The build${units} did not make a file that it needs: ${path}${inStep(failure)}`;
    return { code: 'build-failed', message };
  }
  if (within === 'machine') {
    const message = `A file for the build${units} cannot be read: ${path}`;
    return { code: 'missing-file', message, hint: 'Check that it exists and can be read.' };
  }
  const message = `A file that the build${units} needs was not sent to the engine: ${path}`;
  const hint =
    ignoreFile === undefined
      ? 'Check that it exists, that no `exclude` or .dockerignore line leaves it out, and that no link on its way leads out of the project.'
      : `Check that it exists, that no line of ${ignoreFile} leaves it out, and that no link on its way leads out of that folder.`;
  return { code: 'missing-file', message, hint };
}

function forUnits(where: FailurePlace): string {
  const named = names(where);
  return named === '' ? '' : ` of ${named}`;
}

function names({ unit, units = [] }: FailurePlace): string {
  const all = unit === undefined ? units : [unit];
  const named = all.slice(0, 3).join(', ');
  return all.length > 3 ? `${named} and ${all.length - 3} more` : named;
}

function inStep({ step, ...failure }: { readonly step?: string; readonly stage?: string }): string {
  return step === undefined ? '' : `, in ${shortened(step)}${inStage(failure)}`;
}

function inStage({ stage }: { readonly stage?: string }): string {
  return stage === undefined ? '' : ` (stage ${stage})`;
}

/** An instruction on one line; heredocs and long commands are cut. */
function shortened(step: string): string {
  const line = step.replace(/\s+/g, ' ').trim();
  return line.length > 120 ? `${line.slice(0, 117)}...` : line;
}
