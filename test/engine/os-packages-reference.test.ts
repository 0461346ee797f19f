import { expect, test } from 'vitest';
import { osPackageNeeds } from '../../src/engine/os-packages/index.js';

const update = 'npx vitest run test/engine/os-packages-reference.test.ts -u';

test('the page of OS packages has all that is known', async () => {
  const message = `docs/reference/os-packages.md is out of date; write it anew with: ${update}`;
  await expect(page(), message).toMatchFileSnapshot('../../docs/reference/os-packages.md');
});

function page(): string {
  const rows = osPackageNeeds.map(({ missing, neededBy, aptGet, dnf, yum, apk, source }) => {
    const [debian, amazon2023, amazon2, alpine] = [aptGet, dnf, yum, apk].map((list) =>
      list === undefined ? 'as dnf' : list.join(' '),
    );
    return `| ${missing} | ${neededBy} | ${debian} | ${amazon2023} | ${amazon2} | ${alpine} | [${new URL(source).hostname}](${source}) |`;
  });
  return `# OS packages that pip lacks

Written by a test from \`src/engine/os-packages\`; update it with \`${update}\`.

A package that has no wheel for the runtime is compiled, and then something of the operating system is
often missing. pip says so in hundreds of lines; pkgr looks in them for the signs of what is below, and
its hint has the line to be copied:

    pkgr.yml:4:20: error: The step "install deps-1" of db ended with exit code 1 (stage deps-1) [step-failed]
      | Error: pg_config executable not found.
      hint: What is missing is PostgreSQL's pg_config and headers: write packages: {apt-get: [libpq-dev], dnf: [libpq-devel], yum: [postgresql-devel], apk: [postgresql-dev]} with libs: auto for what it loads when it runs, or require a version that has a wheel.

Where several things are missing, one is told of at each build, since pip ends at the first. A header or
a library that is not in the list is named as pip names it.

The first manager's names are Debian's and Ubuntu's, dnf's are those of Amazon Linux 2023 and Fedora,
yum's those of Amazon Linux 2. Amazon Linux has fewer packages than Fedora: what it does not have is
built in a [Dockerfile of your own](pkgr-yml.md#dockerfile). What is compiled on Alpine does not run on
Lambda, which has another C library. The last column is where the project that needs it says so.

| missing | needed by, for example | apt-get | dnf | yum | apk | source |
|---|---|---|---|---|---|---|
${rows.join('\n')}
`;
}
