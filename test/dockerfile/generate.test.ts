import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { generateDockerfiles, generateSolve } from '../../src/dockerfile/index.js';
import { type BuildPlan, type PlannedUnit, planProject } from '../../src/plan/index.js';
import { projectOf, unitOf } from '../plan/sample.js';
import { hostile, hostileLine } from './hostile.js';
import { harmless, planOf, type Values } from './plan-of.js';
import { skeletonOf } from './read-back.js';

const named = { kind: 'named-context', name: 'pkgr' } as const;

async function textsOf(plan: BuildPlan, folder = '.pkgr'): Promise<Record<string, string>> {
  const files = await generateDockerfiles(plan, folder);
  return Object.fromEntries(files.map(({ path, text }) => [path, text]));
}

/** A plan with this many units that have nothing but code. */
function manyUnits(count: number): BuildPlan {
  const plan = planOf(harmless);
  const [, , plain] = plan.units;
  if (plain === undefined) throw new Error('the plan has a plain unit');
  const units = Array.from({ length: count }, (_, index): PlannedUnit => {
    return { ...plain, name: `unit-${index}`, target: `unit-${index}` };
  });
  return { ...plan, units };
}

describe('the generated files', () => {
  test('are the expected ones for a plan with every kind of stage', async () => {
    const texts = await textsOf(planOf(harmless));
    expect(Object.keys(texts)).toEqual([
      'Dockerfile',
      'Dockerfile.dockerignore',
      'report.Dockerfile',
      'report.Dockerfile.dockerignore',
      'shared.Dockerfile',
      'shared.Dockerfile.dockerignore',
      'plain.Dockerfile',
      'plain.Dockerfile.dockerignore',
    ]);
    for (const name of ['Dockerfile', 'Dockerfile.dockerignore', 'shared.Dockerfile']) {
      await expect(texts[name]).toMatchFileSnapshot(`expected/${name}`);
    }
  });

  test('pack several small functions in one step, and in its own file each by itself', async () => {
    const small = (name: string) => unitOf(name, { hasSmallCode: true });
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    const texts = await textsOf(planProject(projectOf(names.map(small))));
    await expect(texts.Dockerfile).toMatchFileSnapshot('expected/batch.Dockerfile');
    await expect(texts['b.Dockerfile']).toMatchFileSnapshot('expected/alone.Dockerfile');
  });

  test('of a unit have the stages of the combined file that it needs, in the same words and order', async () => {
    const { Dockerfile = '', ...others } = await textsOf(planOf(harmless));
    const blocks = Dockerfile.trimEnd().split('\n\n').slice(1);
    for (const name of ['report', 'shared', 'plain']) {
      const own = (others[`${name}.Dockerfile`] ?? '').trimEnd().split('\n\n').slice(1);
      expect(blocks.filter((block) => own.includes(block))).toEqual(own);
      expect(own.at(-1)).toContain(`FROM scratch AS ${name}\n`);
      expect(own.length).toBeLessThan(blocks.length);
    }
  });

  test('let the engine see the programs and nothing else of their folder, whatever it is called', async () => {
    const texts = await textsOf(planOf(harmless), 'a [1]/#gen');
    expect(texts['Dockerfile.dockerignore']).toBe(
      '**/*.pyc\na \\[1\\]/\\#gen\n!a \\[1\\]/\\#gen/programs\n',
    );
    expect(texts.Dockerfile).toContain('COPY ["./a [[]1]/#gen/programs/", "./"]');
  });

  test('say how to build them, with paths quoted for the shell and for Docker', async () => {
    const values = { ...harmless, pipconf: 'a, "b".conf', output: 'a,b' };
    const { Dockerfile = '' } = await textsOf(planOf(values));
    expect(Dockerfile).toContain(
      `#   docker buildx build -f .pkgr/Dockerfile --secret 'id=pip-conf,"src=a, ""b"".conf"' --ssh default --output 'type=local,"dest=a,b"' .`,
    );
  });

  test('ask for a secret or an SSH agent only where the unit needs it', async () => {
    const plan = planOf(harmless);
    const texts = await textsOf({ ...plan, units: plan.units.toReversed() });
    const header = (name: string) => (texts[name] ?? '').split('\n\n')[0];
    expect(header('Dockerfile')?.match(/id=pip-conf|--ssh/g)).toEqual(['id=pip-conf', '--ssh']);
    expect(header('report.Dockerfile')?.match(/id=pip-conf|--ssh/g)).toEqual([
      'id=pip-conf',
      '--ssh',
    ]);
    expect(header('shared.Dockerfile')).not.toMatch(/pip-conf|--ssh/);
  });

  test('are refused for a line of the .dockerignore that would be two', async () => {
    const plan = planOf({ ...harmless, ignore: 'a\n!secret' });
    await expect(generateDockerfiles(plan, '.pkgr')).rejects.toBeInstanceOf(RangeError);
  });
});

