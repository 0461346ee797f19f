import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DependencySet } from '../plan/index.js';
import type { Interpreter } from './python.js';

/** Everything, besides an index's own content, that decides what pip installs. */
export interface KeyParts {
  readonly set: DependencySet;
  /** What `stage` says of the inputs. */
  readonly inputs: string;
  readonly python: Interpreter;
  /** Options that pip gets besides the requirements. */
  readonly pipOptions: readonly string[];
  /** Text of the pip.conf, '' without one. */
  readonly pipConf: string;
  /** What `programsHash` says. */
  readonly programs: string;
}

/** The key of an installed set. The path of the interpreter is no part of it. */
export function setKey(parts: KeyParts): string {
  const { set, inputs, python, pipOptions, pipConf, programs } = parts;
  const { version, pip, machine } = python;
  const environment = Object.entries(set.environment).sort(([one], [other]) =>
    one < other ? -1 : 1,
  );
  return sha256(
    JSON.stringify([
      'pkgr-host-1',
      set.runtime,
      set.requirements,
      inputs,
      [version, pip, machine],
      pipOptions,
      environment,
      set.secretEnvironment ?? [],
      set.separately === true,
      sha256(pipConf),
      programs,
    ]),
  );
}

/** Of the programs that install, all of them: they import one another. */
export async function programsHash(folder: string): Promise<string> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.py')).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return sha256(JSON.stringify(names.map((name, index) => [name, texts[index]])));
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
