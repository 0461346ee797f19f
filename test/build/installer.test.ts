import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hasEngine } from '../engine/local-engine.js';
import { needsEngine } from './engine-environment.js';
import { fresh, newProject, zipHashes } from './project.js';
import { build, pkgr } from './run.js';

const MINUTES = 300_000;

/** A wheel of Python, one that is compiled, scripts, extras and a marker; the comment makes it new. */
const requirements = `# ${fresh()}
requests[socks]==2.32.3
charset-normalizer==3.4.0 # brings a script
markupsafe==3.0.2
importlib-metadata==8.5.0; python_version < "3.9"
`;

function project(installer: string, lines = requirements): string {
  return newProject({
    'pkgr.yml': `global: {runtime: python3.11, installer: ${installer}, requirements: requirements.txt}
functions:
  a: {include: app/}
`,
    'requirements.txt': lines,
    'app/app.py': '',
  });
}

function toldOf(folder: string): unknown {
  return JSON.parse(readFileSync(join(folder, 'dist/artifacts.json'), 'utf8')).dependencySets;
}

describe.runIf(hasEngine)(`what installs packages${needsEngine}`, () => {
  test(
    'makes no difference to the zip and to what is told of its packages',
    async () => {
      const [uv, pip] = [project('uv'), project('pip')];
      const told = await pkgr(uv, ['build']);
      expect(`${told.code} ${told.stderr}`).toMatch(/^0 /);
      expect(told.stderr).not.toContain('warning: pip installs');
      await build(pip);
      expect(zipHashes(uv)).toEqual(zipHashes(pip));
      expect(JSON.stringify(toldOf(uv))).toContain('requests-2.32.3-py3-none-any.whl');
      expect(toldOf(uv)).toEqual(toldOf(pip));
    },
    MINUTES,
  );

  test(
    'is pip for a package that has to be built',
    async () => {
      const folder = project('uv', `# ${fresh()}\ndocopt==0.6.2\n`);
      await build(folder);
      expect(JSON.stringify(toldOf(folder))).toContain('docopt-0.6.2.tar.gz');
    },
    MINUTES,
  );
});
