# Written by pkgr from pkgr.yml: change that file, then run `pkgr gen`.
#
#   docker buildx build -f .pkgr/Dockerfile --output dist .
#   docker buildx build -f .pkgr/Dockerfile --target a --output dist .   (only a)
#
# If pip needs them: --secret id=ca,src=FILE (a private trust root, PEM),
# --secret id=netrc,src=FILE (credentials). No secret is kept in a layer.

# The programs that pkgr runs inside the build.
FROM scratch AS programs
COPY ["./.pkgr/programs/", "./"]

# The image to build on, the default of its runtime.
FROM --platform=linux/amd64 public.ecr.aws/sam/build-python3.11:latest-x86_64 AS python3.11-amd64

# Function a: its code.
FROM scratch AS a-code
COPY ["./functions/a/", "./"]

# Function b: its code.
FROM scratch AS b-code
COPY ["./functions/b/", "./"]

# Function c: its code.
FROM scratch AS c-code
COPY ["./functions/c/", "./"]

# Function d: its code.
FROM scratch AS d-code
COPY ["./functions/d/", "./"]

# Function e: its code.
FROM scratch AS e-code
COPY ["./functions/e/", "./"]

# Function f: its code.
FROM scratch AS f-code
COPY ["./functions/f/", "./"]

# Function g: its code.
FROM scratch AS g-code
COPY ["./functions/g/", "./"]

# Function h: its code.
FROM scratch AS h-code
COPY ["./functions/h/", "./"]

# The zips of a, b, c, d and 4 more.
FROM python3.11-amd64 AS zips-1
RUN --network=none \
    --mount=type=bind,from=programs,target=/programs \
    --mount=type=bind,from=a-code,target=/code/a \
    --mount=type=bind,from=b-code,target=/code/b \
    --mount=type=bind,from=c-code,target=/code/c \
    --mount=type=bind,from=d-code,target=/code/d \
    --mount=type=bind,from=e-code,target=/code/e \
    --mount=type=bind,from=f-code,target=/code/f \
    --mount=type=bind,from=g-code,target=/code/g \
    --mount=type=bind,from=h-code,target=/code/h \
    python3 /programs/pack.py --output=/pkgr/out/a.zip --digest=/pkgr/digest/a.json --layout=function \
    --runtime=python3.11 --bytecode=hash --place=/var/task --tree=/code/a --as=code \
    --and --output=/pkgr/out/b.zip --digest=/pkgr/digest/b.json --layout=function --runtime=python3.11 \
    --bytecode=hash --place=/var/task --tree=/code/b --as=code \
    --and --output=/pkgr/out/c.zip --digest=/pkgr/digest/c.json --layout=function --runtime=python3.11 \
    --bytecode=hash --place=/var/task --tree=/code/c --as=code \
    --and --output=/pkgr/out/d.zip --digest=/pkgr/digest/d.json --layout=function --runtime=python3.11 \
    --bytecode=hash --place=/var/task --tree=/code/d --as=code \
    --and --output=/pkgr/out/e.zip --digest=/pkgr/digest/e.json --layout=function --runtime=python3.11 \
    --bytecode=hash --place=/var/task --tree=/code/e --as=code \
    --and --output=/pkgr/out/f.zip --digest=/pkgr/digest/f.json --layout=function --runtime=python3.11 \
    --bytecode=hash --place=/var/task --tree=/code/f --as=code \
    --and --output=/pkgr/out/g.zip --digest=/pkgr/digest/g.json --layout=function --runtime=python3.11 \
    --bytecode=hash --place=/var/task --tree=/code/g --as=code \
    --and --output=/pkgr/out/h.zip --digest=/pkgr/digest/h.json --layout=function --runtime=python3.11 \
    --bytecode=hash --place=/var/task --tree=/code/h --as=code

FROM scratch AS a
COPY --from=zips-1 /pkgr/out/a.zip /a.zip

FROM scratch AS b
COPY --from=zips-1 /pkgr/out/b.zip /b.zip

FROM scratch AS c
COPY --from=zips-1 /pkgr/out/c.zip /c.zip

FROM scratch AS d
COPY --from=zips-1 /pkgr/out/d.zip /d.zip

FROM scratch AS e
COPY --from=zips-1 /pkgr/out/e.zip /e.zip

FROM scratch AS f
COPY --from=zips-1 /pkgr/out/f.zip /f.zip

FROM scratch AS g
COPY --from=zips-1 /pkgr/out/g.zip /g.zip

FROM scratch AS h
COPY --from=zips-1 /pkgr/out/h.zip /h.zip

# Every zip.
FROM scratch AS all
COPY --from=zips-1 /pkgr/out/ /
