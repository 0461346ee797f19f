import { generateKeyPairSync, randomFillSync } from 'node:crypto';
import { cp, mkdir, mkdtemp, open, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';

const BROKEN = join(import.meta.dirname, '../broken/contents');
/** A small package with an extension module, of which there are wheels for everything. */
const PACKAGE = 'markupsafe==3.0.2';

/** Where wheels go, and for what they are: a platform as pip calls it, and a Python. */
const wheels = [
  ['aarch64', 'manylinux2014_aarch64', '3.11'],
  ['macos', 'macosx_11_0_arm64', '3.11'],
  ['windows', 'win_amd64', '3.11'],
  ['alpine', 'musllinux_1_2_x86_64', '3.11'],
  ['python39', 'manylinux2014_x86_64', '3.9'],
] as const;

const MB = 1024 * 1024;

/** A copy of the project of broken functions, with what cannot be kept in a repository. */
export async function brokenProject() {
  const folder = await mkdtemp(join(tmpdir(), 'pkgr-broken-'));
  await cp(BROKEN, folder, { recursive: true });
  const write = async (name: string, content: string | Uint8Array) => {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  };
  await Promise.all([
    ...wheels.map(([name, platform, python]) =>
      unpackWheel(join(folder, 'wheels', name), platform, python),
    ),
    ...Object.entries(secrets()).map(([name, text]) => write(`secrets/${name}`, text)),
    // Some systems could not check these two out.
    write('letters/Tools.py', 'ONE = 1\n'),
    write('letters/tools.py', 'ONE = 2\n'),
    write('large/zipped/noise.bin', randomFillSync(Buffer.alloc(51 * MB))),
    emptyFile(join(folder, 'large/unzipped/nothing.bin'), 262_144_001),
    emptyFile(join(folder, 'large/half/half'), 100_000_000),
  ]);
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

async function unpackWheel(target: string, platform: string, python: string) {
  const downloads = await mkdtemp(join(tmpdir(), 'pkgr-wheel-'));
  const options = ['--no-deps', '--only-binary=:all:', '--implementation=cp', '--quiet'];
  options.push(`--platform=${platform}`, `--python-version=${python}`, `--dest=${downloads}`);
  await execa('python3', ['-m', 'pip', 'download', ...options, PACKAGE]);
  const [wheel = ''] = await readdir(downloads);
  await execa('python3', ['-m', 'zipfile', '-e', join(downloads, wheel), target]);
  await rm(downloads, { recursive: true });
}

/** Files that look like secrets, none of which is one; keys are made anew each time. */
function secrets(): Readonly<Record<string, string>> {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const account = { type: 'service_account', project_id: 'none', private_key: pem };
  return {
    '.env': '# of nobody\nDATABASE_PASSWORD=not-a-secret\n',
    '.env.example': 'DATABASE_PASSWORD=\n',
    'prod.env': 'export TOKEN=not-a-secret\n',
    '.aws/credentials': '[default]\naws_secret_access_key = not-a-secret\n',
    '.netrc': 'machine example.com login me password not-a-secret\n',
    '.pypirc': '[pypi]\nusername = __token__\npassword = not-a-secret\n',
    'pip.conf': '[global]\nindex-url = https://me:not-a-secret@example.com/simple\n',
    'deploy/id_ed25519': pem,
    'tls/server.pem': `a comment\n${pem}`,
    'tls/public.pem':
      '-----BEGIN CERTIFICATE-----\nTm90aGluZyBzZWNyZXQgaGVyZQ==\n-----END CERTIFICATE-----\n',
    'account.json': JSON.stringify(account, undefined, 2),
    'looks_for_keys.py': 'HEADER = b"-----BEGIN PRIVATE KEY-----"\n',
    'with_key.py': `KEY = """\n${pem}"""\n`,
  };
}

async function emptyFile(path: string, bytes: number) {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, 'w');
  await file.truncate(bytes);
  await file.close();
}
