import fc from 'fast-check';

/** Pieces that mean something to a Dockerfile, to a shell, to JSON, to a glob or to a terminal. */
const pieces = [
  ...[' ', '  ', '"', "'", '`', '$', '${', '${x', '}', '$(', ')', '$x', '\\', '\\\\', '\\"', '\\n'],
  ...['\n', '\r', '\r\n', '\t', '\0', '\x1b[2K', '\x7f', '\u0085', '\u2028', '\u2029', '\ufeff'],
  ...['\\\n', '\nRUN x\n', '\n# x\n', '\nEOF\n', 'EOF', '<<EOF', '<<-EOF', "<<'EOF'", ' <<EOF '],
  ...['-', '--', '--from=x', '--mount=type=ssh', '-e', '=', 'a=b', ',', ';', '&', '|', '>', '<'],
  ...['[', ']', '[a]', '[', '["', '"]', '*', '?', '**', '!', '!!', '#', '# x', '^', '~', '%s', '@'],
  ...['..', '../', '/', '//', '.', './', 'a', 'b.py', 'dir/x', 'é', 'e\u0301', '日本', '😀'],
  ...['\ud83d', '\ude00', '\u00a0', '\u3000', '\u202e', '\u200b', 'x'.repeat(120)],
];

/** Text made to break out of wherever it is put. */
export const hostile = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 6 })
      .map((list) => list.join('')),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 20 }) },
);

/** Hostile text without what no line of a Dockerfile can carry. */
export const hostileLine = hostile.map((text) => text.replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/gu, ''));
