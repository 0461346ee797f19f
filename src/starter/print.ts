import { dump } from 'js-yaml';
import { sharedKeys } from './shared.js';
import type { Keys, Starter, StarterUnit } from './starter.js';

const LINE = 98;

/** The text of a pkgr.yml. Names and values are quoted by the YAML library, comments kept to lines. */
export function printStarter({ origin, decisions, output, units }: Starter): string {
  const { global, units: own } = sharedKeys(units);
  const sections = [
    [
      '# yaml-language-server: $schema=https://unpkg.com/pkgr/schema/pkgr.schema.json',
      ...comment(
        `Written by pkgr init from ${origin}. Every key: docs/reference/pkgr-yml.md of pkgr.`,
      ),
      ...decisions.flatMap((line) => comment(line)),
    ],
    output === undefined
      ? []
      : ['# The folder of the zips and of artifacts.json.', ...yaml({ output })],
    Object.keys(global).length === 0
      ? []
      : [
          '# For every unit; requirements and include for functions only.',
          'global:',
          ...below(global),
        ],
    unitsOf('functions', own),
    unitsOf('layers', own),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function unitsOf(section: 'functions' | 'layers', units: readonly StarterUnit[]): string[] {
  const mine = units.filter(({ kind }) => `${kind}s` === section);
  if (mine.length === 0) return [];
  const lines = mine.flatMap(({ name, comments, keys }) => [
    ...comments.flatMap((line) => comment(line).map(indented)),
    ...yaml({ [name]: short(keys) }).map(indented),
  ]);
  return [`${section}:`, ...lines];
}

function below(keys: Keys): string[] {
  return yaml(short(keys)).map(indented);
}

/** Keys that take a single value where a list may stand. */
const singles: readonly string[] = ['requirements', 'include', 'libs', 'layers'];

function short(keys: Keys): Keys {
  return Object.fromEntries(
    Object.entries(keys).map(([key, value]) => {
      const isShort = singles.includes(key) && Array.isArray(value) && value.length === 1;
      return [key, isShort && typeof value[0] === 'string' ? value[0] : value];
    }),
  );
}

/** In quotes where a value has lines: a block of them can end the document (`...`) behind itself. */
function yaml(value: Keys): string[] {
  const forceQuotes = JSON.stringify(value).includes('\\n');
  return dump(value, { lineWidth: LINE, noRefs: true, forceQuotes }).trimEnd().split('\n');
}

function indented(line: string): string {
  return line === '' ? '' : `  ${line}`;
}

/** Lines of comment; what a name or a value brings along cannot end one. */
function comment(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.replace(/[\p{Cc}\u2028\u2029]/gu, '?').split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < LINE) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else lines.push(`# ${word}`);
  }
  return lines;
}
