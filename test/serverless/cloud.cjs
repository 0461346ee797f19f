/**
 * A plugin for services of the tests that answers in place of AWS, of which there is none: a stack
 * that is there and a function that is deployed. What is uploaded is kept in the folder `cloud/`.
 * Everything else about the framework is real.
 */
const { copyFileSync, mkdirSync, writeFileSync } = require('node:fs');
const { basename, join } = require('node:path');

/** @type {Readonly<Record<string, object>>} */
const answers = {
  'STS.getCallerIdentity': { Account: '123456789012', Arn: 'arn:aws:iam::123456789012:user/test' },
  'CloudFormation.describeStacks': { Stacks: [{ StackName: 'test', Outputs: [] }] },
  'CloudFormation.describeStackResource': { StackResourceDetail: { PhysicalResourceId: 'bucket' } },
  'CloudFormation.listStackResources': { StackResourceSummaries: [] },
  // A change set without changes ends a deployment well, and at once.
  'CloudFormation.describeChangeSet': {
    Status: 'FAILED',
    StatusReason: "The submitted information didn't contain changes.",
  },
  'Lambda.getFunction': {
    Configuration: { PackageType: 'Zip', State: 'Active', LastUpdateStatus: 'Successful' },
  },
  'S3.listObjectsV2': { Contents: [] },
};

module.exports = class Cloud {
  hooks = {};

  /**
   * @param {{
   *   serviceDir: string,
   *   getProvider(name: string): { request(...call: any[]): Promise<object> },
   * }} serverless
   */
  constructor(serverless) {
    const folder = join(serverless.serviceDir, 'cloud');
    mkdirSync(folder, { recursive: true });
    serverless.getProvider('aws').request = async (service, method, params = {}) => {
      const call = `${service}.${method}`;
      const path = join(folder, basename(params.Key ?? `${params.FunctionName}.zip`));
      if (call === 'Lambda.updateFunctionCode') writeFileSync(path, params.ZipFile);
      if (call === 'S3.upload' && params.Body.path) copyFileSync(params.Body.path, path);
      return answers[call] ?? {};
    };
  }
};
