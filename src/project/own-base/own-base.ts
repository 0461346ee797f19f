import type { Diagnostic } from '../../diagnostics/index.js';
import type { DockerfileDeclaration } from '../declaration.js';
import { type OwnBuild, readDockerfile } from '../own-dockerfile/index.js';
import type { Tree } from '../paths/tree.js';
import { type Architecture, type Base, platforms } from '../unit.js';
import { argumentProblems } from './arguments.js';
import { placeOf } from './place.js';
import { targetProblems } from './target.js';
import { dockerfileTexts } from './text.js';

/** Reads the Dockerfile that a unit names for its base. */
export type OwnBaseReader = (written: DockerfileDeclaration, architecture: Architecture) => Base;

/** Units that build a Dockerfile in one way share its reading; everything that is wrong is reported. */
export function ownBaseReader(tree: Tree, report: (diagnostic: Diagnostic) => void): OwnBaseReader {
  const textOf = dockerfileTexts(tree.root, report);
  const readings = new Map<string, ReturnType<typeof readDockerfile>>();
  return (written, architecture) => {
    const { at, args: given } = written;
    const place = placeOf(tree, written, report);
    const text = place && textOf(place.path, written.file?.at ?? at);
    if (place === undefined || text === undefined) {
      // It has been reported, and stops every command.
      return { kind: 'dockerfile', path: place?.path ?? '', text: '', at };
    }
    const { path, context } = place;
    const args = sortedValues(given);
    const target = written.target?.value.toLowerCase();
    const platform = platforms[architecture];
    const hasContext = context !== undefined;
    const build: OwnBuild = { platform, args, hasContext, ...(target !== undefined && { target }) };
    const key = JSON.stringify([path, build]);
    const reading = readings.get(key) ?? readDockerfile(path, text, build);
    readings.set(key, reading);
    reading.diagnostics.forEach(report);
    for (const problem of argumentProblems(given, reading, path)) report(problem);
    for (const problem of targetProblems(written.target, reading, path)) report(problem);
    const isLast = target === undefined || target === reading.stageNames.at(-1);
    return {
      kind: 'dockerfile',
      path,
      text,
      ...(context !== undefined && { context }),
      // Without a name it is the same stage, and so the same base.
      ...(!isLast && { target }),
      ...(given.length > 0 && { args }),
      at,
    };
  };
}

function sortedValues(given: DockerfileDeclaration['args']): Readonly<Record<string, string>> {
  const values = given.map(({ name, value }) => [name.value, value] as const);
  return Object.fromEntries(values.sort(([one], [other]) => (one < other ? -1 : 1)));
}