describe('one solve', () => {
  const plan = planOf(harmless);
  const digests = { kind: 'digests', units: plan.units } as const;
  const verified = plan.units.slice(0, 2);

  test('needs only the stages of its units, and gathers their zips or digests', async () => {
    const units = plan.units.filter(({ name }) => name === 'shared');
    const zips = await generateSolve(plan, { kind: 'zips', units }, named);
    expect(zips.target).toBe('changed');
    expect(skeletonOf(zips.dockerfile).filter((line) => line.startsWith('FROM'))).toEqual([
      'FROM ... AS programs',
      'FROM ... AS python3.11-amd64',
      'FROM ... AS python3.11-amd64-uv',
      'FROM ... AS deps-2-files',
      'FROM ... AS deps-2',
      'FROM ... AS shared-zip',
      'FROM ... AS changed',
    ]);
    const told = await generateSolve(plan, { kind: 'digests', units }, named);
    expect(told.target).toBe('digests');
    expect(told.dockerfile).toContain('COPY --from=shared-zip /pkgr/digest/ /digests/\n');
    expect(told.dockerfile).not.toContain('COPY --from=shared-zip /pkgr/out/');
    expect(told.ignore).toBe('**/*.pyc\n');
  });

  test('brings zips with the digests where that is wanted', async () => {
    const withZips = plan.units.filter(({ name }) => name === 'shared');
    const { dockerfile } = await generateSolve(plan, { ...digests, withZips }, named);
    expect(dockerfile.match(/^COPY --from=\S+-zip .*/gm)).toEqual([
      ...plan.units.map(({ target }) => `COPY --from=${target}-zip /pkgr/digest/ /digests/`),
      'COPY --from=shared-zip /pkgr/out/ /zips/',
    ]);
  });

  test('takes zips with the same packages apart where there are four of them', async () => {
    const functions = (count: number): BuildPlan => {
      const { packageZips, units } = plan;
      const [first] = units;
      if (first === undefined) throw new Error('the plan has no unit');
      const { code: _, ...others } = first;
      const names = Array.from({ length: count }, (_, index) => `unit-${index}`);
      const packed = names.map((name) => {
        return { ...others, name, target: name, code: [], zip: `dist/${name}.zip` };
      });
      return { ...plan, packageZips, units: [...packed, ...units.slice(1)] };
    };
    const gathered = async (many: BuildPlan) => {
      const wanted = { kind: 'digests', units: many.units, withZips: many.units } as const;
      const { dockerfile } = await generateSolve(many, wanted, named);
      return { dockerfile, copies: dockerfile.match(/^COPY --from=.* \/(shared|zips)\/.*/gm) };
    };
    expect((await gathered(functions(3))).copies).toEqual([
      ...[0, 1, 2].map((index) => `COPY --from=unit-${index}-zip /pkgr/out/ /zips/`),
      'COPY --from=shared-zip /pkgr/out/ /zips/',
      'COPY --from=plain-zip /pkgr/out/ /zips/',
    ]);
    const { dockerfile, copies } = await gathered(functions(4));
    expect(copies).toEqual([
      'COPY --from=packages-1-rests /pkgr/rests/ /zips/',
      'COPY --from=deps-1 /pkgr/out/hash-var-task/packages.zip /shared/packages-1.zip',
      'COPY --from=shared-zip /pkgr/out/ /zips/',
      'COPY --from=plain-zip /pkgr/out/ /zips/',
    ]);
    const stage = dockerfile.split('\n\n').find((block) => block.includes('AS packages-1-rests'));
    await expect(`${stage}\n`).toMatchFileSnapshot('expected/rests.Dockerfile');
    expect((await textsOf(functions(4))).Dockerfile).not.toMatch(/rests/);
  });

  test('has the same stages as the generated files, apart from where the programs come from', async () => {
    const { dockerfile } = await generateSolve(plan, { kind: 'zips', units: plan.units }, named);
    const { Dockerfile = '' } = await textsOf(plan);
    const blocks = Dockerfile.split('\n\n');
    const own = dockerfile.trimEnd().split('\n\n');
    const different = own.filter((block) => !blocks.includes(block));
    expect(different.map((block) => /AS (\S+)$/m.exec(block)?.[1])).toEqual([
      'programs',
      'changed',
    ]);
    expect(different[0]).toContain('COPY --from=pkgr ["./", "./"]');
  });

  test('verifies units behind their zips, and nothing else does', async () => {
    const { dockerfile } = await generateSolve(plan, { ...digests, verified }, named);
    const verifying = dockerfile.slice(dockerfile.indexOf('# The same with nothing in it'));
    await expect(verifying).toMatchFileSnapshot('expected/verify.Dockerfile');
    const without = await generateSolve(plan, digests, named);
    expect(without.dockerfile).not.toMatch(/verif|sandbox|unpack/);
  });

  test('gives the network to what installs alone', async () => {
    const { dockerfile } = await generateSolve(plan, { ...digests, verified }, named);
    const runs = dockerfile.split(/^RUN /m).slice(1);
    const withNetwork = runs.filter((run) => !run.startsWith('--network=none'));
    expect(withNetwork.length).toBeLessThan(runs.length);
    expect(withNetwork.map((run) => /\/programs\/(\S+)/.exec(run)?.[1])).toEqual([
      'os-packages.sh',
      'fetch_uv.py',
      'install.py',
      'install.py',
    ]);
  });

  test('copies zips once where the last stage has room for them', async () => {
    const last = async (count: number) => {
      const many = manyUnits(count);
      const wanted = { kind: 'digests', units: many.units, withZips: many.units } as const;
      const { dockerfile } = await generateSolve(many, wanted, named);
      const copies = (dockerfile.trimEnd().split('\n\n').at(-1) ?? '').split('\n').slice(1);
      return copies.map((line) => line.replace(/^COPY --from=\S+ /, ''));
    };
    expect(await last(19)).toEqual(['/ /', ...Array(19).fill('/pkgr/out/ /zips/')]);
    expect(await last(20)).toEqual(['/ /', '/ /']);
  });

  test.each([
    [1, 1],
    [20, 1],
    [21, 3],
    [400, 21],
    [401, 24],
    [1000, 54],
  ])('gathers %i units in a tree of %i stages with at most 20 copies each', async (count, stages) => {
    const many = manyUnits(count);
    const { dockerfile } = await generateSolve(many, { kind: 'digests', units: many.units }, named);
    const blocks = dockerfile.trimEnd().split('\n\n');
    const gather = blocks.filter((block) => /AS digests(\.\d+)?$/m.test(block));
    expect(gather.length).toBe(stages);
    const copies = gather.map((block) => block.match(/^COPY /gm)?.length ?? 0);
    expect(Math.max(...copies)).toBeLessThanOrEqual(20);
    for (const { target } of many.units) {
      expect(dockerfile.split(`COPY --from=${target}-zip /pkgr/digest/ /digests/\n`).length).toBe(
        2,
      );
    }
  });
});

