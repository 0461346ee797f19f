import { type Diagnostic, nearest } from '../../diagnostics/index.js';
import type { DockerfileDeclaration } from '../declaration.js';
import type { DockerfileReading } from '../own-dockerfile/index.js';
import { shownPath } from '../paths/path.js';
import type { Located } from '../unit.js';

/** Build arguments that Docker takes without an ARG; pkgr passes those of its own environment. */
const proxies = /^(https?|ftp|no|all)_proxy$/i;

/** Words of a name that only a secret has. */
const secretWords =
  /(?:^|_)(?:password|passwd|pword|passphrase|token|secrets?|credentials?|auth|api_?key|private_?key|access_?key)(?:$|_|\d)/i;

/** What is wrong with the build arguments; no value is ever shown. */
export function argumentProblems(
  given: DockerfileDeclaration['args'],
  { argumentNames }: DockerfileReading,
  path: string,
): readonly Diagnostic[] {
  return given.flatMap(({ name }) => [
    ...(argumentNames.includes(name.value) ? [] : [unknownArgument(name, argumentNames, path)]),
    ...(looksSecret(name.value) ? [secretArgument(name)] : []),
  ]);
}

/** As Docker's own check has it, and in one word too: DBPASSWORD. */
function looksSecret(name: string): boolean {
  return secretWords.test(name) || /(?:password|passwd|_pwd|token|secret)$/i.test(name);
}

function unknownArgument(
  { value, at }: Located<string>,
  known: readonly string[],
  path: string,
): Diagnostic {
  const meant = nearest(value, known);
  const names = [...new Set(known)].join(', ');
  const others = names === '' ? 'it has no ARG at all' : `its arguments are ${names}`;
  const hint = proxies.test(value)
    ? 'set it in the environment of pkgr, which passes it to every step'
    : meant === undefined
      ? others
      : `did you mean ${meant}?`;
  return {
    code: 'unknown-argument',
    severity: 'error',
    message: `no ARG of ${shownPath(path)} takes ${JSON.stringify(value)}`,
    at,
    hint,
  };
}

function secretArgument({ value, at }: Located<string>): Diagnostic {
  return {
    code: 'secret-argument',
    severity: 'warning',
    message: `${value} looks like a secret, and a build argument is none: the generated Dockerfile and the history of the image tell its value`,
    at,
    hint: 'mount secrets instead: RUN --mount=type=secret,id=netrc,target=/root/.netrc with pkgr build --netrc FILE, or pipconf for pip',
  };
}
