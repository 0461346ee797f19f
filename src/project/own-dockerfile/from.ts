import { expand } from './expand.js';
import { unknownExpansion } from './global-arguments.js';
import { readFrom, type WrittenFrom } from './instruction.js';
import type { LogicalLine } from './logical-lines.js';
import { BUILD_PLATFORM, type OwnFrom } from './own-dockerfile.js';
import type { Problem, Report } from './report.js';

/** What a FROM says, and what its stage is called. */
export interface ReadFrom {
  readonly from: OwnFrom;
  readonly name?: string;
}

/**
 * Reads a FROM with its variables replaced.
 * @param earlier names of the stages before it, in lower case
 */
export function fromOf(
  line: LogicalLine,
  earlier: readonly (string | undefined)[],
  variables: ReadonlyMap<string, string>,
  report: Report,
): ReadFrom {
  const refuse = (problem: Omit<Problem, 'offset'>) => report({ offset: line.start, ...problem });
  const written = readFrom(line);
  if (written === undefined) {
    const hint =
      'write FROM IMAGE, or FROM --platform=PLATFORM IMAGE AS NAME, without quotes around flags';
    refuse({ message: 'this FROM cannot be read', hint });
    return { from: { kind: 'scratch' } };
  }
  const name = nameOf(written, earlier, refuse);
  const image = resolve(written.image, variables, refuse);
  const platform = written.platform && platformOf(written.platform, variables, refuse);
  return { from: sourceOf(image ?? 'scratch', earlier, platform, refuse), ...(name && { name }) };
}

type Refuse = (problem: Omit<Problem, 'offset'>) => void;

function sourceOf(
  image: string,
  earlier: readonly (string | undefined)[],
  platform: string | undefined,
  refuse: Refuse,
): OwnFrom {
  const stage = earlier.indexOf(image.toLowerCase());
  if (stage >= 0) return { kind: 'stage', stage };
  if (image === 'scratch') return { kind: 'scratch' };
  if (!isImage(image)) {
    const hint = 'name an image, such as python:3.13, or an earlier stage';
    refuse({ message: `${JSON.stringify(image)} cannot be the name of an image`, hint });
  }
  return { kind: 'image', image, ...(platform && { platform }) };
}

function nameOf({ name }: WrittenFrom, earlier: readonly (string | undefined)[], refuse: Refuse) {
  const lower = name?.toLowerCase();
  if (lower === undefined) return undefined;
  const shown = JSON.stringify(name);
  if (!/^[a-z][a-z0-9._-]*$/.test(lower)) {
    const hint = 'begin with a letter, and use only letters, digits, and . _ -';
    refuse({ message: `${shown} cannot be the name of a stage`, hint });
  }
  if (lower === 'scratch' || lower === 'context') {
    refuse({ message: `${shown} means something else to Docker`, hint: 'rename the stage' });
  }
  if (earlier.includes(lower)) {
    refuse({ message: `two stages are called ${shown}`, hint: 'rename one of them' });
  }
  return lower;
}

function platformOf(written: string, variables: ReadonlyMap<string, string>, refuse: Refuse) {
  if (/^\$(BUILDPLATFORM|\{BUILDPLATFORM\})$/.test(written)) return BUILD_PLATFORM;
  const platform = resolve(written, variables, refuse);
  if (platform === undefined || /^[a-z0-9]+(\/[a-z0-9_.]+){0,2}$/i.test(platform)) return platform;
  refuse({
    message: `${JSON.stringify(platform)} is no platform`,
    hint: 'write linux/amd64 or linux/arm64',
  });
  return undefined;
}

function resolve(word: string, variables: ReadonlyMap<string, string>, refuse: Refuse) {
  const expanded = expand(word, variables);
  if (expanded.kind === 'unknown') {
    refuse(unknownExpansion(expanded.text));
    return undefined;
  }
  const [missing] = expanded.unset;
  if (missing === undefined) return expanded.value;
  const ofMachine = /^BUILD(PLATFORM|OS|ARCH|VARIANT)$/.test(missing);
  refuse({
    message: ofMachine
      ? `FROM uses ${missing}, which is supported only as --platform=$BUILDPLATFORM`
      : `FROM uses ${missing}, which no ARG before the first FROM gives a value`,
    hint: ofMachine
      ? 'use TARGETPLATFORM or TARGETARCH, or name the platform'
      : `begin the Dockerfile with ARG ${missing}=value, or with ARG ${missing} and give it a value with args`,
  });
  return undefined;
}

/** Whether a text can be printed for an image; whether there is one of this name the engine will tell. */
export function isImage(text: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._:/@+-]*$/.test(text);
}
