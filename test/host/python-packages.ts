import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { ZipFile } from 'yazl';
import type { Runtime } from '../../src/project/index.js';

/** The runtime whose Python is this machine's `python3`, so that tests run wherever there is one. */
export const machineRuntime = `python3.${execFileSync('python3', [
  '-c',
  'import sys; print(sys.version_info[1])',
])
  .toString()
  .trim()}` as Runtime;

/** What a wheel made by hand holds besides its files. */
export interface WheelOptions {
  readonly version?: string;
  /** Wheel tag; `py3-none-any` by default. */
  readonly tag?: string;
  /** `Requires-Dist` lines. */
  readonly requires?: readonly string[];
  readonly extras?: readonly string[];
  /** Console scripts: `name = module:function`. */
  readonly scripts?: readonly string[];
}

/** A wheel, without pip and without an index; its file name must be `wheelName`. */
export async function wheel(
  name: string,
  files: Readonly<Record<string, string>>,
  options: WheelOptions = {},
): Promise<Buffer> {
  const {
    version = '1.0',
    tag = 'py3-none-any',
    requires = [],
    extras = [],
    scripts = [],
  } = options;
  const info = `${name}-${version}.dist-info`;
  const metadata = [
    'Metadata-Version: 2.1',
    `Name: ${name}`,
    `Version: ${version}`,
    ...extras.map((extra) => `Provides-Extra: ${extra}`),
    ...requires.map((requirement) => `Requires-Dist: ${requirement}`),
  ];
  const isPure = tag.endsWith('-any');
  const members: Record<string, string> = {
    ...files,
    [`${info}/METADATA`]: `${metadata.join('\n')}\n`,
    [`${info}/WHEEL`]: `Wheel-Version: 1.0\nGenerator: hand\nRoot-Is-Purelib: ${isPure}\nTag: ${tag}\n`,
    ...(scripts.length > 0 && {
      [`${info}/entry_points.txt`]: `[console_scripts]\n${scripts.join('\n')}\n`,
    }),
  };
  const rows = Object.entries(members).map(([path, text]) => {
    const digest = createHash('sha256').update(text).digest('base64url');
    return `${path},sha256=${digest},${Buffer.byteLength(text)}`;
  });
  members[`${info}/RECORD`] = `${[...rows, `${info}/RECORD,,`].join('\n')}\n`;
  const zip = new ZipFile();
  for (const [path, text] of Object.entries(members)) zip.addBuffer(Buffer.from(text), path);
  zip.end();
  const parts: Buffer[] = [];
  for await (const part of zip.outputStream) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
}

export function wheelName(
  name: string,
  { version = '1.0', tag = 'py3-none-any' }: WheelOptions = {},
) {
  return `${name}-${version}-${tag}.whl`;
}

/**
 * Files of a project folder whose wheel a build backend of its own makes, without setuptools and
 * without the network.
 * @param tag of the wheel that it builds
 */
export function localProject(folder: string, name: string, tag = 'py3-none-any') {
  return {
    [`${folder}/pyproject.toml`]:
      '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n',
    [`${folder}/backend.py`]: backend(name, tag),
    [`${folder}/${name}.py`]: 'VALUE = 1\n',
  };
}

function backend(name: string, tag: string): string {
  const info = `${name}-1.0.dist-info`;
  return `
import os, zipfile
def build_wheel(directory, settings=None, metadata=None):
    os.makedirs("build", exist_ok=True)
    file = "${name}-1.0-${tag}.whl"
    with zipfile.ZipFile(os.path.join(directory, file), "w") as wheel:
        wheel.write("${name}.py")
        wheel.writestr("${info}/METADATA", "Metadata-Version: 2.1\\nName: ${name}\\nVersion: 1.0\\n")
        wheel.writestr("${info}/WHEEL", "Wheel-Version: 1.0\\nGenerator: hand\\nRoot-Is-Purelib: true\\nTag: ${tag}\\n")
        wheel.writestr("${info}/RECORD", "${name}.py,,\\n${info}/METADATA,,\\n${info}/WHEEL,,\\n${info}/RECORD,,\\n")
    return file
`;
}
