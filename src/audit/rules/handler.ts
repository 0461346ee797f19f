import type { HandlerFact } from '../../artifacts/index.js';
import type { Finding } from '../finding.js';
import type { AuditedZip, Subject } from '../subject.js';
import { says } from '../words.js';

/**
 * Whether the handler's module is in the zip or in a layer, and has a function of the name. Nothing of
 * it is run, so that what only running would tell is not told.
 */
export function handler(subject: Subject): readonly Finding[] {
  const { unit, layers, unknown } = subject;
  if (unit.kind !== 'function' || unit.handler === undefined) return [];
  const own = factOf(subject, unit.handler);
  if (own === undefined) return [];
  const found = [own, ...layers.map((layer) => factOf(layer, own.handler))].find(
    (fact) => fact !== undefined && fact.state !== 'absent',
  );
  if (found === undefined) return [notFound(own, unknown.length > 0)];
  switch (found.state) {
    case 'undefined':
      return [notDefined(found)];
    case 'uncallable':
      return [uncallable(found)];
    case 'syntax':
      return [wrongSyntax(found, unit.runtime)];
    default:
      return [];
  }
}

function factOf({ digest }: AuditedZip, name: string): HandlerFact | undefined {
  const facts = digest.findings?.facts ?? [];
  return facts.filter((fact) => fact.kind === 'handler').find((fact) => fact.handler === name);
}

function partsOf({ handler: written }: HandlerFact): { module: string; name: string } {
  const dot = written.lastIndexOf('.');
  return { module: written.slice(0, dot), name: written.slice(dot + 1) };
}

function notFound(fact: HandlerFact, isDoubtful: boolean): Finding {
  const { module, name } = partsOf(fact);
  const path = module.replaceAll('.', '/');
  const meant = fact.near.map((near) => `${near}.${name}`);
  return {
    code: 'handler-not-found',
    severity: isDoubtful ? 'notice' : 'error',
    about: 'handler',
    ...says(
      'has',
      'have',
      `no module ${JSON.stringify(module)}, which the handler ${fact.handler} names`,
    ),
    hint:
      meant.length > 0
        ? `did you mean ${meant.join(' or ')}?`
        : `include ${path}.py, so that it lies there in the zip, or name the layer that has it`,
  };
}

function notDefined(fact: HandlerFact): Finding {
  const { name } = partsOf(fact);
  return {
    code: 'handler-undefined',
    severity: 'error',
    about: 'handler',
    ...says(
      'has',
      'have',
      `no function ${JSON.stringify(name)} in ${fact.file}, which the handler ${fact.handler} names`,
    ),
    hint:
      fact.near.length > 0
        ? `did you mean ${fact.near.join(' or ')}?`
        : `define it there: def ${name}(event, context)`,
  };
}

function uncallable(fact: HandlerFact): Finding {
  const { name } = partsOf(fact);
  const [why, hint] =
    fact.why === 'coroutine'
      ? [
          'is a coroutine, which Lambda does not wait for',
          `define it without async, and call asyncio.run(...) in it`,
        ]
      : [
          'cannot be called with an event and a context',
          `define it as def ${name}(event, context)`,
        ];
  return {
    code: 'unfit-handler',
    severity: 'error',
    about: 'handler',
    ...says('has', 'have', `a handler that ${why}: ${name} in ${fact.file}`),
    hint,
  };
}

function wrongSyntax(fact: HandlerFact, runtime: Subject['unit']['runtime']): Finding {
  const isCertain = runtime === 'any' || runtime === `python${fact.python}`;
  return {
    code: 'syntax-error',
    severity: isCertain ? 'error' : 'notice',
    about: 'handler',
    ...says(
      'has',
      'have',
      `a handler that Python ${fact.python} cannot read: ${fact.file}, line ${fact.line}: ${fact.why}`,
    ),
    hint: isCertain
      ? 'mend it, or choose the runtime that it was written for'
      : `the image has Python ${fact.python}, the runtime is ${runtime}: this may be valid there`,
  };
}
