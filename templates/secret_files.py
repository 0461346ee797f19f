"""Recognises files that look like secrets: private keys, files of variables, credentials.

In: a file's name below its folder and its content. Out: what it looks like, or None. What is secret
in it goes nowhere: no part of the content is handed on.
"""
import re

LARGEST = 1 << 20

# The header at the beginning of a line and base64 below it: not a string in a program that looks for one.
_PEM = re.compile(br"^-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----\r?\n(?:[\w-]+: .*\r?\n|\r?\n)*"
                  br"[A-Za-z0-9+/=]{16,}\s*$", re.MULTILINE)
_PUTTY = b"PuTTY-User-Key-File-"
_SERVICE_ACCOUNT = re.compile(br'"private_key"\s*:\s*"-----BEGIN')
_VARIABLE = re.compile(br"^\s*(?:export\s+)?[A-Za-z_][A-Za-z0-9_.]*\s*[=:]\s*[^\s#]", re.MULTILINE)
_URL_PASSWORD = re.compile(br"://[^/\s:@$]+:[^/\s@$]+@")
_EXAMPLES = (b"example", b"sample", b"template", b"dist", b"defaults", b"schema", b"md")

_PRIVATE_KEY, _VARIABLES, _KEY_STORE = "a private key", "a file of environment variables", "a key store"
_KEY_NAMES = (b".pem", b".key", b".ppk", b"id_rsa", b"id_dsa", b"id_ecdsa", b"id_ed25519")
_STORE_NAMES = (b".p12", b".pfx", b".jks", b".keystore", b".kdbx")
_STORE_STARTS = (b"\x30", b"\xfe\xed\xfe\xed", b"\xce\xce\xce\xce", b"\x03\xd9\xa2\x9a")

# Name -> (what it looks like, what must be in it).
_CREDENTIALS = {
    b".netrc": ("credentials for hosts (netrc)", re.compile(br"\bpassword\s+\S")),
    b"_netrc": ("credentials for hosts (netrc)", re.compile(br"\bpassword\s+\S")),
    b".pypirc": ("credentials for a package index (.pypirc)", re.compile(br"^\s*password\s*[=:]\s*\S", re.MULTILINE)),
    b"pip.conf": ("a pip.conf with a password", _URL_PASSWORD),
    b"pip.ini": ("a pip.ini with a password", _URL_PASSWORD),
    b".npmrc": ("credentials for a package index (.npmrc)", re.compile(br"_(?:authToken|password|auth)\s*=\s*[^\s$]")),
    b".git-credentials": ("credentials for git", _URL_PASSWORD),
    b".pgpass": ("passwords of databases", re.compile(br"^[^#\s]+(?::[^:\s]+){4}$", re.MULTILINE)),
    b".dockercfg": ("credentials for an image registry", re.compile(br'"auth"\s*:\s*"[^"]')),
    b".docker/config.json": ("credentials for an image registry", re.compile(br'"auth"\s*:\s*"[^"]')),
    b"credentials": ("credentials of AWS", re.compile(br"^\s*aws_secret_access_key\s*=\s*\S", re.MULTILINE)),
    b".aws/config": ("credentials of AWS", re.compile(br"^\s*aws_secret_access_key\s*=\s*\S", re.MULTILINE)),
}


def has_secret_name(name):
    """Whether a file of this name is looked into even where others are not."""
    base = _base(name)
    return base.endswith(_KEY_NAMES + _STORE_NAMES) or _is_of_variables(base) or _credentials(name) is not None


def secret_kind(name, content):
    """What a file looks like; `content`: its first LARGEST bytes."""
    base = _base(name)
    if base.endswith(_STORE_NAMES) and content.startswith(_STORE_STARTS):
        return _KEY_STORE
    if (b"PRIVATE KEY" in content and _PEM.search(content)) or content.startswith(_PUTTY):
        return _PRIVATE_KEY
    if base.endswith(b".json") and b'"service_account"' in content and _SERVICE_ACCOUNT.search(content):
        return "the key of a service account"
    credentials = _credentials(name)
    if credentials is not None and credentials[1].search(content):
        return credentials[0]
    if _is_of_variables(base) and _VARIABLE.search(content):
        return _VARIABLES
    return None


def _is_of_variables(base):
    if base.startswith(b".env."):
        return not base.endswith(tuple(b"." + word for word in _EXAMPLES))
    return base == b".env" or (base.endswith(b".env") and not base.startswith(_EXAMPLES))


def _credentials(name):
    parts = name.lower().split(b"/")
    return _CREDENTIALS.get(b"/".join(parts[-2:])) or _CREDENTIALS.get(parts[-1])


def _base(name):
    return name.rpartition(b"/")[2].lower()
