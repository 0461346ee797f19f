# Written by pkgr from pkgr.yml: change that file, then run `pkgr gen`.
#
#   docker buildx build -f .pkgr/shared.Dockerfile --output dist .
#
# If pip needs them: --secret id=ca,src=FILE (a private trust root, PEM),
# --secret id=netrc,src=FILE (credentials). No secret is kept in a layer.

# The programs that pkgr runs inside the build.
FROM scratch AS programs
COPY ["./.pkgr/programs/", "./"]

# The image to build on, the default of its runtime.
FROM --platform=linux/amd64 public.ecr.aws/sam/build-python3.11:latest-x86_64 AS python3.11-amd64

# uv, which installs what it and pip agree on; without it pip does.
FROM python3.11-amd64 AS python3.11-amd64-uv
RUN --mount=type=bind,from=programs,target=/programs \
    --mount=type=cache,id=pkgr-pip,target=/var/cache/pkgr-pip \
    --mount=type=secret,id=ca \
    --mount=type=secret,id=netrc,target=/root/.netrc \
    python3 /programs/fetch_uv.py --target=/pkgr/uv --cache=/var/cache/pkgr-pip --ca=/run/secrets/ca

# What is installed for shared.
FROM scratch AS deps-2-files
COPY ["./requirements/common.txt", "./requirements/common.txt"]

# Installed, then deflated: a change of code only has to join it.
FROM python3.11-amd64 AS deps-2
RUN --mount=type=bind,from=programs,target=/programs \
    --mount=type=bind,from=deps-2-files,target=/project,rw \
    --mount=type=cache,id=pkgr-pip,target=/var/cache/pkgr-pip \
    --mount=type=secret,id=ca \
    --mount=type=secret,id=netrc,target=/root/.netrc \
    --mount=type=bind,from=python3.11-amd64-uv,source=/pkgr/uv,target=/uv \
    --mount=type=cache,id=pkgr-uv,target=/var/cache/pkgr-uv \
    --mount=type=tmpfs,from=scratch,target=/memory \
    python3 /programs/install.py --directory=/project --runtime=python3.11 --target=/pkgr/installed \
    --cache=/var/cache/pkgr-pip --resolved=/pkgr/resolved/packages.json --ca=/run/secrets/ca --uv=/uv/uv \
    --uv-cache=/var/cache/pkgr-uv --memory=/memory -- --requirement=requirements/common.txt \
    && python3 /programs/deflate.py --root=/pkgr/installed \
    --output=/pkgr/out/sourceless-opt-python/packages.zip \
    --report=/pkgr/out/sourceless-opt-python/report.json --runtime=python3.11 --bytecode=sourceless \
    --place=/opt/python \
    && rm -rf /pkgr/installed

# Layer shared: its zip.
FROM python3.11-amd64 AS shared-zip
RUN --network=none \
    --mount=type=bind,from=programs,target=/programs \
    --mount=type=bind,from=deps-2,source=/pkgr/out/sourceless-opt-python,target=/packages \
    python3 /programs/pack.py --output=/pkgr/out/shared.zip --digest=/pkgr/digest/shared.json \
    --layout=layer --runtime=python3.11 --bytecode=sourceless --place=/opt --handler=app.handler \
    --join=/packages/packages.zip --as=packages --report=/packages/report.json --at=python

FROM scratch AS shared
COPY --from=shared-zip /pkgr/out/ /
