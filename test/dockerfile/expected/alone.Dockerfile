# Written by pkgr from pkgr.yml: change that file, then run `pkgr gen`.
#
#   docker buildx build -f .pkgr/b.Dockerfile --output dist .
#
# If pip needs them: --secret id=ca,src=FILE (a private trust root, PEM),
# --secret id=netrc,src=FILE (credentials). No secret is kept in a layer.

# The programs that pkgr runs inside the build.
FROM scratch AS programs
COPY ["./.pkgr/programs/", "./"]

# The image to build on, the default of its runtime.
FROM --platform=linux/amd64 public.ecr.aws/sam/build-python3.11:latest-x86_64 AS python3.11-amd64

# Function b: its code.
FROM scratch AS b-code
COPY ["./functions/b/", "./"]

FROM python3.11-amd64 AS b-zip
RUN --network=none \
    --mount=type=bind,from=programs,target=/programs \
    --mount=type=bind,from=b-code,target=/code \
    python3 /programs/pack.py --output=/pkgr/out/b.zip --digest=/pkgr/digest/b.json --layout=function \
    --runtime=python3.11 --bytecode=hash --place=/var/task --tree=/code --as=code

FROM scratch AS b
COPY --from=b-zip /pkgr/out/ /
