import fc from 'fast-check';

/** What would be a stage if it were an instruction, and not text of one. */
export const trap = 'FROM scratch AS trap';

const pieces = [
  ...['<<EOF', '<<-EOF', '<<"EOF"', "<<'EOF'", '3<<A', '<<', '<', '<<<', '<< ', '1<<2', '<<E"O"F'],
  ...['EOF', 'A', ' ', '  ', '\t', '"', "'", '"a"', "'b'", '\\', '\\\\', '\\"', "\\'", '\\ ', '#'],
  ...['$', '$$', '$x', '${', '}', '$(', '))', `\${x}`, `\${x:-y z}`, `\${x%y}`, '`', '=', ';', '|'],
  ...['a', 'b c', 'é', '\u00a0', '\u2028', '>', '[', ']', ',', '{', ' -- ', ' --from=a ', trap],
];

/** Goes on to the next line, with what may lie between. */
const lineEnds = [
  ...[' \\\n', '\\\n', '\\ \t\n', '\\\r\n', ' \\\n\n', ` \\\n# ${trap}\n`, ` \\\n\t#\n${trap} `],
  ...['\\\\\n', '\\\\\\\n', ' \\\n\u00a0# c\n'],
];

const soup = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...pieces) },
      { weight: 1, arbitrary: fc.constantFrom(...lineEnds) },
    ),
    { maxLength: 8 },
  )
  .map((list) => list.join(''));

const heredocLines = fc
  .array(
    fc.constantFrom(trap, 'EOF ', ' EOF', '\tEOF', 'E', '# x', 'x \\', '<<EOF', '', '"', "'"),
    {
      maxLength: 4,
    },
  )
  .map((lines) => lines.map((line) => `${line}\n`).join(''));

const instruction = fc.oneof(
  soup.map((text) => `RUN x ${text}`),
  soup.map((text) => `ONBUILD run x ${text}`),
  soup.map((text) => `# ${text.split('\n')[0]}`),
  heredocLines.map((lines) => `RUN <<EOF\n${lines}EOF`),
  heredocLines.map((lines) => `\\\n \t RUN <<-EOF\n${lines}EOF`),
  heredocLines.map((lines) => `ONBUILD  ADD <<EOF /x\n${lines}EOF`),
  heredocLines.map((lines) => `COPY <<'EOF' <<-B /x/\n${lines}EOF\n${lines}\tB`),
  fc.constantFrom('', '  ', 'ENV A="b \\\n  c"', `LABEL a="${trap}"`, 'ARG A', 'CMD ["a <<EOF"]'),
  fc.constantFrom('FROM scratch', trap, 'from scratch as other', 'FROM scratch\nCOPY --from=0 / /'),
);

/** Dockerfiles that try to take in what follows them, or to make a stage of their own text. */
export const dockerfiles = fc
  .tuple(
    fc.constantFrom('', '# x\n', 'ARG A=b\n', '\n'),
    fc.array(instruction, { minLength: 1, maxLength: 6 }),
    fc.constantFrom('', '\n', '\n# end', '\n\n', ' \\', '\\\\', '\n\t', '\n# \\', '<<EOF'),
  )
  .map(([top, instructions, end]) => `${top}FROM scratch\n${instructions.join('\n')}${end}`);
