/**
 * What the verification of units means: facts that the engine told of them go in, verdicts with
 * diagnostics for people come out. Pure.
 */
export { judge, type Looked, type Unverified, type Verdict, verdictsExitCode } from './judge.js';
