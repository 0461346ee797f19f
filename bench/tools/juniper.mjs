import { rmSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { execa } from 'execa';
import { dump } from 'js-yaml';
import { steps } from '../workloads.mjs';
import { ownRequirementsFiles, writeAll } from './tool.mjs';

/**
 * @param {{ juni: string, image: string, env: Record<string, string> }} setting
 * @returns {import('./tool.mjs').Tool}
 */
export function juniper({ juni, image, env }) {
  return {
    name: 'juniper',
    settings: 'with docker-compose',
    steps: Object.keys(steps).filter((step) => step !== 'os-package'),
    slow: true,
    workloads: ['fourteen', 'science'],
    artifacts: 'dist',
    version: async () => {
      await execa('docker-compose', ['--version']);
      const { stdout } = await execa(join(dirname(juni), 'pip'), ['show', 'juniper']);
      return /^Version: (.*)$/m.exec(stdout)?.[1] ?? '';
    },
    write(workload, folder) {
      const files = { ...workload.files, ...ownRequirementsFiles(workload) };
      const functions = workload.functions.map(({ name, folder: code, own, shared }) => [
        name,
        {
          include: [`./${code}/`],
          ...(own.length + shared.length > 0 && { requirements: `./${code}/requirements.txt` }),
        },
      ]);
      if (workload.layer)
        files['layer/requirements.txt'] = `${workload.layer.requirements.join('\n')}\n`;
      files['manifest.yml'] = dump({
        global: { image, output: './dist' },
        functions: Object.fromEntries(functions),
        ...(workload.layer && {
          layers: { [workload.layer.name]: { requirements: './layer/requirements.txt' } },
        }),
      });
      writeAll(folder, files);
    },
    command: async () => ({
      file: juni,
      arguments: ['build'],
      // The docker-compose that pip installs with it does not start: the distribution's comes first.
      env: { ...env, PATH: [env.PATH ?? process.env.PATH ?? '', dirname(juni)].join(delimiter) },
    }),
    forget: (folder) => rmSync(join(folder, 'dist'), { recursive: true, force: true }),
  };
}
