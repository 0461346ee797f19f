import type { BuildResult, VerifyResult } from '../../src/api/index.js';
import type { ExampleName } from './example.js';

/**
 * What verifying and the audit say of the examples, of those of which they say anything, and why that
 * is as it should be.
 */
const expected: Readonly<Partial<Record<ExampleName, readonly string[]>>> = {
  // Manifests of juniper's do not say what Lambda calls.
  'order-pipeline': ['accept_order', 'price_order', 'send_receipt'].map(withoutHandler),
  'private-index': ['greet'].map(withoutHandler),
  'manywheels/with-image': [
    'xmlsec skipped',
    // The image is made on Debian's, which is newer than Lambda.
    'warning symbol-version: layer "xmlsec" has lib/libcrypto.so.3 and more packages or files, which require GLIBC_2.38: the runtime has up to GLIBC_2.34',
    withoutHandler('sample'),
    'notice not-verified: layer "xmlsec" is not verified: nothing says which Python it is for',
  ],
};

function withoutHandler(name: string): string {
  return `notice not-verified: function "${name}" has no handler, so that only its packages were imported`;
}

/**
 * Verdicts other than `passed`, with everything that is told of units, each in a line.
 * @param result of a build that has verified, or of a verification
 */
export function judged({
  verdicts = [],
  findings,
}: Pick<BuildResult | VerifyResult, 'verdicts' | 'findings'>): readonly string[] {
  const unfit = verdicts.filter(({ status }) => status !== 'passed');
  const told = [...findings, ...verdicts.flatMap(({ diagnostics }) => diagnostics)];
  return [
    ...unfit.map(({ unit, status }) => `${unit.name} ${status}`),
    ...told.map(({ severity, code, message }) => {
      // How many libraries there are is up to the distribution.
      return `${severity} ${code}: ${message.replace(/ and \d+ more /g, ' and more ')}`;
    }),
  ];
}

/** Throws unless every unit of an example was verified and passed, and no more is told than expected. */
export function expectFit(name: ExampleName, result: BuildResult): void {
  const verdicts = result.verdicts?.map(({ unit }) => unit.name);
  const units = result.units.map(({ unit }) => unit.name);
  if (JSON.stringify(verdicts) !== JSON.stringify(units)) {
    throw new Error(`of ${name}, ${units} were built and ${verdicts} verified`);
  }
  // A layer that the test of manywheels adds, to show what is told of one without its libraries.
  const told = judged(result).filter((line) => !line.includes('"forgotten"'));
  const wanted = expected[name] ?? [];
  if (JSON.stringify(told) !== JSON.stringify(wanted)) {
    throw new Error(`what is told of ${name}:\n${told.join('\n')}\nand not\n${wanted.join('\n')}`);
  }
}
