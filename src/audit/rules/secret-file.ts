import type { Finding } from '../finding.js';
import { factsOf } from '../misfits.js';
import type { Subject } from '../subject.js';
import { andMore, cut, says } from '../words.js';

/** Patterns that a line to be copied into a manifest may have. */
const PATTERNS = 10;

/** Files that look like secrets. What is in them is told nowhere. */
export function secretFile(subject: Subject): readonly Finding[] {
  const secrets = factsOf(subject, 'secret');
  if (secrets.length === 0) return [];
  const files = secrets.map(({ file }) => file);
  const patterns = [...new Set(files.map(patternOf))];
  const some = patterns.slice(0, PATTERNS).map((pattern) => JSON.stringify(pattern));
  const [looks, a, it] =
    secrets.length > 1 ? ['look', 'secrets', 'them'] : ['looks', 'a secret', 'it'];
  return [
    {
      code: 'secret-file',
      severity: 'warning',
      ...says('packs', 'pack', `${andMore(files, 'file', 'files')}, which ${looks} like ${a}`),
      details: cut(secrets.map(({ file, secret }) => `${file}: ${secret}`)),
      hint: secrets.every(({ of }) => of === 'packages')
        ? 'a package brings it: make sure that it is meant to be public'
        : `leave ${it} out: exclude: [${some.join(', ')}]; Lambda has environment variables and Secrets Manager for ${it}`,
    },
  ];
}

/** Against paths of the project, of which only the last part is surely the one in the zip. */
function patternOf(file: string): string {
  const name = file.slice(file.lastIndexOf('/') + 1);
  return `**/${name.replace(/[\\*?[\]]/g, '\\$&')}`;
}
