import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { withLock } from '../../scripts/lock.mjs';

const VERSION = '1.51.0';

/** Kept between runs: it is 250 MB, and takes half a minute to install. */
const folder = join(
  process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'),
  'pkgr-tests',
  `cfn-lint-${VERSION}`,
);

/**
 * What AWS's linter of CloudFormation and SAM templates finds in one; it applies the SAM
 * transformation first and knows every property of every resource.
 * @see https://github.com/aws-cloudformation/cfn-lint
 */
export async function lintTemplate(path: string): Promise<readonly string[]> {
  const program = await cfnLint();
  const { exitCode, stdout, stderr } = await execa(
    program,
    ['--regions', 'us-east-1', '--format', 'parseable', '--template', path],
    { reject: false },
  );
  // 0 is a template without findings; 2, 4 and so on are one with some.
  if (exitCode === undefined || exitCode % 2 !== 0) throw new Error(`cfn-lint failed: ${stderr}`);
  return stdout.split('\n').filter((line) => line !== '');
}

/** Installs it where it is not yet, or not to its end. */
async function cfnLint(): Promise<string> {
  const complete = join(folder, 'complete');
  await withLock('cfn-lint', async () => {
    if (existsSync(complete)) return;
    await rm(folder, { recursive: true, force: true });
    await mkdir(join(folder, '..'), { recursive: true });
    await execa('python3', ['-m', 'venv', folder]);
    const install = ['-m', 'pip', 'install', '--quiet', '--no-compile', `cfn-lint==${VERSION}`];
    await execa(join(folder, 'bin/python'), install);
    await writeFile(complete, '');
  });
  return join(folder, 'bin/cfn-lint');
}
