import { existsSync, readdirSync, watch } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { newFolder } from '../build/project.js';
import { commandOf, frameworkEnvironment, newService } from './service.js';
import { smallService, smallSources, yaml } from './small-service.js';

test('a framework that is interrupted leaves nothing half made, and ends by that signal', async () => {
  const marks = newFolder();
  const temporary = newFolder();
  const folder = await newService({
    ...smallSources,
    'serverless.yml': yaml(smallService),
    'functions/hello/requirements.txt': './slow\n',
    'slow/pyproject.toml':
      '[build-system]\nrequires = []\nbuild-backend = "slow"\nbackend-path = ["."]\n',
    'slow/slow.py': `import time
def build_wheel(*arguments, **options):
    open(${JSON.stringify(join(marks, 'installing'))}, 'w').close()
    time.sleep(3600)
`,
  });
  const installing = new Promise<void>((resolve) => {
    const watcher = watch(marks, () => {
      watcher.close();
      resolve();
    });
  });
  const env = { ...(await frameworkEnvironment()), TMPDIR: temporary };
  const running = execa('node', [await commandOf('serverless'), 'package'], {
    cwd: folder,
    env,
    stdin: 'ignore',
    reject: false,
  });
  await installing;
  running.kill('SIGINT');
  const { signal } = await running;
  expect(signal).toBe('SIGINT');
  expect(existsSync(join(folder, '_build/hello-dev.zip'))).toBe(false);
  expect(readdirSync(temporary).filter((name) => name.startsWith('pkgr-'))).toEqual([]);
});
