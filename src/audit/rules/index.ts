import type { Finding } from '../finding.js';
import type { Subject } from '../subject.js';
import { layerCount } from './layer-count.js';
import { missingLibrary } from './missing-library.js';
import { replacedFile } from './replaced-file.js';
import { unzippedSize } from './unzipped-size.js';
import { zipSize } from './zip-size.js';

/** One thing that a zip is judged by; each is a file of this folder. */
export type Rule = (subject: Subject) => readonly Finding[];

/** All rules, in the order in which their findings are told. */
export const rules: readonly Rule[] = [
  zipSize,
  unzippedSize,
  layerCount,
  missingLibrary,
  replacedFile,
];
