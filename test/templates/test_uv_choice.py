import os
import unittest
from unittest import mock

from sandbox import Sandbox

from uv_choice import uv_environment, uv_may_install

NOTHING = {"HOME": "/nowhere", "XDG_CONFIG_DIRS": "/nowhere"}


class UvChoice(Sandbox):
    def setUp(self):
        Sandbox.setUp(self)
        self.uv = self.write("uv", "#!/bin/sh\n", 0o755)
        # This machine may have a configuration itself.
        for name, value in (("uv_choice._OF_THE_MACHINE", [self.path("etc/pip.conf")]), ("sys.prefix", self.path("prefix"))):
            patch = mock.patch(name, value)
            patch.start()
            self.addCleanup(patch.stop)

    def may(self, **environment):
        return uv_may_install(self.uv, dict(NOTHING, **environment))

    def test_it_may_where_pip_has_no_settings_of_its_own(self):
        self.assertTrue(self.may(PATH="/bin", PIP_CERT="/ca.pem", PIP_DEFAULT_TIMEOUT="9", PIP_RETRIES="3", PIP_USER="0", PIP_NO_CACHE_DIR="1"))
        self.assertTrue(self.may(PIP_INDEX_URL=""))

    def test_it_may_not_with_variables_that_change_what_pip_finds_or_chooses(self):
        for name in ("INDEX_URL", "EXTRA_INDEX_URL", "FIND_LINKS", "NO_INDEX", "PRE", "NO_BINARY", "ONLY_BINARY", "CONSTRAINT", "REQUIRE_HASHES",
                     "CONFIG_FILE", "TRUSTED_HOST", "PLATFORM", "PYTHON_VERSION", "NO_DEPS", "IGNORE_REQUIRES_PYTHON", "CLIENT_CERT", "OF_TOMORROW"):
            self.assertFalse(self.may(**{"PIP_" + name: "1"}), name)
        self.assertFalse(self.may(pip_index_url="https://example.com"))

    def test_it_may_not_with_a_configuration_of_the_machine_the_user_or_the_interpreter(self):
        for name, environment in (("etc/pip/pip.conf", {"XDG_CONFIG_DIRS": self.path("etc")}),
                                  ("etc/pip.conf", {}), ("prefix/pip.conf", {}),
                                  ("home/.pip/pip.conf", {"HOME": self.path("home")}),
                                  ("home/.config/pip/pip.conf", {"HOME": self.path("home")}),
                                  ("config/pip/pip.conf", {"XDG_CONFIG_HOME": self.path("config")})):
            path = self.write(name)
            self.assertFalse(self.may(**environment), name)
            os.unlink(path)
            self.assertTrue(self.may(**environment), name)

    def test_it_may_not_without_the_program_or_with_an_old_python_or_pip(self):
        self.assertFalse(uv_may_install(self.path("missing"), NOTHING))
        self.assertFalse(uv_may_install(self.folder, NOTHING))
        self.assertFalse(uv_may_install(self.write("plain"), NOTHING))
        with mock.patch("sys.version_info", (3, 7, 9)):
            self.assertFalse(self.may())
        with mock.patch("uv_choice.pip_version", lambda: (20, 3)):
            self.assertFalse(self.may())

    def test_its_environment_has_pips_trust_root_and_proxies_and_nothing_that_was_meant_for_it(self):
        found = uv_environment({"UV_INDEX_URL": "x", "UV_PRERELEASE": "allow", "uv_no_cache": "1", "PIP_CERT": "/ca.pem", "SSL_CERT_FILE": "/other.pem",
                                "SSL_CERT_DIR": "/certs", "HTTPS_PROXY": "http://proxy", "NETRC": "/netrc", "HOME": "/root"})
        self.assertEqual({name for name in found if name.upper().startswith("UV_")},
                         {"UV_NO_CONFIG", "UV_NO_PROGRESS", "UV_PYTHON_DOWNLOADS", "UV_LINK_MODE", "UV_HTTP_TIMEOUT", "UV_KEYRING_PROVIDER"})
        self.assertEqual((found["SSL_CERT_FILE"], found["HTTPS_PROXY"], found["NETRC"], found["HOME"]), ("/ca.pem", "http://proxy", "/netrc", "/root"))
        self.assertNotIn("SSL_CERT_DIR", found)


if __name__ == "__main__":
    unittest.main()
