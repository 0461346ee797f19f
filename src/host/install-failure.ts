import type { ManifestWords } from '../diagnostics/index.js';
import type { Runtime } from '../project/index.js';
import { Problem } from './problem.js';
import type { ProgramEnd } from './run-program.js';
import type { Target } from './target.js';

/** Lines of pip's output that are shown. */
const SHOWN = 15;

/** What was being installed when it failed. */
export interface Installing {
  /** The units that need it, for people. */
  readonly units: string;
  readonly runtime: Runtime;
  readonly target: Target;
  /** Whether the machine is not the target, so that pip took only wheels that are made for it. */
  readonly onlyWheels: boolean;
  readonly words: ManifestWords;
}

/** Says why pip has failed, as far as its output tells. */
export function installFailed(what: Installing, { exitCode, lines }: ProgramEnd): Problem {
  const end = exitCode === undefined ? 'was ended by a signal' : `ended with exit code ${exitCode}`;
  const told = lines.filter((line) => line.trim() !== '').slice(-SHOWN);
  const message = `pip ${end} while installing the requirements of ${what.units}`;
  return new Problem('install-failed', message, hintFor(what, lines.join('\n')), told);
}

function hintFor(what: Installing, log: string): string | undefined {
  const { withDocker, index } = what.words;
  if (/Retrying \(Retry\(|Could not fetch URL|SSLError|CERTIFICATE_VERIFY_FAILED/.test(log)) {
    return `the package index could not be reached: a proxy is told by HTTPS_PROXY, its trust root by PIP_CERT, an index of your own by ${index}`;
  }
  if (/Cannot find command '?git'?/.test(log)) return `install git, or ${withDocker}`;
  if (!what.onlyWheels) return undefined;
  const missing = /(?:No matching distribution found for|requirement) ([A-Za-z0-9][\w.-]*)/.exec(
    log,
  );
  if (/No matching distribution found/.test(log) && missing?.[1] !== undefined) {
    const name = missing[1];
    return `${name} may have no wheel for ${targetName(what)}, and it is not compiled here: ${withDocker}, choose another version, or, if it is pure Python, add the line --no-binary ${name} to a requirements file`;
  }
  if (/is not a supported wheel on this platform/.test(log)) {
    return `the wheel is not made for ${targetName(what)}: add one that is, or ${withDocker}`;
  }
  if (/--no-binary must not be set/.test(log)) {
    return `write --no-binary into a requirements file, or ${withDocker}`;
  }
  return undefined;
}

/** What pip has compiled here cannot be taken to the target. */
export function compiledHere(what: Installing, names: readonly string[]): Problem {
  return new Problem(
    'install-failed',
    `${names.join(', ')} of ${what.units} would have to be compiled for ${targetName(what)}, and this machine is another`,
    what.words.withDocker,
  );
}

/** pip has evaluated markers for this machine where the target's might say something else. */
export function decidedForThisMachine(what: Installing, requirements: readonly string[]): Problem {
  return new Problem(
    'install-failed',
    `pip decides requirements of ${what.units} for this machine, which is not ${targetName(what)}`,
    what.words.withDocker,
    requirements.slice(0, SHOWN),
  );
}

/** Names of what pip has built as a wheel for this machine only, from its output. */
export function builtForThisMachine({ lines }: ProgramEnd): readonly string[] {
  return lines.flatMap((line) => {
    const wheel = /Created wheel for (\S+): filename=\S*-([^-\s]+)\.whl\b/.exec(line);
    if (wheel !== null) return wheel[2] === 'any' ? [] : (wheel[1] ?? []);
    // Without the package `wheel`, an old pip lets setup.py install; of what is not known.
    return /Running setup\.py install for ([\w.-]+)/.exec(line)?.[1] ?? [];
  });
}

function targetName({ runtime, target }: Installing): string {
  return `Lambda's ${runtime} on ${target.cpu} (glibc 2.${target.glibcMinor})`;
}
