import { contexts } from './engine-environment.js';
import { newFolder } from './project.js';
import { run } from './run.js';

/**
 * Builds with a Dockerfile that `pkgr gen` has written, and Docker alone.
 * @returns the folder of what was exported, and what docker said
 */
export async function bakeGenerated(project: string, dockerfile: string, target?: string) {
  const output = newFolder();
  const { stderr } = await run(
    'docker',
    [
      ...['buildx', 'build', '--progress', 'plain', '-f', `.pkgr/${dockerfile}`],
      ...(target === undefined ? [] : ['--target', target]),
      ...contexts.flatMap((context) => ['--build-context', context]),
      ...['--output', output, '.'],
    ],
    project,
  );
  return { output, stderr };
}
