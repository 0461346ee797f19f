import { describe, expect, test } from 'vitest';
import { formatDiagnostics } from '../../../src/diagnostics/index.js';
import { readSource } from '../../../src/manifest/index.js';
import {
  readServerlessService,
  serviceOf,
  soclessJsonSchema,
} from '../../../src/manifest/serverless/index.js';
import { noInputs } from '../../../src/manifest/serverless/variables/index.js';
import { folderOf, resolved } from '../../manifest/serverless/resolved.js';
import { isFrom, readPage } from '../page.js';

const page = readPage('reference/serverless-yml.md');
const { properties, required } = JSON.parse(soclessJsonSchema()) as {
  readonly properties: Readonly<Record<string, { readonly description: string }>>;
  readonly required: readonly string[];
};

/** The text below each heading of an option. */
const sections = new Map(
  page.text
    .split(/^## /m)
    .filter((section) => section.startsWith('Options\n'))
    .flatMap((section) => section.split(/^### /m).slice(1))
    .map((section) => {
      const [heading = '', ...text] = section.split('\n');
      return [heading, text.join('\n').trim()] as const;
    }),
);

/** What a text of a serverless.yml says, and what is told of it. */
function read(text: string) {
  const { document, diagnostics } = readSource('serverless.yml', Buffer.from(text), {
    hasIntrinsics: true,
  });
  if (document === undefined) return { told: formatDiagnostics(diagnostics) };
  const service = serviceOf(document, folderOf({}), noInputs, () => {});
  const reading = readServerlessService(service);
  return {
    manifest: reading.manifest,
    told: formatDiagnostics([...diagnostics, ...reading.diagnostics]),
  };
}

describe('the reference of serverless.yml', () => {
  test('has a section for each option, and for nothing else', () => {
    expect([...sections.keys()]).toEqual(Object.keys(properties));
    for (const option of required) expect(properties[option]?.description).toContain('Needed.');
  });

  test.each(
    Object.entries(properties),
  )('says of %s what editors show, and gives an example that is accepted', (option, {
    description,
  }) => {
    const section = sections.get(option) ?? '';
    const [first = ''] = section.split('\n\n');
    expect(first.replaceAll('\n', ' ')).toBe(description);
    const [, example = ''] = /```yaml\n(.*?)```/s.exec(section) ?? [];
    expect(example).toContain(`\n    ${option}:`);
    const rest = 'provider: {runtime: python3.13}\nfunctions: {a: {handler: a.b}}\n';
    const { manifest, told } = read(`${example}${rest}`);
    expect(told).toBe('');
    expect(manifest?.options.buildDir?.value).toBe('_build');
  });

  test('has a whole service that is accepted, with the names of the zips that it says', () => {
    const [{ text = '' } = {}] = page.blocks('yaml');
    const { manifest, told } = read(text);
    expect(told).toBe('');
    expect(manifest?.functions.map(({ key, name }) => name?.value ?? key)).toEqual([
      'open',
      'close-case-dev',
    ]);
  });

  test('has variables that are resolved', () => {
    const table = page.text.split('\n## Variables\n')[1]?.split('\n| variable |')[1] ?? '';
    const rows = table.split('\n\n')[0]?.split('\n').slice(2) ?? [];
    const variables = rows.flatMap((row) =>
      [...(row.split(' | ')[0] ?? '').matchAll(/`(.*?)`/g)].map(([, text = '']) => text),
    );
    expect(variables.length).toBeGreaterThan(12);
    const inputs = {
      stage: 'prod',
      region: 'eu-west-1',
      options: { color: 'red' },
      params: { size: 'xl' },
      environment: { NAME: 'n' },
    };
    const service = {
      custom: { name: 'n', stage: 's', prod: { name: 'p' } },
      // Of all of it no value can be made in itself.
      x: variables.filter((text) => text !== '${self:}'),
    };
    const files = { 'other.yml': 'key: k\n' };
    const { value, unresolved } = resolved(service, inputs, files);
    expect(unresolved).toEqual([]);
    const values: readonly unknown[] = [
      ...['n', 'prod', 'eu-west-1', 'red', 'xl', 'prod', 'eu-west-1', 'n', 'k', true, 'prod', 'p'],
      ...['prod', '${opt:stage}', '${AWS::Region}'],
    ];
    expect(Reflect.get(Object(value), 'x')).toEqual(values);
  });

  test('shows what is told where a value is not known', () => {
    const { told } = read(
      [
        'provider: {runtime: python3.13}',
        'custom: {soclessPackager: {buildDir: _build}}',
        'functions:',
        '  open:',
        '    name: ${ssm:/cases/name}',
        '    handler: lambda.handler',
        '    environment: {TOKEN: "${ssm:/cases/token}"}',
      ].join('\n'),
    );
    const [, shown = ''] = /```\n(serverless\.yml:.*?)\n```/s.exec(page.text) ?? [];
    expect(isFrom(shown, told), told).toBe(true);
    expect(told).not.toContain('token');
  });
});
