import { describe, expect, it } from 'vitest';
import { toldOfFunction } from './sample-project.js';

describe('a path of the manifest', () => {
  it('that leads nowhere is told with the name that was probably meant', async () => {
    expect(
      await toldOfFunction([
        'include: [ap/, a/ap.py, a/empty/b/, nothing, a/app.py/b]',
        'requirements: bas.txt',
        'pipconf: pip.cnf',
        'dockerfile: dockerfile.txt',
      ]),
    ).toEqual([
      'pkgr.yml:4:15: error: ap does not exist [missing-file]',
      '  hint: create it or correct the path; paths start from the folder of the manifest',
      'pkgr.yml:4:20: error: a/ap.py does not exist [missing-file]',
      '  hint: did you mean a/app.py?',
      'pkgr.yml:4:29: error: a/empty/b does not exist [missing-file]',
      '  hint: create it or correct the path; paths start from the folder of the manifest',
      'pkgr.yml:4:41: error: nothing does not exist [missing-file]',
      '  hint: create it or correct the path; paths start from the folder of the manifest',
      'pkgr.yml:4:50: error: a/app.py/b does not exist [missing-file]',
      '  hint: create it or correct the path; paths start from the folder of the manifest',
      'pkgr.yml:5:19: error: the requirements file "bas.txt" does not exist [missing-file]',
      '  hint: did you mean base.txt?',
      'pkgr.yml:6:14: error: pip.cnf does not exist [missing-file]',
      '  hint: did you mean pip.conf?',
      'pkgr.yml:7:17: error: dockerfile.txt does not exist [missing-file]',
      '  hint: did you mean Dockerfile?',
    ]);
  });

  it('that leaves the project is refused, however it does', async () => {
    expect(
      await toldOfFunction([
        'include: [../x, a/../../x/, /etc/passwd, ~/x, "C:/x"]',
        'requirements: ../base.txt',
        'pipconf: ../pip.conf',
        'dockerfile: ../Dockerfile',
      ]),
    ).toEqual([
      'pkgr.yml:4:15: error: ../x leads out of the project folder [outside-project]',
      '  hint: only what is in the project folder can be used: copy it there, or move the manifest up',
      'pkgr.yml:4:21: error: a/../../x/ leads out of the project folder [outside-project]',
      '  hint: only what is in the project folder can be used: copy it there, or move the manifest up',
      'pkgr.yml:4:33: error: /etc/passwd does not start from the project folder [outside-project]',
      '  hint: write it relative to the project folder, such as functions/hello/',
      'pkgr.yml:4:46: error: ~/x does not start from the project folder [outside-project]',
      '  hint: write it relative to the project folder, such as functions/hello/',
      'pkgr.yml:4:52: error: C:/x does not start from the project folder [outside-project]',
      '  hint: write it relative to the project folder, such as functions/hello/',
      'pkgr.yml:5:19: error: ../base.txt leads out of the project folder [outside-project]',
      '  hint: only what is in the project folder can be used: copy it there, or move the manifest up',
      'pkgr.yml:6:14: error: ../pip.conf leads out of the project folder [outside-project]',
      '  hint: only what is in the project folder can be used: copy it there, or move the manifest up',
      'pkgr.yml:7:17: error: ../Dockerfile leads out of the project folder [outside-project]',
      '  hint: only what is in the project folder can be used: copy it there, or move the manifest up',
    ]);
  });

  it('that a Dockerfile cannot name is refused', async () => {
    expect(
      await toldOfFunction([
        'include:',
        '  - "a\\nb"',
        '  - "a\\tb"',
        '  - "a\\0b"',
        "  - 'a\\b'",
        '  - "a /b"',
        '  - "a/ b"',
        '  - "a\\u2028b"',
        'requirements: " base.txt"',
      ]),
    ).toEqual([
      'pkgr.yml:5:10: error: "a\\nb" has a control character, which cannot be named in a Dockerfile [unnameable-path]',
      '  hint: rename it, or include the folder that it is in',
      'pkgr.yml:6:10: error: "a\\tb" has a control character, which cannot be named in a Dockerfile [unnameable-path]',
      '  hint: rename it, or include the folder that it is in',
      'pkgr.yml:7:10: error: "a\\u0000b" has a control character, which cannot be named in a Dockerfile [unnameable-path]',
      '  hint: rename it, or include the folder that it is in',
      'pkgr.yml:8:10: error: a\\b has a backslash, which cannot be named in a Dockerfile [unnameable-path]',
      '  hint: write / between folders; a name itself cannot have a backslash',
      'pkgr.yml:9:10: error: "a /b" has a name with a blank at an end, which cannot be named in a Dockerfile [unnameable-path]',
      '  hint: rename it, or include the folder that it is in',
      'pkgr.yml:10:10: error: "a/ b" has a name with a blank at an end, which cannot be named in a Dockerfile [unnameable-path]',
      '  hint: rename it, or include the folder that it is in',
      'pkgr.yml:11:10: error: "a\\u2028b" has a control character, which cannot be named in a Dockerfile [unnameable-path]',
      '  hint: rename it, or include the folder that it is in',
      'pkgr.yml:12:20: error: " base.txt" has a name with a blank at an end, which cannot be named in a Dockerfile [unnameable-path]',
      '  hint: rename it, or include the folder that it is in',
    ]);
  });

  it('may have any other character', async () => {
    const names = [
      'a b.py',
      '$HOME.py',
      "it's.py",
      '"q".py',
      '[x].py',
      'x^!.py',
      'ü😀.py',
      '#.py',
      '-r.py',
    ];
    const more = Object.fromEntries(names.map((name) => [name, '']));
    expect(await toldOfFunction([`include: ${JSON.stringify(names)}`], more)).toEqual(['nothing']);
  });

  it('that would be a pattern in a COPY is refused', async () => {
    const names = ['a*.py', 'a?.py', '!a.py', '[a]^.py'];
    const more = Object.fromEntries(names.map((name) => [name, '']));
    const told = await toldOfFunction(
      [`include: ${JSON.stringify(names)}`, 'requirements: ["-r b?.txt"]'],
      { ...more, 'b?.txt': 'six\n' },
    );
    const hint = '  hint: rename it, or include the folder that it is in';
    const end = "which cannot be named in a Dockerfile's COPY [unnameable-path]";
    expect(told).toEqual([
      `pkgr.yml:4:16: error: a*.py has a *, ${end}`,
      hint,
      `pkgr.yml:4:24: error: a?.py has a ?, ${end}`,
      hint,
      `pkgr.yml:4:32: error: !a.py begins with a !, ${end}`,
      hint,
      `pkgr.yml:4:40: error: [a]^.py has a ^ beside brackets, ${end}`,
      hint,
      'pkgr.yml:5:21: error: the path "b?.txt" has a ?, so no Dockerfile can name it [unnameable-path]',
      '  hint: rename it',
    ]);
  });

  it('that is empty or longer than any path is refused', async () => {
    const long = await toldOfFunction([`include: ["", ${'x/'.repeat(3000)}]`]);
    expect(long.map((line) => line.replace(/(x\/){20,}/, 'x/x/'))).toEqual([
      'pkgr.yml:4:16: error: the path is empty [invalid-value]',
      '  hint: write ./ for the project folder itself',
      'pkgr.yml:4:19: error: x/x/... is longer than a path can be [invalid-value]',
      '  hint: write a shorter path',
    ]);
  });

  it('that names a file where a folder is needed, or the reverse, is refused', async () => {
    expect(
      await toldOfFunction(
        ['include: [a/app.py/]', 'requirements: a.txt', 'pipconf: a', 'dockerfile: ./'],
        {
          'a.txt/': '',
        },
      ),
    ).toEqual([
      'pkgr.yml:4:15: error: a/app.py is a file, not a folder [not-a-directory]',
      '  hint: write a/app.py without the slash at its end',
      'pkgr.yml:5:19: error: "a.txt" is a folder, where a requirements file is needed [not-a-directory]',
      'pkgr.yml:6:14: error: a is a folder, not a file [not-a-directory]',
      '  hint: name the file itself',
      'pkgr.yml:7:17: error: ./ is a folder, not a file [not-a-directory]',
      '  hint: name the file itself',
    ]);
  });
});

describe('a destination', () => {
  it('that leaves the zip is refused', async () => {
    expect(
      await toldOfFunction([
        'include: [{from: a/, to: ../x}, {from: a/, to: /../x}, {from: a/, to: "x\\ny"}]',
      ]),
    ).toEqual([
      'pkgr.yml:4:30: error: ../x leads out of the zip [invalid-value]',
      '  hint: write a place in it, such as config/',
      'pkgr.yml:4:52: error: ../x leads out of the zip [invalid-value]',
      '  hint: write a place in it, such as config/',
      'pkgr.yml:4:76: error: "x\\ny" has a control character, which cannot be named in a Dockerfile [unnameable-path]',
      '  hint: rename it, or include the folder that it is in',
    ]);
  });
});
