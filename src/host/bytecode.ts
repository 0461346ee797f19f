import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type TreeEntry, walk } from '../context/index.js';
import type { PlannedBytecode } from '../plan/index.js';
import type { Runtime } from '../project/index.js';
import { Problem } from './problem.js';
import type { Interpreter } from './python.js';
import { runProgram } from './run-program.js';

/** What compiles sources: the runtime's own Python, because no other reads the bytecode of another. */
export interface Compiler {
  readonly runtime: Runtime;
  readonly python: Interpreter;
  /** Absolute path of the folder with compile.py. */
  readonly programs: string;
  readonly signal: AbortSignal;
}

/**
 * Compiles the sources below a folder.
 * @param output a folder, not made yet, for the bytecode
 * @returns the bytecode, under the names that it has beside the sources
 * @throws Problem when the program fails
 */
export async function compiledBelow(
  { runtime, python, programs, signal }: Compiler,
  bytecode: PlannedBytecode,
  folder: string,
  output: string,
): Promise<readonly TreeEntry[]> {
  if (bytecode.kind === 'none') return [];
  await mkdir(output, { recursive: true });
  const end = await runProgram({
    file: python.path,
    arguments: [
      join(programs, 'compile.py'),
      `--root=${folder}`,
      `--output=${output}`,
      `--runtime=${runtime}`,
      `--bytecode=${bytecode.kind}`,
      `--place=${bytecode.place}`,
    ],
    cwd: output,
    environment: {},
    signal,
    onLine: () => undefined,
  });
  signal.throwIfAborted();
  if (end.exitCode === 0) return walk(output);
  throw new Problem(
    'build-failed',
    'the sources cannot be compiled',
    'write bytecode: none to pack them as they are',
    end.lines.slice(-10),
  );
}

/** The entries with their bytecode, in whose place `sourceless` has the sources no more. */
export function withBytecode(
  entries: readonly TreeEntry[],
  compiled: readonly TreeEntry[],
): readonly TreeEntry[] {
  const names = new Set(compiled.map(({ name }) => name));
  const isReplaced = ({ name }: TreeEntry) => names.has(name) || names.has(`${name}c`);
  return [...entries.filter((entry) => !isReplaced(entry)), ...compiled];
}

/** Names under which bytecode of a source may be: beside it, and where the import system keeps it. */
export function bytecodeNames(source: string, runtime: Runtime): readonly string[] {
  const slash = source.lastIndexOf('/') + 1;
  const tag = `cpython-${runtime.slice('python'.length).replace('.', '')}`;
  const base = source.slice(slash, -'.py'.length);
  return [`${source}c`, `${source.slice(0, slash)}__pycache__/${base}.${tag}.pyc`];
}
