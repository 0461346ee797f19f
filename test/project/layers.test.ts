import { describe, expect, it } from 'vitest';
import { projectOf as juniperProjectOf, told as juniperTold } from './juniper/juniper-project.js';
import { files, projectOf, told } from './sample-project.js';

const ARN = 'arn:aws:lambda:eu-central-1:123456789012:layer:telemetry:7';
const head = [
  'global: {runtime: python3.13}',
  'layers: {shared: {include: a/}, base: {include: a/}}',
];

describe('the layers of a function', () => {
  it('are those of the manifest by their names, and others by their ARNs, in the written order', async () => {
    const text = [...head, `functions: {hello: {include: a/, layers: [shared, "${ARN}", base]}}`];
    const [unit] = (await projectOf(text.join('\n'), files)).units;
    expect(unit?.layers).toEqual([
      { kind: 'unit', name: 'shared' },
      { kind: 'external', arn: ARN },
      { kind: 'unit', name: 'base' },
    ]);
  });

  it('need no list when there is one', async () => {
    const text = [...head, 'functions: {hello: {include: a/, layers: shared}, bye: {include: a/}}'];
    const { units } = await projectOf(text.join('\n'), files);
    expect(units.map(({ name, layers }) => [name, layers])).toEqual([
      ['hello', [{ kind: 'unit', name: 'shared' }]],
      ['bye', []],
      ['shared', []],
      ['base', []],
    ]);
  });

  it('are refused with the near name when the manifest has no such layer', async () => {
    const lines = [
      'functions:',
      '  one: {include: a/, layers: [shard]}',
      '  two: {include: a/, layers: [other]}',
      '  three: {include: a/, layers: [one]}',
      '  four: {include: a/, layers: [shared, base, shared]}',
    ];
    expect(await told([...head, ...lines].join('\n'), files)).toEqual([
      'pkgr.yml:4:31: error: function "one" names the layer "shard", which the manifest does not declare [unknown-layer]',
      '  hint: did you mean shared?',
      'pkgr.yml:5:31: error: function "two" names the layer "other", which the manifest does not declare [unknown-layer]',
      '  hint: the layers are shared, base',
      'pkgr.yml:6:33: error: function "three" names "one", which is a function, as its layer [unknown-layer]',
      '  hint: move it below layers:, or name a layer',
      'pkgr.yml:7:46: error: function "four" names the layer "shared" twice [unknown-layer]',
      '  hint: name it once; Lambda refuses a function that has a layer twice',
    ]);
  });

  it('are refused where there are no layers at all', async () => {
    const text = 'functions: {hello: {runtime: python3.13, include: a/, layers: shared}}';
    expect(await told(text, files)).toEqual([
      'pkgr.yml:1:63: error: function "hello" names the layer "shared", which the manifest does not declare [unknown-layer]',
      '  hint: declare it below layers:',
    ]);
  });

  it('can be named in a manifest of juniper too', async () => {
    const manifest = [
      'functions: {hello: {include: [./src/app], layers: shared, handler: main.handler}}',
      'layers: {shared: {requirements: ./requirements.txt}}',
    ];
    const { units } = await juniperProjectOf(manifest.join('\n'));
    expect(units[0]?.layers).toEqual([{ kind: 'unit', name: 'shared' }]);
    expect(await juniperTold(manifest.join('\n').replace('layers: s', 'layers: z'))).toContainEqual(
      expect.stringContaining('names the layer "zhared", which the manifest does not declare'),
    );
  });
});
