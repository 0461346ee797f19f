/**
 * The projects that the benchmark builds, from fixed seeds: functions with code of their own, and
 * what they require. Each tool writes them down in its own manifest.
 *
 * @typedef {object} BenchFunction
 * @property {string} name
 * @property {string} folder relative to the project
 * @property {string[]} own requirement lines of its own
 * @property {string[]} shared requirement lines that other functions have too
 *
 * @typedef {object} Workload
 * @property {string} name
 * @property {string} title
 * @property {BenchFunction[]} functions
 * @property {{ name: string, requirements: string[] }} [layer]
 * @property {Record<string, string>} files text by path, relative to the project
 * @property {boolean} [global] whether what is shared is one global file
 * @property {string[]} [packages] OS packages
 * @property {string[]} [exclude] patterns of files that go into no zip
 */

export const RUNTIME = 'python3.11';

const common = ['boto3==1.35.36', 'slack_sdk==3.33.1', 'jinja2==3.1.4'];
const science = ['numpy==2.1.2', 'pandas==2.2.3'];
/** Five sets that resemble each other as those of a real team do. */
const sets = [
  ['requests==2.32.3'],
  ['jinja2==3.1.4', 'pyyaml==6.0.2'],
  ['requests==2.32.3', 'pyjwt==2.9.0'],
  ['slack_sdk==3.33.1'],
  ['pydantic==2.9.2'],
];

/** @type {Record<string, () => Workload>} */
export const workloads = {
  fourteen: () => ({
    name: 'fourteen',
    title: '14 functions; boto3, slack_sdk and jinja2 in a global file, requests in one function',
    ...functions(
      14,
      (index) => (index === 0 ? ['requests==2.32.3'] : []),
      () => common,
    ),
    global: true,
  }),
  science: () => ({
    name: 'science',
    title: 'one function, and one layer with numpy and pandas',
    ...functions(
      1,
      () => [],
      () => [],
    ),
    layer: { name: 'science', requirements: [...science] },
  }),
  hundred: () => ({
    name: 'hundred',
    title: '100 functions with 5 sets of dependencies',
    ...functions(
      100,
      () => [],
      (index) => sets[index % sets.length] ?? [],
    ),
  }),
  'three-hundred': () => many('three-hundred', 300),
  thousand: () => many('thousand', 1000),
};

/**
 * @param {string} name
 * @param {number} count
 * @returns {Workload}
 */
export function many(name, count) {
  return {
    name,
    title: `${count} functions, code only but for one in ten, which share a set`,
    ...functions(
      count,
      () => [],
      (index) => (index % 10 === 0 ? ['requests==2.32.3'] : []),
    ),
  };
}

/**
 * @param {number} count
 * @param {(index: number) => string[]} own
 * @param {(index: number) => string[]} shared
 */
export function functions(count, own, shared) {
  const random = generator(count);
  /** @type {Record<string, string>} */
  const files = {};
  const list = Array.from({ length: count }, (_, index) => {
    const name = `function_${String(index + 1).padStart(4, '0')}`;
    const folder = `functions/${name}`;
    files[`${folder}/app.py`] =
      `from rules import apply\n\n\ndef handler(event, context):\n    return apply("${name}", event)\n`;
    files[`${folder}/rules.py`] = moduleText(random, 40);
    files[`${folder}/texts.py`] = moduleText(random, 10);
    return { name, folder, own: [...own(index)], shared: [...shared(index)] };
  });
  return { functions: list, files };
}

/**
 * A module of some hundred lines.
 * @param {() => number} random
 * @param {number} length its functions
 */
function moduleText(random, length) {
  const lines = ['def apply(name, event):', '    return {"name": name, "event": event}', ''];
  for (let index = 0; index < length; index += 1) {
    const [factor, offset] = [Math.floor(random() * 1e6), Math.floor(random() * 1e6)];
    lines.push(
      '',
      `def rule_${index}(value):`,
      `    """Rule ${index}: the value by ${factor}."""`,
      `    return value * ${factor} + ${offset}`,
      '',
    );
  }
  return `${lines.join('\n')}\n`;
}

/**
 * Numbers from 0 to 1, the same ones for the same seed (mulberry32).
 * @param {number} seed
 */
function generator(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * The steps of a round: what is done to a project before it is built.
 * @type {Record<string, { title: string, change?: (workload: Workload, mark: string) => void }>}
 */
export const steps = {
  cold: { title: 'cold' },
  unchanged: { title: 'nothing changed' },
  edited: {
    title: 'one file edited',
    change: ({ functions: [first], files }, mark) => {
      const path = `${first?.folder}/app.py`;
      files[path] += `\n# ${mark}\n`;
    },
  },
  required: {
    title: 'a line required by one function',
    change: ({ functions }) => {
      functions.at(-1)?.own.push('idna==3.10');
    },
  },
  'required-globally': {
    title: 'a line in the global file',
    change: ({ functions }) => {
      for (const each of functions) each.shared.push('certifi==2024.8.30');
    },
  },
  'os-package': {
    title: 'an OS package',
    change: (workload) => {
      workload.packages = ['jq'];
    },
  },
};
