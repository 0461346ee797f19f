import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';
import { readSource } from '../../../src/manifest/index.js';
import {
  createResolver,
  delimitersOf,
  noInputs,
  type VariableInputs,
  variableFiles,
} from '../../../src/manifest/serverless/variables/index.js';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A folder with these files, which is gone when the tests are over. */
export function folderOf(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'pkgr-variables-'));
  folders.push(root);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

/** A service, or part of one, resolved: the value, and for what could not be, `path: text, why`. */
export function resolved(
  value: unknown,
  inputs: Partial<VariableInputs> = {},
  files: Readonly<Record<string, string>> = {},
): { readonly value: unknown; readonly unresolved: readonly string[] } {
  const unresolved: string[] = [];
  const syntax = Reflect.get(Object(Reflect.get(Object(value), 'provider')), 'variableSyntax');
  const delimiters = delimitersOf(syntax);
  if (delimiters === undefined) throw new Error('there are no delimiters');
  const resolver = createResolver(
    value,
    delimiters,
    { ...noInputs, ...inputs },
    variableFiles(folderOf(files)),
  );
  const whole = resolver.whole([], ({ path, unknown }) => {
    unresolved.push(`${path.join('.')}: ${unknown.text}, ${unknown.why} (${unknown.hint})`);
  });
  return { value: JSON.parse(JSON.stringify(whole) ?? 'null'), unresolved };
}

/** The value of custom.x in a service whose other custom values are these. */
export function valueOfText(
  text: string,
  custom: Readonly<Record<string, unknown>> = {},
  inputs: Partial<VariableInputs> = {},
  files: Readonly<Record<string, string>> = {},
): unknown {
  const found = resolved({ custom: { ...custom, x: text } }, inputs, files);
  const wrong = found.unresolved.filter((told) => /^custom\.x\b/.test(told));
  if (wrong.length > 0) return wrong;
  return Reflect.get(Object(Reflect.get(Object(found.value), 'custom')), 'x');
}

/** The value of a YAML text as a manifest of the framework is read. */
export function yaml(text: string): unknown {
  const { document, diagnostics } = readSource('serverless.yml', Buffer.from(text), {
    hasIntrinsics: true,
  });
  if (document === undefined) throw new Error(JSON.stringify(diagnostics));
  return document.value;
}
