import { mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { dump } from 'js-yaml';
import { RUNTIME, steps } from '../workloads.mjs';
import { ownRequirementsFiles, writeAll } from './tool.mjs';

/**
 * @typedef {object} ServerlessSetting
 * @property {string} modules the node_modules with the framework and both plugins
 * @property {string} image
 * @property {Record<string, string>} env
 */

/**
 * @param {import('../workloads.mjs').Workload} workload
 * @param {string} plugin
 */
function service({ functions }, plugin) {
  return {
    service: 'bench',
    frameworkVersion: '3',
    provider: { name: 'aws', runtime: RUNTIME, region: 'us-east-1' },
    plugins: [plugin],
    functions: Object.fromEntries(
      functions.map(({ name }) => [
        name,
        /** @type {Record<string, unknown>} */ ({ handler: 'app.handler' }),
      ]),
    ),
  };
}

/** @param {ServerlessSetting} setting */
function framework({ modules, env }) {
  return {
    /** @param {string} folder */
    command: async (folder) => {
      // The framework looks for its plugins beside the service.
      const own = join(folder, 'node_modules');
      mkdirSync(folder, { recursive: true });
      rmSync(own, { recursive: true, force: true });
      symlinkSync(modules, own);
      const main = join(modules, 'serverless/bin/serverless.js');
      return {
        file: process.execPath,
        arguments: [main, 'package'],
        env: { ...env, SLS_TELEMETRY_DISABLED: '1', SLS_NOTIFICATIONS_MODE: 'off' },
      };
    },
    artifacts: '.serverless',
  };
}

/**
 * @param {ServerlessSetting & { cache: string }} setting
 * @returns {import('./tool.mjs').Tool}
 */
export function pythonRequirements(setting) {
  return {
    name: 'serverless-python-requirements',
    settings:
      'serverless 3.40, dockerizePip, static and download cache, packaged individually; what is a layer for others goes into the function, because serverless package asks CloudFormation about layers',
    withoutLayers: true,
    steps: Object.keys(steps).filter((step) => step !== 'os-package'),
    slow: true,
    workloads: ['fourteen', 'science'],
    ...framework(setting),
    version: async () => versionOf(setting, 'serverless-python-requirements'),
    write(workload, folder) {
      const { layer, functions } = workload;
      const description = service(workload, 'serverless-python-requirements');
      for (const { name, folder: code } of functions) {
        description.functions[name] = { handler: 'app.handler', module: code };
      }
      const own = functions.map((each) => ({
        ...each,
        own: [...(layer?.requirements ?? []), ...each.own],
      }));
      writeAll(folder, {
        ...workload.files,
        ...ownRequirementsFiles({ ...workload, functions: own }),
        'serverless.yml': dump({
          ...description,
          // Else every zip gets what the framework itself needs.
          package: { individually: true, patterns: ['!node_modules/**'] },
          custom: {
            pythonRequirements: {
              dockerizePip: true,
              dockerImage: setting.image,
              useStaticCache: true,
              useDownloadCache: true,
              cacheLocation: setting.cache,
            },
          },
        }),
      });
    },
    forget(folder) {
      rmSync(join(folder, '.serverless'), { recursive: true, force: true });
      // What was installed for the same requirements, but not what was downloaded.
      for (const name of ['.requirements', 'staticCache']) {
        rmSync(join(setting.cache, name), { recursive: true, force: true });
      }
    },
  };
}

/**
 * @param {ServerlessSetting} setting
 * @returns {import('./tool.mjs').Tool}
 */
export function socless(setting) {
  return {
    name: 'socless_integration_packager',
    settings: 'serverless 3.40',
    steps: ['cold', 'unchanged', 'edited'],
    slow: true,
    workloads: ['fourteen'],
    ...framework(setting),
    artifacts: 'build',
    version: async () => versionOf(setting, 'socless_integration_packager'),
    write(workload, folder) {
      const description = service(workload, 'socless_integration_packager');
      for (const { name, folder: code } of workload.functions) {
        Object.assign(description.functions[name] ?? {}, { package: { include: [code] } });
      }
      /** @type {Record<string, string>} */
      const files = { ...workload.files };
      for (const { folder: code, own } of workload.functions) {
        if (own.length > 0) files[`${code}/requirements.txt`] = `${own.join('\n')}\n`;
      }
      files['functions/requirements.txt'] = `${workload.functions[0]?.shared.join('\n')}\n`;
      files['serverless.yml'] = dump({
        ...description,
        custom: {
          soclessPackager: { buildDir: 'build', dockerImage: setting.image, globalIncludes: [] },
        },
      });
      writeAll(folder, files);
    },
    forget(folder) {
      for (const name of ['build', '.serverless'])
        rmSync(join(folder, name), { recursive: true, force: true });
    },
  };
}

/**
 * @param {ServerlessSetting} setting
 * @param {string} name
 * @returns {Promise<string>}
 */
async function versionOf({ modules }, name) {
  return JSON.parse(readFileSync(join(modules, name, 'package.json'), 'utf8')).version;
}
