import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { dump } from 'js-yaml';
import { RUNTIME, steps, workloads } from '../workloads.mjs';
import { writeAll } from './tool.mjs';

const root = join(import.meta.dirname, '../..');
export const main = join(root, 'dist/cli/main.js');

/**
 * @param {{ env: Record<string, string>, installer?: string, name?: string }} setting
 * @returns {import('./tool.mjs').Tool}
 */
export function pkgr({ env, installer, name = 'pkgr' }) {
  return {
    name,
    settings: installer === undefined ? 'as it comes' : `installer: ${installer}`,
    steps: Object.keys(steps),
    workloads: Object.keys(workloads),
    artifacts: 'dist',
    version: async () => JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version,
    write(workload, folder) {
      const { functions, layer, packages, global, exclude } = workload;
      const shared = global ? functions[0]?.shared : undefined;
      const text = (/** @type {string[]} */ lines) => `${lines.join('\n')}\n`;
      /** @type {Record<string, string>} */
      const files = { ...workload.files };
      if (shared) files['requirements.txt'] = text(shared);
      const entries = functions.map((each) => {
        const lines = global ? each.own : [...each.shared, ...each.own];
        const file = `${each.folder}/requirements.txt`;
        if (lines.length > 0) files[file] = text(lines);
        return [
          each.name,
          {
            handler: 'app.handler',
            include: `${each.folder}/`,
            ...(lines.length > 0 && { requirements: file }),
            ...(layer && { layers: layer.name }),
          },
        ];
      });
      if (layer) files['layer/requirements.txt'] = text(layer.requirements);
      files['pkgr.yml'] = dump({
        global: {
          runtime: RUNTIME,
          ...(shared && { requirements: 'requirements.txt' }),
          ...(packages && { packages }),
          ...(exclude && { exclude }),
          ...(installer && { installer }),
        },
        functions: Object.fromEntries(entries),
        ...(layer && { layers: { [layer.name]: { requirements: 'layer/requirements.txt' } } }),
      });
      writeAll(folder, files);
    },
    command: async (_, step) => ({
      file: process.execPath,
      // Docker knows an old step by its content, in whatever project it was.
      arguments: [main, 'build', ...(step === 'cold' ? ['--no-cache'] : [])],
      env,
    }),
    forget: (folder) => rmSync(join(folder, 'dist'), { recursive: true, force: true }),
  };
}
