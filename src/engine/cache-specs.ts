import type { Progress } from './progress.js';

/** What is wrong with a value of --cache-from or --cache-to; undefined when buildx would read it. */
export function cacheSpecProblem(spec: string): string | undefined {
  const fields = fieldsOf(spec);
  if (fields.every((field) => field.trim() === '')) return 'it is empty';
  // The name of an image alone is short for type=registry,ref=NAME.
  if (fields.every((field) => !field.includes('='))) return undefined;
  const bare = fields.find((field) => !field.includes('='));
  if (bare !== undefined) return `${JSON.stringify(bare)} is not written KEY=VALUE`;
  if (fields.some((field) => /^type=./i.test(field))) return undefined;
  return 'it has no type';
}

const secretKey = /token|secret|password|credential|access_key/i;

/** The same without what is secret in it, to be told. */
export function withoutSecrets(text: string, specs: readonly string[]): string {
  const secrets = specs.flatMap(fieldsOf).flatMap((field) => {
    const [, key = '', value = ''] = /^([^=]*)=(.*)$/s.exec(field) ?? [];
    const passwords = [...field.matchAll(/:\/\/[^/@\s]*:([^/@\s]+)@/g)].flatMap(
      ([, password]) => password ?? [],
    );
    return secretKey.test(key) && value !== '' ? [value, ...passwords] : passwords;
  });
  // The longest first: one may be the beginning of another.
  const ordered = secrets.sort((one, other) => other.length - one.length);
  return ordered.reduce((shown, secret) => shown.replaceAll(secret, '***'), text);
}

/** What the engine says of caches that it could not read, which it goes on without. */
export function unreadCaches({ steps }: Progress, text: string): readonly string[] {
  const said = [...steps.values()].flatMap(({ name, error }) => {
    const cache = /^importing cache manifest from (.+)$/.exec(name)?.[1];
    return cache === undefined || error === undefined ? [] : [`${cache}: ${error}`];
  });
  const local = text.matchAll(/^WARNING: local cache import at (.+) not found due to err: (.+)$/gm);
  return [...said, ...[...local].map(([, place, error]) => `${place}: ${error}`)];
}

/** buildx reads the value as a line of CSV. */
function fieldsOf(spec: string): readonly string[] {
  const fields = spec.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g);
  return [...fields].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '');
}
