import { type ManifestWords, pkgrWords } from '../diagnostics/index.js';
import type { SolveFailure } from './failure.js';
import { installLines, missingOsPackage, packagesLine } from './os-packages/index.js';

type StepFailed = Extract<SolveFailure, { readonly kind: 'step-failed' }>;

/** What to do about a step's own last words, most telling first. */
const hints: readonly (readonly [RegExp, string])[] = [
  [
    /CERTIFICATE_VERIFY_FAILED|certificate verify failed|unable to get local issuer/i,
    'A proxy with its own certificate authority may be in between: set PIP_CERT to its certificate file and build again.',
  ],
  [
    /Temporary failure in name resolution|Name or service not known|Could not resolve host/i,
    'The step could not reach the network: check the connection and the proxy settings of the engine.',
  ],
  [
    // Also after a refused password (pip 23.0), of which it says nothing.
    /\(from versions: none\)/i,
    'pip found no version of it at all: check its name, that a wheel exists for the runtime, and, if an index of your own is asked, its address and its password.',
  ],
  [
    /Could not find a version that satisfies|No matching distribution found/i,
    'pip found no such version for this Python and platform: check the name and version, or that a wheel exists for the runtime.',
  ],
  [
    /THESE PACKAGES DO NOT MATCH THE HASHES/i,
    'A downloaded package is not the one that was pinned: update its --hash, or find out who changed it.',
  ],
  [
    /Permission denied \(publickey|Host key verification failed/i,
    'Git over SSH was refused: check that ssh-agent holds the key (ssh-add -l) and that the host is known.',
  ],
  [
    /Unable to locate package|No match for argument|No package \S+ available|unable to select packages/i,
    'The image knows no OS package of that name: check `packages:` in the manifest.',
  ],
];

const codes: Readonly<Record<number, string>> = {
  126: 'A program of the step exists in the image but cannot be run; is it for another architecture?',
  137: 'The step was killed, most often because the engine ran out of memory: give it more, or build fewer units at once.',
};

/** What to do about a failed step; undefined when its log has to speak for itself. */
export function stepHint(
  { log, error, exitCode }: StepFailed,
  manifest: ManifestWords = pkgrWords,
): string | undefined {
  const words = [...log, error].join('\n');
  // Before the network's: pip goes on after a failed try, and says so.
  const known = compileHint(words, manifest) ?? hints.find(([pattern]) => pattern.test(words))?.[1];
  if (known !== undefined || exitCode === undefined) return known;
  return exitCode === 127 ? missingProgram(manifest) : codes[exitCode];
}

function missingProgram({ image, takesPkgrKeys }: ManifestWords): string {
  const named = takesPkgrKeys ? ', or name its package under `packages:`' : '';
  return `A program that the step needs is not in the image: choose another with \`${image}:\`${named}.`;
}

/** The line by which a log tells what is missing to compile something; undefined if none does. */
export function tellingLine(log: readonly string[]): string | undefined {
  const signs = missingOsPackage(log.join('\n'))?.signs ?? unknownMissing;
  return log.find((line) => signs.some((sign) => sign.test(line)));
}

/** How a header or a library is named that no list of OS packages has. */
const unknownMissing = [
  /fatal error: (\S+\.h\w*): No such file/,
  /Dependency "([\w.+-]+)" not found/,
  /No package '([\w.+-]+)' found/,
  /[Pp]ackage '?([\w.+-]+)'?,? (?:was not found in the pkg-config|required by \S+ not found)/,
  /cannot find (-l[\w.+-]+)/,
  /pkg-config package '([\w.+-]+)[^']*' not found/,
];

/** What to do when something that is to be installed lacks a program or a library. */
function compileHint(
  words: string,
  { image, place, takesPkgrKeys }: ManifestWords,
): string | undefined {
  const need = missingOsPackage(words);
  const another = `name an image that has it as \`${image}:\` in ${place}`;
  if (need !== undefined) {
    if (!takesPkgrKeys)
      return `What is missing is ${need.missing}: ${another} (${installLines(need)}), or require a version that has a wheel.`;
    const later = need.isTool ? '' : ' with libs: auto for what it loads when it runs';
    return `What is missing is ${need.missing}: write ${packagesLine(need)}${later}, or require a version that has a wheel.`;
  }
  const missing = unknownMissing.map((sign) => sign.exec(words)?.[1]).find((name) => name);
  if (missing === undefined) return undefined;
  if (!takesPkgrKeys)
    return `A package is compiled from source and ${missing} is missing: ${another}, or require a version that has a wheel.`;
  return `A package is compiled from source and ${missing} is missing: name the OS package that has it (-dev in Debian, -devel in Amazon Linux) under \`packages:\`, or require a version that has a wheel.`;
}
