import type { ImageReason, SolveFailure } from './failure.js';

/** What registries and the engine say, most telling first. */
const reasons: readonly (readonly [ImageReason, RegExp])[] = [
  ['rate-limited', /429 Too Many Requests|toomanyrequests|pull rate limit/i],
  ['untrusted', /x509:|certificate signed by unknown authority|failed to verify certificate/i],
  ['timeout', /timeout|deadline exceeded/i],
  ['registry-error', /\b5\d\d [A-Z]|server misbehaving|failure in name resolution/i],
  ['unreachable', /connection re(fused|set)|unreachable|no route to host|broken pipe|\bEOF\b/i],
  ['unknown-host', /no such host/],
  ['platform', /no match for platform|does not match the specified platform/],
  [
    'denied',
    /\b40[13] [A-Z]|pull access denied|authorization failed|insufficient_scope|unauthorized|authentication required|no basic auth credentials/i,
  ],
  ['not-found', /not found|manifest unknown|name unknown|invalid reference format/i],
];

const transient: ReadonlySet<ImageReason> = new Set([
  'rate-limited',
  'timeout',
  'registry-error',
  'unreachable',
]);

/** The steps that ask for an image's manifest or fetch its layers, also those of a named context. */
const stepNames = [
  /^\[[^\]]*\] (?:load metadata for|FROM) (\S+)/,
  /^\[context [^\]]*\] (?!load )(?:docker-image:\/\/)?(\S+)$/,
];

/** The image in the name of a step that has failed; undefined when the step is about something else. */
export function imageOfStep(name: string): string | undefined {
  const image = stepNames.map((pattern) => pattern.exec(name)?.[1]).find((found) => found);
  return image?.replace(/@sha256:[0-9a-f]{64}$/, '');
}

/** The image in the engine's last words, for what fails before there is a step. */
export function imageOfText(text: string): string | undefined {
  return /failed to resolve source metadata for (\S+):/.exec(text)?.[1];
}

/** Tells by the registry's words why an image could not be had. */
export function imageUnavailable(image: string, text: string): SolveFailure {
  const reason = reasons.find(([, words]) => words.test(withoutImage(text, image)))?.[0] ?? 'other';
  return { kind: 'image-unavailable', image, reason, transient: transient.has(reason), text };
}

/** An image may be called "timeout": its name must not be taken for the registry's words. */
function withoutImage(text: string, image: string): string {
  return text.replaceAll(image, '').replace(/"https?:[^"]*"|https?:\S+/g, '');
}
