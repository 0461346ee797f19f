import os
import stat
import unittest

from sandbox import Sandbox


class CloseRoot(Sandbox):
    def close(self):
        self.succeeds("close_root.py", "--root=" + self.path("root"))

    def mode(self, name):
        return stat.S_IMODE(os.lstat(self.path("root", name)).st_mode)

    def test_nothing_can_be_written_by_everybody_but_tmp(self):
        for name in ("var/tmp/file", "usr/share/cache/file", "tmp/file", "dev/null", "proc/file"):
            self.write("root/" + name, "x", 0o666)
        for name in ("var/tmp", "tmp", "usr/share/cache"):
            os.chmod(self.path("root", name), 0o1777)
        os.symlink("tmp", self.path("root/var/link"))
        self.close()
        self.assertEqual([self.mode(name) for name in ("var/tmp", "var/tmp/file", "usr/share/cache", "tmp", "tmp/file",
                                                       "dev/null", "proc/file")],
                         [0o1775, 0o664, 0o1775, 0o1777, 0o666, 0o666, 0o666])

    def test_the_user_of_functions_has_a_name_once(self):
        self.write("root/etc/passwd", "root:x:0:0:root:/root:/bin/sh")
        self.close()
        self.close()
        self.assertEqual(self.read("root/etc/passwd"), b"root:x:0:0:root:/root:/bin/sh\n"
                                                       b"sbx_user1051:x:993:990::/home/sbx_user1051:/sbin/nologin\n")
        self.assertEqual(self.read("root/etc/group"), b"sbx_user1051:x:990:\n")

    def test_the_folders_that_functions_are_mounted_at_are_there(self):
        os.mkdir(self.path("root"))
        self.close()
        for name in ("var/task", "opt", "home", "usr"):
            self.assertTrue(os.path.isdir(self.path("root", name)), name)


if __name__ == "__main__":
    unittest.main()
