import type { Problem } from '../../artifacts/index.js';
import type { About, Cause } from '../describe.js';

/** What is wrong with the handler itself; undefined for any other problem. */
export function handlerCause(problem: Problem, { unit, declared }: About): Cause | undefined {
  const { kind, module = '', near = [], names = [], type = '' } = problem;
  const handler = unit.handler ?? '';
  const place = declared?.handler?.at;
  const cause = (code: Cause['code'], text: string, hint: string): Cause => ({
    code,
    text,
    hint,
    ...(place && { at: place }),
    saysWhere: true,
  });
  switch (kind) {
    case 'handler-module': {
      const function_ = handler.slice(handler.lastIndexOf('.') + 1);
      const meant = near.slice(0, 3).map((name) => `${name}.${function_}`);
      const hint = `include the folder that ${module.replaceAll('.', '/')}.py is in, with a slash at its end`;
      return cause(
        'handler-not-found',
        `its handler is ${handler}, and the zip has no module ${module}`,
        meant.length > 0 ? `did you mean ${meant.join(' or ')}?` : hint,
      );
    }
    case 'handler-missing': {
      const [meant] = near;
      const has = names.length > 0 ? `; it has ${names.join(', ')}` : '';
      return cause(
        'handler-undefined',
        `its handler is ${handler}, and ${module} has no ${problem.function ?? 'such function'}${has}`,
        meant === undefined
          ? `write the name of the function that Lambda is to call behind ${module}.`
          : `did you mean ${module}.${meant}?`,
      );
    }
    case 'handler-not-callable':
      return cause(
        'unfit-handler',
        `its handler ${handler} is no function, but of type ${type}`,
        'name a function that takes the event and the context',
      );
    case 'handler-async':
      return cause(
        'unfit-handler',
        `its handler ${handler} is an async function, which Lambda does not await`,
        'name a plain function that calls asyncio.run() with it',
      );
    case 'handler-generator':
      return cause(
        'unfit-handler',
        `its handler ${handler} has a yield: Lambda would be given a generator, which is no answer`,
        'return the answer',
      );
    case 'handler-arguments':
      return cause(
        'unfit-handler',
        `its handler ${handler} takes (${(problem.arguments ?? []).join(', ')}), and Lambda calls it with two arguments`,
        'let it take the event and the context: def handler(event, context)',
      );
    case 'handler-built-in':
      return cause(
        'handler-not-found',
        `its handler is ${handler}, and ${module} is a module that is built into Python, which Lambda refuses`,
        'rename the file, and the handler with it',
      );
    default:
      return undefined;
  }
}
