import type { PlannedUnit } from '../plan/index.js';
import type { Runtime } from '../project/index.js';
import type { Compiler } from './bytecode.js';
import { type HostBuild, wordsOf } from './host-build.js';
import { diagnosticOf } from './problem.js';
import { choosePython, type Interpreter } from './python.js';

/** The Pythons of this machine, each looked for once in a build. */
export interface Compilers {
  /** @throws Problem when there is none */
  pythonOf(runtime: Runtime): Promise<Interpreter>;
  /** What compiles a unit's sources; undefined when nothing is to be compiled, or nothing can. */
  of(unit: PlannedUnit): Promise<Compiler | undefined>;
}

/** A Python that is missing is told of once; a zip without bytecode works as well, only slower. */
export function createCompilers(build: HostBuild): Compilers {
  const { environment, options, signal } = build;
  const words = wordsOf(build);
  const pythons = new Map<Runtime, Promise<Interpreter>>();
  const told = new Set<Runtime>();
  const pythonOf = (runtime: Runtime) => {
    const found = pythons.get(runtime) ?? choosePython(runtime, environment, words);
    pythons.set(runtime, found);
    return found;
  };
  return {
    pythonOf,
    async of({ name, at, runtime, bytecode }) {
      if (bytecode.kind === 'none' || runtime === 'any') return undefined;
      try {
        return { runtime, python: await pythonOf(runtime), programs: options.programs, signal };
      } catch (error) {
        if (!told.has(runtime)) {
          const { message } = diagnosticOf(error, name, at);
          options.onEvent?.({
            kind: 'notice',
            diagnostic: {
              code: 'host-python-missing',
              severity: 'notice',
              message: `the code is packed without bytecode: ${message}`,
              at,
              hint: `install ${runtime}${words.takesPkgrKeys ? ', or write bytecode: none to have the same zip everywhere' : ''}`,
            },
          });
        }
        told.add(runtime);
        return undefined;
      }
    },
  };
}