test('no value of a plan adds, drops or changes an instruction', { timeout: 300_000 }, async () => {
  const expected = await skeletonsOf(planOf(harmless));
  const names = Object.keys(harmless) as (keyof Values)[];
  const seen = { printed: 0, all: 0 };
  const text = fc.oneof({ weight: 1, arbitrary: hostile }, { weight: 4, arbitrary: hostileLine });
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.constantFrom(...names), { minLength: 1, maxLength: 3 }),
      fc.array(text, { minLength: 3, maxLength: 3 }),
      async (chosen, texts) => {
        const values = Object.fromEntries(chosen.map((name, index) => [name, texts[index]]));
        seen.all += 1;
        try {
          expect(await skeletonsOf(planOf({ ...harmless, ...values }))).toEqual(expected);
          seen.printed += 1;
        } catch (error) {
          if (!(error instanceof RangeError)) throw error;
        }
      },
    ),
    { numRuns: 400 },
  );
  expect(seen.printed / seen.all).toBeGreaterThan(0.2);
});

/** Of all files, with the lines of a heredoc made harmless to a parser that joins lines in it. */
async function skeletonsOf(plan: BuildPlan): Promise<readonly (readonly string[])[]> {
  const files = await generateDockerfiles(plan, '.pkgr');
  const wanted = {
    kind: 'digests',
    units: plan.units,
    withZips: plan.units,
    verified: plan.units.filter(({ verify }) => verify !== undefined),
  } as const;
  const solve = await generateSolve(plan, wanted, named);
  const dockerfiles = files.filter(({ path }) => path.endsWith('Dockerfile'));
  const ignores = files.filter(({ path }) => !path.endsWith('Dockerfile'));
  expect(ignores.every(({ text }) => text.split('\n').length === 4)).toBe(true);
  return [...dockerfiles.map(({ text }) => text), solve.dockerfile].map((text) =>
    skeletonOf(text.replace(/(?<=^COPY <<'EOF_*'.*\n).*/gm, (line) => line.replaceAll('\\', '/'))),
  );
}
