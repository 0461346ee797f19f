import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { dump } from 'js-yaml';
import { RUNTIME, steps } from '../workloads.mjs';
import { ownRequirementsFiles, writeAll } from './tool.mjs';

/**
 * @param {{ sam: string, python: string }} setting `python` is a folder with the runtime's interpreter
 * @returns {import('./tool.mjs').Tool}
 */
export function samCli({ sam, python }) {
  const env = {
    SAM_CLI_TELEMETRY: '0',
    AWS_DEFAULT_REGION: 'us-east-1',
    PATH: `${python}:${process.env.PATH}`,
  };
  return {
    name: 'sam build',
    settings: '--cached --parallel, without a container; makes folders, no zips',
    steps: Object.keys(steps).filter((step) => step !== 'os-package'),
    slow: true,
    workloads: ['fourteen', 'science'],
    artifacts: '.aws-sam/build',
    version: async () =>
      (await execa(sam, ['--version'], { env })).stdout.replace(/^.*version /, ''),
    write(workload, folder) {
      /** @type {Record<string, unknown>} */
      const resources = {};
      for (const { name, folder: code } of workload.functions) {
        resources[name.replaceAll('_', '')] = {
          Type: 'AWS::Serverless::Function',
          Properties: { CodeUri: `${code}/`, Handler: 'app.handler', Runtime: RUNTIME },
        };
      }
      /** @type {Record<string, string>} */
      const files = { ...workload.files, ...ownRequirementsFiles(workload) };
      if (workload.layer) {
        files['layer/requirements.txt'] = `${workload.layer.requirements.join('\n')}\n`;
        resources[workload.layer.name] = {
          Type: 'AWS::Serverless::LayerVersion',
          Metadata: { BuildMethod: RUNTIME },
          Properties: { ContentUri: 'layer/', CompatibleRuntimes: [RUNTIME] },
        };
      }
      files['template.yaml'] = dump({
        AWSTemplateFormatVersion: '2010-09-09',
        Transform: 'AWS::Serverless-2016-10-31',
        Resources: resources,
      });
      writeAll(folder, files);
    },
    command: async () => ({ file: sam, arguments: ['build', '--cached', '--parallel'], env }),
    forget: (folder) => rmSync(join(folder, '.aws-sam'), { recursive: true, force: true }),
  };
}
