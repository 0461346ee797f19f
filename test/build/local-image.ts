import { onTestFinished } from 'vitest';
import type { ChangingImage } from './changing-project.js';
import { localImage } from './engine-environment.js';
import { fresh, newProject } from './project.js';
import { run } from './run.js';

/**
 * Two images that differ in a library that layers take along (lambda_lib), and a name that is
 * given to either. All of it is gone when the test is over.
 */
export async function newLocalImage(): Promise<ChangingImage> {
  const name = `pkgr.local/test-${fresh()}`;
  const made = ['one', 'other'].map((tag) => `${name}:${tag}`);
  onTestFinished(async () => {
    await run('docker', ['image', 'rm', '--force', name, ...made]);
  });
  for (const tag of made) {
    const folder = newProject({
      Dockerfile: `FROM ${localImage}\nCOPY mark /var/task/lambda_lib/mark.so\n`,
      mark: tag,
    });
    await run('docker', ['buildx', 'build', '--load', '--tag', tag, folder]);
  }
  let current = 0;
  const give = () => run('docker', ['tag', made[current] ?? '', name]);
  await give();
  return {
    name,
    async turn() {
      current = 1 - current;
      await give();
    },
  };
}
