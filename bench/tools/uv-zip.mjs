import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { RUNTIME, steps, workloads } from '../workloads.mjs';
import { ownRequirementsFiles, writeAll } from './tool.mjs';

/** What one writes when no tool is wanted: a loop. */
const LOOP = `#!/bin/sh
set -e
rm -rf build dist
mkdir -p build dist
for folder in functions/* layer; do
  [ -d "$folder" ] || continue
  name=\${folder##*/}
  mkdir build/$name
  if [ -f "$folder/requirements.txt" ]; then
    $UV pip install -q --python-version ${RUNTIME.replace('python', '')} --target build/$name -r "$folder/requirements.txt"
  fi
  cp -r "$folder/." build/$name/
  (cd build/$name && zip -q -r "../../dist/$name.zip" .)
done
`;

/**
 * @param {{ uv: string }} setting
 * @returns {import('./tool.mjs').Tool}
 */
export function uvZip({ uv }) {
  return {
    name: 'uv + zip',
    settings: 'a loop without Docker; the floor',
    steps: Object.keys(steps).filter((step) => step !== 'os-package'),
    workloads: Object.keys(workloads),
    artifacts: 'dist',
    version: async () => (await execa(uv, ['--version'])).stdout.replace(/^uv /, ''),
    write(workload, folder) {
      const layer = workload.layer && {
        'layer/requirements.txt': `${workload.layer.requirements.join('\n')}\n`,
      };
      writeAll(folder, {
        ...workload.files,
        ...ownRequirementsFiles(workload),
        ...layer,
        'build.sh': LOOP,
      });
    },
    command: async () => ({ file: 'sh', arguments: ['build.sh'], env: { UV: uv } }),
    forget(folder) {
      for (const name of ['build', 'dist'])
        rmSync(join(folder, name), { recursive: true, force: true });
    },
  };
}
