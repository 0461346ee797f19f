import unittest

from sandbox import Sandbox  # noqa: F401

from secret_files import has_secret_name, secret_kind

KEY = b"-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg\n-----END PRIVATE KEY-----\n"


class Recognised(unittest.TestCase):
    def test_a_private_key_is_told_by_its_header_and_content_whatever_its_name(self):
        for kind in (b"", b"RSA ", b"EC ", b"DSA ", b"OPENSSH ", b"ENCRYPTED "):
            content = KEY.replace(b"PRIVATE", kind + b"PRIVATE")
            for name in (b"server.pem", b"notes.txt", b"a/b/id_rsa", b"settings.py"):
                self.assertEqual(secret_kind(name, content), "a private key", (kind, name))
        self.assertEqual(secret_kind(b"x", b"Bag\n  localKeyID: 01\n" + KEY), "a private key")
        self.assertEqual(secret_kind(b"x", KEY.replace(b"\n", b"\r\n")), "a private key")
        with_fields = KEY.replace(b"KEY-----\n", b"KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES\n\n", 1)
        self.assertEqual(secret_kind(b"old.key", with_fields), "a private key")
        self.assertEqual(secret_kind(b"k.ppk", b"PuTTY-User-Key-File-3: ssh-ed25519\n"), "a private key")
        block = b"-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nlQOYBGPxcNIBCADKsomething\n"
        self.assertEqual(secret_kind(b"k.asc", block), "a private key")

    def test_files_of_variables_and_of_credentials_are_told_by_name_and_content(self):
        for name, content in ((b".env", b"A=1\n"), (b"prod.env", b"export A=1"), (b".env.local", b"x: 1"),
                              (b".netrc", b"machine m login l password p"), (b"_netrc", b"default password p"),
                              (b".pypirc", b"[pypi]\npassword: x\n"), (b"etc/pip.conf", b"index-url=https://u:p@h/"),
                              (b".npmrc", b"//r/:_authToken=npm_x"), (b".git-credentials", b"https://u:p@h"),
                              (b".pgpass", b"host:5432:db:me:word"), (b".docker/config.json", b'{"auth": "eA=="}'),
                              (b".aws/credentials", b"[default]\naws_secret_access_key=x"),
                              (b"keys.p12", b"\x30\x82"), (b"a.jks", b"\xfe\xed\xfe\xed"),
                              (b"sa.json", b'{"type": "service_account", "private_key": "-----BEGIN P"}')):
            self.assertTrue(secret_kind(name, content), name)
            self.assertTrue(has_secret_name(name) or name == b"sa.json", name)

    def test_what_only_has_such_a_name_is_not_one(self):
        for name, content in ((b".env", b"# nothing\n\nA=\n"), (b".env.example", b"A=1"), (b"sample.env", b"A=1"),
                              (b"pip.conf", b"index-url = https://h/simple"), (b"pip.conf", b"https://$USER:$WORD@h"),
                              (b".npmrc", b"//r/:_authToken=${TOKEN}"), (b".netrc", b"machine m login l"),
                              (b"cacert.pem", b"-----BEGIN CERTIFICATE-----\nMIIDdzCCAl+gAwIBAgIEAg==\n"),
                              (b"public.key", b"-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0B\n"),
                              (b"environment.py", b"A=1"), (b"x.p12", b""), (b"credentials", b"none"),
                              (b"sa.json", b'{"type": "service_account"}')):
            self.assertIsNone(secret_kind(name, content), name)

    def test_a_program_that_looks_for_keys_has_none(self):
        for content in (b'MARK = b"-----BEGIN PRIVATE KEY-----"\n', b"# -----BEGIN RSA PRIVATE KEY-----\n",
                        b"-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----\n"):
            self.assertIsNone(secret_kind(b"x.py", content))


if __name__ == "__main__":
    unittest.main()
