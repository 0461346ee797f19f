import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { dump } from 'js-yaml';
import { RUNTIME, steps, workloads } from '../workloads.mjs';
import { writeAll } from './tool.mjs';

const root = join(import.meta.dirname, '../..');
export const main = join(root, 'dist/cli/main.js');

/**
 * @param {{ env: Record<string, string>, installer?: string, name?: string, prunes?: boolean }} setting
 * @returns {import('./tool.mjs').Tool}
 */
export function pkgr({ env, installer, name = 'pkgr', prunes = false }) {
  return {
    name,
    settings: installer === undefined ? 'as it comes' : `installer: ${installer}`,
    steps: Object.keys(steps),
    workloads: Object.keys(workloads),
    artifacts: 'dist',
    version: async () => JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version,
    write(workload, folder) {
      const { functions, layer, packages, global, exclude } = workload;
      const text = (/** @type {string[]} */ lines) => `${lines.join('\n')}\n`;
      /** @type {Record<string, string>} */
      const files = { ...workload.files };
      /** What several functions share is a file of its own, by its text. @type {Map<string, string>} */
      const sets = new Map();
      const fileOf = (/** @type {string[]} */ lines) => {
        const name = sets.get(text(lines)) ?? `requirements/set-${sets.size + 1}.txt`;
        sets.set(text(lines), name);
        files[name] = text(lines);
        return name;
      };
      const shared = global && functions[0] ? fileOf(functions[0].shared) : undefined;
      const entries = functions.map((each) => {
        const own = `${each.folder}/requirements.txt`;
        if (each.own.length > 0) files[own] = text(each.own);
        const requirements = [
          ...(global || each.shared.length === 0 ? [] : [fileOf(each.shared)]),
          ...(each.own.length > 0 ? [own] : []),
        ];
        return [
          each.name,
          {
            handler: 'app.handler',
            include: `${each.folder}/`,
            ...(requirements.length > 0 && { requirements }),
            ...(layer && { layers: layer.name }),
          },
        ];
      });
      if (layer) files['layer/requirements.txt'] = text(layer.requirements);
      files['pkgr.yml'] = dump({
        global: {
          runtime: RUNTIME,
          ...(shared && { requirements: shared }),
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
      arguments: [main, 'build', ...(step === 'cold' && !prunes ? ['--no-cache'] : [])],
      env,
    }),
    async forget(folder) {
      rmSync(join(folder, 'dist'), { recursive: true, force: true });
      // What is not of this type are the downloads that pip and uv keep.
      const prune = ['builder', 'prune', '--all', '--force', '--filter', 'type=regular'];
      if (prunes) await execa('docker', prune, { env });
    },
  };
}
