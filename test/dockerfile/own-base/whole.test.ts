import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DockerfileBase } from '../../../src/plan/index.js';
import { readDockerfile } from '../../../src/project/index.js';
import { logicalLines } from '../../../src/project/own-dockerfile/logical-lines.js';
import { folderWith, hasEngine } from '../../engine/local-engine.js';
import { engineBuilder } from '../../examples/stand-ins.js';
import { hostile } from '../hostile.js';
import { instructionsOf } from '../read-back.js';
import { solveFiles } from '../solve-files.js';
import { dockerfiles, trap } from './arbitrary.js';
import { file, plainBuild, printOwn } from './print-own.js';

/*
 * What a user's text must not do to the stages that come behind it: swallow one, because its last
 * instruction goes on, or bring one along, because what was text becomes an instruction.
 */
const seed = Number(process.env.PKGR_TEST_SEED ?? 20);

const behind = `FROM scratch AS behind\nCOPY --from=base / /\n`;

function accepted(
  text: string,
  { args = {}, context }: Partial<Pick<DockerfileBase, 'args' | 'context'>> = {},
) {
  const hasContext = context !== undefined;
  return readDockerfile(file, text, { ...plainBuild, args, hasContext }).dockerfile;
}

/** Without anything that changes the text, and with all that does. */
const builds = [{}, { context: 'context-1', args: { A: `"$x' <<EOF \\`, x: trap } }] as const;

test.each(
  builds,
)('reading the generated text again finds the same stages, and those behind them: %o', async (build) => {
  let count = 0;
  const property = fc.asyncProperty(fc.oneof(dockerfiles, hostile), async (text) => {
    const own = accepted(text, build);
    if (own === undefined) return;
    count += 1;
    const printed = `${await printOwn(text, build)}\n\n${behind}`;
    const again = accepted(printed);
    expect(again?.stages.map(({ name }) => name)).toEqual([
      ...own.images.map((_, index) => `base.${own.stages.length + index}`),
      ...own.stages.slice(1).map((_, index) => `base.${index + 1}`),
      'base',
      'behind',
    ]);
  });
  await fc.assert(property, { numRuns: 1500, seed });
  expect(count).toBeGreaterThan(250);
});

test('a parser that knows nothing of pkgr sees them too, where it agrees about the text itself', async () => {
  let count = 0;
  const property = fc.asyncProperty(dockerfiles, async (text) => {
    const own = accepted(text);
    if (own === undefined || !agrees(`${text}\n${behind}`)) return;
    count += 1;
    const printed = instructionsOf(`${await printOwn(text)}\n\n${behind}`);
    const stages = printed.filter((one) => one.getKeyword() === 'FROM').length;
    expect(stages).toBe(own.images.length + own.stages.length + 1);
  });
  await fc.assert(property, { numRuns: 1500, seed });
  expect(count).toBeGreaterThan(100);
});

/** Whether the other parser begins each instruction where pkgr does, and not by two mistakes at once. */
function agrees(text: string): boolean {
  if (/\\\\[ \t\r]*$/m.test(text)) return false;
  const starts = (logicalLines(text, () => {}) ?? []).map(
    ({ keyword, start }) => `${keyword} ${text.slice(0, start).split('\n').length - 1}`,
  );
  const others = instructionsOf(text).map(
    (one) => `${one.getKeyword()} ${one.getRange().start.line}`,
  );
  return starts.join() === others.join();
}

describe.runIf(hasEngine)('the engine itself', { timeout: 120_000 }, () => {
  test('sees each stage behind any Dockerfile, and none that is only text', async () => {
    const texts = fc
      .sample(dockerfiles, { numRuns: 400, seed })
      .filter((text) => accepted(text))
      .slice(0, 120);
    expect(texts.length).toBeGreaterThan(80);
    const printed = await Promise.all(
      texts.map((text, index) => printOwn(text, { id: `b${index}` })),
    );
    const { files } = await solve(printed);
    expect([...files.keys()].sort()).toEqual(
      ['intact', ...texts.map((_, index) => `mark-${index}`)].sort(),
    );
  });

  test.each([
    ['swallows the stage behind it', 'FROM scratch AS b0\nRUN x \\'],
    ['brings a stage of its text along', `FROM scratch AS b0\nRUN x\n${trap}`],
  ])('would tell of a text that %s', async (_, text) => {
    await expect(solve([text])).rejects.toThrow(/mark-0|intact/);
  });
});

/** Builds nothing of what is given, but a stage behind each, and a file of the stage called trap. */
async function solve(printed: readonly string[]) {
  const marked = printed.map(
    (text, index) => `${text}\n\nFROM scratch AS mark-${index}\nCOPY <<MARK /mark-${index}\nMARK\n`,
  );
  const dockerfile = [
    `# All together.\n${trap}\nCOPY <<MARK /intact\nMARK\n`,
    ...marked,
    'FROM scratch',
    'COPY --from=trap /intact /',
    ...printed.map((_, index) => `COPY --from=mark-${index} / /`),
  ].join('\n');
  const options = ['--builder', await engineBuilder()];
  return solveFiles({ root: folderWith({}), dockerfile, options });
}
