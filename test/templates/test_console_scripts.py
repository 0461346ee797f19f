import unittest

from sandbox import Sandbox

from console_scripts import make_repeatable

OURS = "#!/usr/bin/env python3\nimport sys\nfrom demo.cli import main\nif __name__ == '__main__':\n    sys.exit(main.run())\n"
HEAD, TAIL = "import sys\nfrom demo.cli import main\n", "    sys.exit(main.run())\n"
WRITTEN = {
    "pip": "# -*- coding: utf-8 -*-\nimport re\n" + HEAD + "if __name__ == '__main__':\n    sys.argv[0] = re.sub(r'(-script\\.pyw|\\.exe)?$', '', sys.argv[0])\n" + TAIL,
    "newer pip": HEAD + "if __name__ == '__main__':\n    if sys.argv[0].endswith('.exe'):\n        sys.argv[0] = sys.argv[0][:-4]\n" + TAIL,
    "uv": "# -*- coding: utf-8 -*-\n" + HEAD + 'if __name__ == "__main__":\n    if sys.argv[0].endswith("-script.pyw"):\n        sys.argv[0] = sys.argv[0][:-11]\n'
          '    elif sys.argv[0].endswith(".exe"):\n        sys.argv[0] = sys.argv[0][:-4]\n' + TAIL,
}


class ConsoleScripts(Sandbox):
    def test_the_script_of_an_entry_point_is_the_same_whoever_wrote_it(self):
        for who, text in WRITTEN.items():
            for shebang in ("#!/usr/bin/python3\n", "#!/bin/sh\n'''exec' '/a b/python3' \"$0\" \"$@\"\n' '''\n"):
                self.write("bin/demo", shebang + text, 0o755)
                make_repeatable(self.path("bin"))
                self.assertEqual(self.read("bin/demo").decode(), OURS, who)

    def test_of_other_scripts_only_the_first_line_changes(self):
        for text in ("print('x')\n", HEAD + "if __name__ == '__main__':\n    print('x')\n" + TAIL, WRITTEN["pip"] + "more()\n"):
            self.write("bin/demo", "#!/opt/python3.11\n" + text, 0o755)
            make_repeatable(self.path("bin"))
            self.assertEqual(self.read("bin/demo").decode(), "#!/usr/bin/env python3\n" + text)


if __name__ == "__main__":
    unittest.main()
