import type { Finding } from '../finding.js';
import type { Subject } from '../subject.js';
import { caseClash } from './case-clash.js';
import { handler } from './handler.js';
import { layerCount } from './layer-count.js';
import { missingLibrary } from './missing-library.js';
import { outsideRpath } from './outside-rpath.js';
import { replacedFile } from './replaced-file.js';
import { secretFile } from './secret-file.js';
import { shadowedModule } from './shadowed-module.js';
import { shadowedRuntime } from './shadowed-runtime.js';
import { symbolVersion } from './symbol-version.js';
import { unzippedSize } from './unzipped-size.js';
import { wrongAbi } from './wrong-abi.js';
import { wrongArchitecture } from './wrong-architecture.js';
import { wrongPlatform } from './wrong-platform.js';
import { zipSize } from './zip-size.js';

/** One thing that a zip is judged by; each is a file of this folder. */
export type Rule = (subject: Subject) => readonly Finding[];

/** All rules, in the order in which their findings are told. */
export const rules: readonly Rule[] = [
  zipSize,
  unzippedSize,
  layerCount,
  handler,
  wrongArchitecture,
  wrongPlatform,
  wrongAbi,
  missingLibrary,
  outsideRpath,
  symbolVersion,
  shadowedModule,
  shadowedRuntime,
  replacedFile,
  caseClash,
  secretFile,
];
