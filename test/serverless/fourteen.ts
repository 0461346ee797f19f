import { wheel, wheelName } from '../host/python-packages.js';

/** A file's text or bytes, by its path in the service. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

/** A function of the service: what it includes, and what its folder asks pip for. */
interface Declared {
  /** As in serverless.yml; the framework names it after the service and the stage without one. */
  readonly name?: string;
  readonly include: readonly string[];
  readonly requirements?: readonly string[];
  /** `lambda.handler` without one. */
  readonly handler?: string;
  /** It tells the framework where its zip is, as the plugin's README advises. */
  readonly artifact?: true;
}

/** Folders of functions with what is included besides, in the ways of services that were grown. */
const functions: Readonly<Record<string, Declared>> = {
  triage_alert: { include: ['functions/triage_alert'], requirements: ['slack_tool'] },
  page_on_call: {
    include: ['functions/page_on_call'],
    requirements: ['slack_tool', 'calendar_tool'],
  },
  open_ticket: { name: 'open_ticket', include: ['functions/open_ticket'], artifact: true },
  close_ticket: { name: 'close_ticket', include: ['functions/close_ticket'], artifact: true },
  lookup_user: { name: 'lookup_user-${opt:stage}', include: ['functions/lookup_user'] },
  lock_user: { include: ['functions/lock_user', 'functions/lookup_user'] },
  block_address: { include: ['./functions/block_address/'], requirements: ['network_tool'] },
  unblock_address: { include: ['functions/unblock_address'], requirements: ['network_tool'] },
  scan_bucket: { include: ['functions/scan_bucket'], requirements: ['shared_tool'] },
  rotate_key: {
    include: ['functions/rotate_key'],
    requirements: ['calendar_tool', '# nothing else'],
  },
  daily_report: { include: ['functions/daily_report', 'templates'] },
  weekly_report: { include: ['functions/weekly_report', 'templates'] },
  archive_case: { include: ['functions/archive_case'], requirements: [] },
  // Its handler is in the common files. Without any `package` the old plugin fails.
  health: { include: ['templates'], handler: 'health.handler' },
};

/** The keys of the functions. */
export const fourteen = Object.keys(functions);

/** The name of each function's zip, for a stage, as the old plugin has it. */
export function zipName(key: string, stage: string): string {
  const { name } = functions[key] ?? {};
  return name?.replace('${opt:stage}', stage) ?? `responder-${stage}-${key}`;
}

/** What a function includes and what its requirements file asks for, for an oracle. */
export function declared(key: string): Declared {
  return functions[key] ?? { include: [] };
}

/** Packages by their names; each with a module of its own. */
const packages: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  slack_tool: {
    'slack_tool/__init__.py': '"""Talks to a channel."""\n',
    'slack_tool/blocks/__init__.py': '',
    'slack_tool/data/emoji.json': '{}\n',
  },
  calendar_tool: { 'calendar_tool.py': 'SHIFTS = 3\n' },
  network_tool: { 'network_tool/__init__.py': '', 'network_tool/py.typed': '' },
  shared_tool: {
    'shared_tool/__init__.py': 'VERSION = "1.0"\n',
    // Code of the service has a file of this name: packages come over it.
    'settings.py': 'FROM = "a package"\n',
  },
  global_tool: { 'global_tool/__init__.py': '', 'global_tool/cli.py': 'def main(): pass\n' },
};

/** The requirement of a package of the service's own, as a path that pip has from the service's folder. */
export const requirement = (name: string) => `./vendor/${wheelName(name)}`;

/**
 * A service of 14 Python functions that works with socless_integration_packager, or with whatever
 * plugin is named. Its packages are wheels in its own folder, so that nothing but files decides.
 */
export async function fourteenFunctions(plugin: string): Promise<Files> {
  const files: Record<string, string | Uint8Array> = {
    'serverless.yml': serviceFile(plugin),
    'functions/requirements.txt': `# for every function\n${requirement('global_tool')}\n`,
    'common_files/events.py': 'def of(event): return event["detail"]\n',
    'common_files/settings.py': 'FROM = "common"\n',
    'common_files/schemas/case.json': '{}\n',
    'templates/report.txt': 'Hello\n',
    'templates/__init__.py': '',
  };
  for (const [key, { requirements, handler }] of Object.entries(functions)) {
    if (handler !== undefined) continue;
    const folder = `functions/${key}`;
    files[`${folder}/lambda.py`] = `import events\ndef handler(event, context): return "${key}"\n`;
    if (requirements === undefined) continue;
    const lines = requirements.map((one) => (one.startsWith('#') ? one : requirement(one)));
    files[`${folder}/requirements.txt`] = lines.map((line) => `${line}\n`).join('');
  }
  files['common_files/health.py'] = 'def handler(event, context): return "health"\n';
  files['functions/scan_bucket/settings.py'] = 'FROM = "scan_bucket"\n';
  files['functions/scan_bucket/rules/deep/rules.yml'] = 'rules: []\n';
  files['functions/lookup_user/directory/__init__.py'] = '';
  for (const [name, members] of Object.entries(packages)) {
    const scripts = name === 'global_tool' ? ['global-tool = global_tool.cli:main'] : [];
    files[`vendor/${wheelName(name)}`] = await wheel(name, members, { scripts });
  }
  return files;
}

function serviceFile(plugin: string): string {
  const entries = Object.entries(functions).map(([key, { name, include, handler, artifact }]) => {
    const lines = [`  ${key}:`, ...(name === undefined ? [] : [`    name: ${name}`])];
    lines.push(`    handler: ${handler ?? 'lambda.handler'}`);
    lines.push('    package:', '      include:', ...include.map((path) => `        - ${path}`));
    const zip = `\${self:custom.soclessPackager.buildDir}/${name}.zip`;
    if (artifact) lines.push(`      artifact: ${zip}`);
    return lines.join('\n');
  });
  return `service: responder

provider:
  name: aws
  runtime: python3.11

package:
  individually: true

plugins:
  - ${plugin}

custom:
  soclessPackager:
    buildDir: _build

functions:
${entries.join('\n\n')}
`;
}
