import type { CodePlace } from '../artifacts/index.js';
import type { BuildPlan, PlannedUnit } from '../plan/index.js';
import { createTree } from '../project/index.js';

/** Says where the project has a file that lies in Lambda at a path such as /var/task/app.py. */
export interface SourcePlaces {
  /** Path below the project; the path in Lambda for what is not of the project. */
  file(path: string): string;
  /** `functions/hello/app.py:3`. */
  line(place: CodePlace): string;
}

const TASK = '/var/task/';
const OPT = '/opt/';

export function sourcePlaces(plan: BuildPlan, unit: PlannedUnit, root: string): SourcePlaces {
  const tree = createTree(root);
  const layers = unit.layers.flatMap((layer) =>
    layer.kind === 'unit' ? plan.units.filter(({ name }) => name === layer.name) : [],
  );
  const inTask = unit.kind === 'function' ? [unit] : [];
  const inOpt = unit.kind === 'layer' ? [unit] : layers.toReversed();
  const file = (path: string) => {
    const [units, inZip] = path.startsWith(TASK)
      ? [inTask, path.slice(TASK.length)]
      : [inOpt, path.startsWith(OPT) ? path.slice(OPT.length) : ''];
    const candidates = units.flatMap((each) => sourcesOf(each, inZip));
    const found = candidates.find((candidate) => tree.entry(candidate).kind === 'file');
    return inZip === '' ? path : (found ?? path);
  };
  return { file, line: (place) => `${file(place.file)}:${place.line}` };
}

/** Where a file of the zip may come from, the likeliest first: later copies go over earlier ones. */
function sourcesOf({ code }: PlannedUnit, inZip: string): readonly string[] {
  const copies = code.flatMap((root) => root.copies).toReversed();
  return copies.flatMap(({ kind, from, to }) => {
    if (kind === 'file') return to === inZip ? [from] : [];
    const prefix = to === '' ? '' : `${to}/`;
    if (!inZip.startsWith(prefix)) return [];
    const rest = inZip.slice(prefix.length);
    return [from === '' ? rest : `${from}/${rest}`];
  });
}
