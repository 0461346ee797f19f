"""The user that Lambda runs functions as, and what its runtime tells them in the environment.

In: a function's name and configuration. Out: its variables.
"""
import os

# As `id` says in a function: uid=993(sbx_user1051) gid=990.
USER_NUMBER, GROUP_NUMBER = 993, 990
USER_LINE = b"sbx_user1051:x:993:990::/home/sbx_user1051:/sbin/nologin"
GROUP_LINE = b"sbx_user1051:x:990:"

TASK = "/var/task"
OPT = "/opt"
RUNTIME = "/var/runtime"

# Source: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
LIBRARY_PATH = "/var/lang/lib:/lib64:/usr/lib64:/var/runtime:/var/runtime/lib:/var/task:/var/task/lib:/opt/lib"
PROGRAM_PATH = "/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin"

# What an image or a build sets and Lambda does not.
_NOT_IN_LAMBDA = ("HOME", "HOSTNAME", "OLDPWD", "PWD", "PYTHONPATH", "SHLVL", "_")


def function_environment(own, name, runtime, handler, given):
    """The environment of a function. `own`: the image's; `given`: what the function is configured with."""
    environment = {key: value for key, value in own.items() if key not in _NOT_IN_LAMBDA}
    environment.setdefault("LANG", "en_US.UTF-8")
    environment.setdefault("TZ", ":UTC")
    environment.update({
        "PATH": PROGRAM_PATH,
        "LD_LIBRARY_PATH": LIBRARY_PATH,
        "LAMBDA_TASK_ROOT": TASK,
        "LAMBDA_RUNTIME_DIR": RUNTIME,
        "_HANDLER": handler or "",
        "AWS_EXECUTION_ENV": "AWS_Lambda_" + runtime,
        "AWS_REGION": "us-east-1",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_LAMBDA_FUNCTION_NAME": name,
        "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "128",
        "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
        "AWS_LAMBDA_LOG_GROUP_NAME": "/aws/lambda/" + name,
        "AWS_LAMBDA_LOG_STREAM_NAME": "1970/01/01/[$LATEST]00000000000000000000000000000000",
        "AWS_LAMBDA_RUNTIME_API": "127.0.0.1:9001",
        # There are some in Lambda; these open nothing.
        "AWS_ACCESS_KEY_ID": "none",
        "AWS_SECRET_ACCESS_KEY": "none",
        "AWS_SESSION_TOKEN": "none",
        "AWS_XRAY_CONTEXT_MISSING": "LOG_ERROR",
        "AWS_XRAY_DAEMON_ADDRESS": "127.0.0.1:2000",
    })
    environment.update(given)
    return environment


def become_function_user():
    """Nothing of root is left then."""
    os.setgroups([])
    os.setgid(GROUP_NUMBER)
    os.setuid(USER_NUMBER)
