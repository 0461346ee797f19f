"""Which package brings a module, where their names differ; and what the standard library has lost.

In: the dotted name of a module. Out: the name of a package on PyPI.
"""

# Modules and the packages of PyPI that bring them; a package of the module's own name needs no entry.
_DISTRIBUTIONS = {
    "absl": "absl-py", "airflow": "apache-airflow", "apiclient": "google-api-python-client", "apt": "python-apt",
    "attr": "attrs", "barcode": "python-barcode", "bs4": "beautifulsoup4", "cairo": "pycairo",
    "Crypto": "pycryptodome", "Cryptodome": "pycryptodomex", "cv2": "opencv-python-headless",
    "dateutil": "python-dateutil", "dbus": "dbus-python", "discord": "discord.py", "django_filters": "django-filter",
    "dns": "dnspython", "docx": "python-docx", "dotenv": "python-dotenv", "editor": "python-editor",
    "engineio": "python-engineio", "faiss": "faiss-cpu", "fitz": "PyMuPDF", "gi": "PyGObject", "git": "GitPython",
    "github": "PyGithub", "gitlab": "python-gitlab", "gnupg": "python-gnupg", "google.api_core": "google-api-core",
    "google.cloud.firestore": "google-cloud-firestore", "google.cloud.logging": "google-cloud-logging",
    "google.cloud.pubsub_v1": "google-cloud-pubsub", "google.cloud.secretmanager": "google-cloud-secret-manager",
    "google.oauth2": "google-auth", "google.protobuf": "protobuf", "googleapiclient": "google-api-python-client",
    "grpc": "grpcio", "haystack": "django-haystack", "hcl": "pyhcl", "hcl2": "python-hcl2", "Image": "Pillow",
    "jks": "pyjks", "jose": "python-jose", "jwt": "PyJWT", "kafka": "kafka-python", "ldap": "python-ldap",
    "magic": "python-magic", "memcache": "python-memcached", "mpl_toolkits": "matplotlib",
    "multipart": "python-multipart", "mysql": "mysql-connector-python", "MySQLdb": "mysqlclient", "nacl": "PyNaCl",
    "odf": "odfpy", "OpenGL": "PyOpenGL", "openid": "python3-openid", "opensearchpy": "opensearch-py",
    "OpenSSL": "pyOpenSSL", "PIL": "Pillow", "pkg_resources": "setuptools", "playhouse": "peewee",
    "pptx": "python-pptx", "psycopg2": "psycopg2-binary", "pynvml": "nvidia-ml-py",
    "pythonjsonlogger": "python-json-logger", "pywintypes": "pywin32", "rest_framework": "djangorestframework",
    "ruamel": "ruamel.yaml", "saml2": "pysaml2", "serial": "pyserial", "skimage": "scikit-image",
    "sklearn": "scikit-learn", "slack": "slackclient", "slugify": "python-slugify",
    "snowflake": "snowflake-connector-python", "snowflake.connector": "snowflake-connector-python",
    "socketio": "python-socketio", "socks": "PySocks", "stdnum": "python-stdnum", "telegram": "python-telegram-bot",
    "tlz": "toolz", "umap": "umap-learn", "usb": "pyusb", "vlc": "python-vlc", "websocket": "websocket-client",
    "win32api": "pywin32", "wx": "wxPython", "xdist": "pytest-xdist", "Xlib": "python-xlib", "yaml": "PyYAML",
    "zmq": "pyzmq",
}

# Names that projects give their own modules, though PyPI may have packages of these names.
_OWN = frozenset((
    "app", "bin", "common", "config", "constants", "core", "handlers", "helpers", "lib", "models", "services",
    "settings", "shared", "src", "tools", "util", "utils"))

# Folders that many packages share.
_SHARED = ("azure", "google", "google.cloud")

# (the first version without it, a package that brings it back, or None).
REMOVED = {
    "distutils": ((3, 12), "setuptools"), "imp": ((3, 12), None), "asynchat": ((3, 12), "pyasynchat"),
    "asyncore": ((3, 12), "pyasyncore"), "smtpd": ((3, 12), "aiosmtpd"), "binhex": ((3, 11), None),
    "formatter": ((3, 10), None), "parser": ((3, 10), None), "symbol": ((3, 10), None),
    "dummy_threading": ((3, 9), None), "_dummy_threading": ((3, 9), None), "macpath": ((3, 8), None),
    "aifc": ((3, 13), "standard-aifc"), "audioop": ((3, 13), "audioop-lts"), "cgi": ((3, 13), "legacy-cgi"),
    "cgitb": ((3, 13), "legacy-cgi"), "chunk": ((3, 13), "standard-chunk"), "crypt": ((3, 13), "legacycrypt"),
    "imghdr": ((3, 13), "standard-imghdr"), "mailcap": ((3, 13), "standard-mailcap"), "msilib": ((3, 13), None),
    "nis": ((3, 13), None), "nntplib": ((3, 13), "standard-nntplib"), "ossaudiodev": ((3, 13), None),
    "pipes": ((3, 13), "standard-pipes"), "sndhdr": ((3, 13), "standard-sndhdr"), "spwd": ((3, 13), None),
    "sunau": ((3, 13), "standard-sunau"), "telnetlib": ((3, 13), "standard-telnetlib"), "uu": ((3, 13), "standard-uu"),
    "xdrlib": ((3, 13), "standard-xdrlib"), "lib2to3": ((3, 13), "fissix"),
}

# What AWS's Python runtimes have besides the standard library, for functions without any package.
# Source: https://docs.aws.amazon.com/lambda/latest/dg/python-package.html#python-package-dependencies
IN_LAMBDA = frozenset(("boto3", "botocore", "dateutil", "jmespath", "s3transfer", "six", "urllib3"))


def distribution_of(module):
    """The name of the package that a module comes with; None where it is more likely the project's own."""
    parts = module.split(".")
    if parts[0] in _OWN or module in _SHARED:
        return None
    for length in range(len(parts), 0, -1):
        name = ".".join(parts[:length])
        if name in _DISTRIBUTIONS:
            return _DISTRIBUTIONS[name]
    return "-".join(parts[:3] if parts[0] in _SHARED else parts[:1]).replace("_", "-")
