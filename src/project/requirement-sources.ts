import type { Diagnostic } from '../diagnostics/index.js';
import type { RequirementDeclaration } from './declaration.js';
import { readPath } from './paths/path.js';
import { createRequirementsReader } from './requirements/index.js';
import type { Requirement, Requirements } from './unit.js';

/**
 * What an item of `requirements` is: a name that ends in .txt or .in is a requirements file;
 * everything else is a line of one, and so is what begins with a dash (`-r base.txt`).
 */
export function requirementKind(text: string): Requirement['kind'] {
  return !text.startsWith('-') && /\.(txt|in)$/i.test(text) ? 'file' : 'line';
}

/** Follows requirements to every file that pip reads; equal ones of several units only once. */
export function requirementResolver(
  root: string,
  report: (diagnostic: Diagnostic) => void,
): (written: readonly RequirementDeclaration[]) => Promise<Requirements> {
  const reader = createRequirementsReader(root);
  const known = new Map<string, Promise<Requirements>>();
  return (written) => {
    const key = JSON.stringify(written.map(({ value, kind }) => [value, kind]));
    let followed = known.get(key);
    if (followed === undefined) {
      followed = reader.follow(written.flatMap((item) => sourceOf(item, report))).then((found) => {
        for (const diagnostic of found.diagnostics) report(diagnostic);
        return found.requirements;
      });
      known.set(key, followed);
    }
    return followed;
  };
}

function sourceOf(
  { value, at, kind = requirementKind(value) }: RequirementDeclaration,
  report: (diagnostic: Diagnostic) => void,
): readonly Requirement[] {
  if (kind === 'line') return [{ kind: 'line', text: value, at }];
  const reading = readPath(value, 'the project folder');
  if (reading.kind === 'path') return [{ kind: 'file', path: reading.path, at }];
  const { code, message, hint } = reading;
  report({ code, severity: 'error', message, at, hint });
  return [];
}
