import type { Problem } from '../../artifacts/index.js';
import type { About, Cause } from '../describe.js';

/** Characters of an exception's message that are shown. */
const LONGEST = 300;

/** What happens in code that is imported. */
export function codeCause(problem: Problem, about: About): Cause {
  switch (problem.kind) {
    case 'syntax':
      return syntax(problem, about);
    case 'environment':
      return environment(problem);
    case 'network':
      return network(problem);
    case 'read-only':
      return {
        code: 'read-only',
        text: `it writes ${problem.path}, and in Lambda only what is in /tmp can be written`,
        hint: 'write below /tmp, or make the file when the zip is built',
      };
    case 'no-semaphores':
      return {
        code: 'import-failed',
        text: 'it makes a lock or a queue of multiprocessing, which Lambda has no shared memory for',
        hint: 'use threads, or multiprocessing.Process with a Pipe',
      };
    case 'exited':
      return {
        code: 'import-ended',
        text: `it ends Python while it is imported${problem.code ? ` (exit code ${problem.code})` : ''}`,
        hint: 'do not call sys.exit() or os._exit() outside of functions',
      };
    case 'crashed':
      return {
        code: 'import-ended',
        text: `Python crashes while it is imported (${problem.signal})`,
        hint: `look for compiled code that does not fit this system${ofPackage(problem, ': ')}`,
        ...(problem.trace && { details: problem.trace }),
      };
    case 'too-long':
      return {
        code: 'import-ended',
        text: `its import does not end${waitingFor(problem)}`,
        hint: 'do what takes long, or waits, in the handler',
      };
    case 'flood':
      return {
        code: 'import-ended',
        text: 'it prints without end while it is imported',
        hint: 'end the loop, or move it into the handler',
      };
    case 'wrong-image':
      return wrongImage(problem, about);
    default:
      return exception(problem);
  }
}

function syntax(
  { message = 'invalid syntax', text, place, distribution, version = '' }: Problem,
  about: About,
): Cause {
  const at = place === undefined ? '' : `${about.place.line(place)}: `;
  return {
    code: 'syntax-error',
    text: `${at}${message}`,
    hint:
      distribution === undefined
        ? 'correct the line; newer syntax needs a newer runtime'
        : `${distribution} ${version} is for a newer Python: pin an older version, or choose a newer runtime`,
    ...(text !== undefined && { details: [text] }),
    saysWhere: true,
  };
}

function environment({ variables = [] }: Problem): Cause {
  const [name = ''] = variables;
  return {
    code: 'needs-environment',
    text: `it needs the environment variable ${name}`,
    hint: giveValue(variables),
  };
}

function giveValue(names: readonly string[]): string {
  const values = names.slice(0, 3).map((name) => `${name}: value`);
  return `give it one that is no secret, verify: {env: {${values.join(', ')}}}, or read it in the handler`;
}

function network({ addresses = [], type = '', message = '' }: Problem): Cause {
  const [address] = addresses;
  const whom = address === undefined ? '' : ` (${address})`;
  return {
    code: 'needs-network',
    text: `it needs the network while it is imported${whom}: ${type}: ${firstLine(message)}`,
    hint: 'connect in the handler; or write verify: off, if it is meant and Lambda has the network',
  };
}

function waitingFor({ network: asked = [] }: Problem): string {
  return asked.length === 0
    ? ''
    : `; it has asked for ${asked.slice(0, 3).join(', ')}, and there is no network`;
}

function wrongImage({ has = '', wants = '' }: Problem, { unit, plan, declared }: About): Cause {
  const image = plan.runtimeImages.find(({ id }) => id === unit.verify?.runtimeImage);
  const at = (declared?.verifyImage ?? declared?.runtimeImage)?.at;
  return {
    code: 'wrong-python',
    text: `the image that it is verified in, ${image?.image}, has ${has} and not ${wants}`,
    hint: 'change verifyImage or runtime so that they agree',
    ...(at && { at }),
  };
}

function exception(problem: Problem): Cause {
  const { type = 'an exception', message = '', asked = [], network: wanted = [] } = problem;
  const said = firstLine(message);
  const hints = [
    ...(asked.length > 0
      ? [`it has asked for ${asked.slice(0, 5).join(', ')}, which is not set: ${giveValue(asked)}`]
      : []),
    ...(wanted.length > 0
      ? [
          `it has asked for ${wanted.slice(0, 3).join(', ')}, and there is no network: connect in the handler`,
        ]
      : []),
  ];
  const raised = ofPackage(problem, 'it was raised in ');
  const fallback = `${raised === '' ? '' : `${raised}; `}Lambda would fail in the same way before it calls the handler`;
  return {
    code: 'import-failed',
    text: said === '' ? type : `${type}: ${said}`,
    hint: hints.length > 0 ? hints.join('; ') : fallback,
  };
}

function ofPackage({ distribution, version = '' }: Problem, before: string): string {
  return distribution === undefined ? '' : `${before}${`${distribution} ${version}`.trimEnd()}`;
}

function firstLine(message: string): string {
  const [line = ''] = message.trim().split('\n');
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 3)}...` : line;
}
