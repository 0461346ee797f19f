import { readFileSync } from 'node:fs';
import { join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The environment with what `.env.STAGE`, or else `.env`, adds to it in the folder of the service;
 * what is set already stays, as with useDotenv in the framework.
 * @see https://www.serverless.com/framework/docs/environment-variables
 */
export function withDotenv(environment: Environment, root: string, stage: string): Environment {
  // A stage is part of a file's name here, and must not become a path.
  const ofStage = /^[\w.-]+$/.test(stage) ? read(join(root, `.env.${stage}`)) : undefined;
  const text = ofStage ?? read(join(root, '.env'));
  if (text === undefined) return environment;
  return Object.assign(expandedAll(assignments(text), environment), environment);
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').slice(0, 256 * 1024);
  } catch {
    return undefined;
  }
}

const assignment =
  /^[^\S\n]*(?:export[^\S\n]+)?([A-Za-z_][\w.-]*)[^\S\n]*[=:][^\S\n]*("(?:\\.|[^"\\])*"|'[^']*'|`[^`]*`|[^#\r\n]*)?[^\S\n]*(?:#.*)?$/gm;

/** Names and values in the order of the file; a later one of a name counts. */
function assignments(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [, name = '', written = ''] of text.replaceAll('\r\n', '\n').matchAll(assignment)) {
    const value = written.trim();
    const quote = /^(["'`])[\s\S]*\1$/.exec(value)?.[1];
    const inside = quote === undefined ? value : value.slice(1, -1);
    found.set(
      name,
      quote === '"' ? inside.replaceAll('\\n', '\n').replaceAll('\\r', '\r') : inside,
    );
  }
  return found;
}

/** Variables that lead to variables. */
const maxDepth = 100;

/** What a value may grow to. */
const maxText = 64 * 1024;

/** `${NAME}`, `${NAME:-default}` and `$NAME` put in, whatever the order; `\\$` is the sign itself. */
function expandedAll(
  added: ReadonlyMap<string, string>,
  environment: Environment,
): Record<string, string | undefined> {
  const found: Record<string, string | undefined> = Object.create(null);
  const open = new Set<string>();
  const valueOfName = (name: string): string | undefined => {
    const value = added.get(name);
    // A circle has no value, as an unset variable has none.
    if (value === undefined || found[name] !== undefined || open.has(name)) return found[name];
    if (open.size > maxDepth) return undefined;
    open.add(name);
    found[name] = expanded(value, (other) =>
      Object.hasOwn(environment, other) ? environment[other] : valueOfName(other),
    );
    open.delete(name);
    return found[name];
  };
  for (const name of added.keys()) valueOfName(name);
  return found;
}

function expanded(value: string, lookUp: (name: string) => string | undefined): string {
  const variable = /\\\$|\$\{([A-Za-z_]\w*)(?::?-([^}]*))?\}|\$([A-Za-z_]\w*)/g;
  let length = value.length;
  return value.replace(variable, (written, braced?: string, otherwise?: string, plain?: string) => {
    if (written === '\\$') return '$';
    const text = lookUp(braced ?? plain ?? '') ?? otherwise ?? '';
    length += text.length;
    return length > maxText ? '' : text;
  });
}
