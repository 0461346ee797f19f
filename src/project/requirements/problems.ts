import { posix } from 'node:path';
import type { Diagnostic, Location } from '../../diagnostics/index.js';
import type { Refusal } from './marker.js';
import { quote, withoutSecrets } from './quote.js';

const onlyProject = 'Docker is given only the project folder';

/** What a path stands for, as a diagnostic names it. */
export type Subject =
  | 'the requirements file'
  | 'the constraints file'
  | 'the project folder'
  | 'the package'
  | 'the index'
  | 'the folder of --find-links';

export function refusedLine(refusal: Omit<Refusal, 'kind'>, at: Location): Diagnostic {
  return problem('invalid-requirement', refusal.problem, at, refusal.hint);
}

export function missing(subject: Subject, path: string, at: Location, hint?: string): Diagnostic {
  return problem('missing-file', `${subject} ${quote(path)} does not exist`, at, hint);
}

export function unreadable(subject: Subject, path: string, why: string, at: Location): Diagnostic {
  return problem('missing-file', `${subject} ${quote(path)} cannot be read: ${why}`, at);
}

export function unnameable(path: string, why: string, at: Location): Diagnostic {
  const hint =
    why === 'has a backslash' ? `write slashes: ${path.replaceAll('\\', '/')}` : undefined;
  const message = `the path ${quote(path)} ${why}, so no Dockerfile can name it`;
  return problem('unnameable-path', message, at, hint ?? 'rename it');
}

export function wrongKind(path: string, is: string, needed: string, at: Location): Diagnostic {
  return problem('not-a-directory', `${quote(path)} is a ${is}, where ${needed} is needed`, at);
}

/** A path leads out of the project by `..`, or starts at the machine's root. */
export function outside(
  subject: Subject,
  path: string,
  kind: 'outside' | 'absolute',
  at: Location,
  hint = `${onlyProject}: copy the file into it`,
): Diagnostic {
  const code = subject === 'the package' ? 'requirement-not-local' : 'outside-project';
  const where =
    kind === 'absolute' ? 'is an absolute path of this machine' : 'lies outside the project';
  return problem(code, `${subject} ${quote(path)} ${where}`, at, hint);
}

export function linkOutside(subject: Subject, path: string, at: Location): Diagnostic {
  const message = `${subject} ${quote(path)} is reached by a link that leads out of the project`;
  const hint = `${onlyProject}: put the file itself in the place of the link`;
  return problem('link-outside-project', message, at, hint);
}

export function notInstallable(path: string, at: Location): Diagnostic {
  return problem(
    'invalid-requirement',
    `the folder ${quote(path)} has neither pyproject.toml nor setup.py, so pip cannot install it`,
    at,
  );
}

export function localRepository(text: string, at: Location): Diagnostic {
  return problem(
    'requirement-not-local',
    `${quote(text)} is a repository of this machine, which the build cannot reach`,
    at,
    'install the folder instead, such as ./lib, or give the URL of a server',
  );
}

/** pip goes on without a place to look for packages, and may then take others from elsewhere. */
export function ignoredPlace(
  subject: Subject,
  path: string,
  at: Location,
  hint?: string,
): Diagnostic {
  const message = `${subject} ${quote(path)} is neither a URL nor in the project; pip will ignore it`;
  return warning('missing-file', message, at, hint);
}

export function placeInImage(subject: Subject, path: string, at: Location): Diagnostic {
  const message = `${subject} ${quote(path)} is looked for in the image, not on this machine`;
  return warning('outside-project', message, at, `${onlyProject}: copy it there if it is yours`);
}

export function insecureCredentials(host: string, at: Location): Diagnostic {
  const whose = host === '' ? 'a URL' : `the URL of ${host}`;
  return warning(
    'insecure-credentials',
    `a password or token is written into ${whose}`,
    at,
    'move it to the file that pipconf: names, or to a netrc file, which no image keeps',
  );
}

export function circle(path: string, at: Location): Diagnostic {
  const message = `${quote(path)} leads back to itself here, which pip refuses`;
  return warning(
    'invalid-requirement',
    message,
    at,
    'remove one of the -r or -c lines of the circle',
  );
}

export function empty(path: string): Diagnostic {
  const message = 'the requirements file is empty, so nothing is installed from it';
  return { ...problem('empty-requirements', message, startOf(path)), severity: 'notice' };
}

export function wholeFile(path: string, what: string, hint: string, line = 1): Diagnostic {
  return problem('invalid-requirement', `the file ${what}`, { ...startOf(path), line }, hint);
}

/** `didYouMean(undefined)` is no hint at all. */
export function didYouMean(path: string | undefined): string | undefined {
  return path === undefined ? undefined : `did you mean ${path}?`;
}

/** A path below the project as it is written at pip's working directory, the project folder. */
export function asWritten(path: string): string {
  return path === '' ? '.' : `./${path}`;
}

/** A path below the project as it is written in a file of a folder. */
export function seenFrom(folder: string, path: string): string {
  return posix.relative(`/${folder}`, `/${path}`);
}

function startOf(file: string): Location {
  return { file, line: 1, column: 1 };
}

function warning(
  code: Diagnostic['code'],
  message: string,
  at: Location,
  hint?: string,
): Diagnostic {
  return { ...problem(code, message, at, hint), severity: 'warning' };
}

function problem(
  code: Diagnostic['code'],
  message: string,
  at: Location,
  hint?: string,
): Diagnostic {
  const about = { code, severity: 'error', message, at } as const;
  return hint === undefined ? about : { ...about, hint: withoutSecrets(hint.slice(0, 4000)) };
}
