# The same with nothing in it that a function could write to.
FROM like AS like-sandbox
USER root
RUN --network=none \
    --mount=type=bind,from=programs,target=/programs \
    python3 /programs/close_root.py

# What report will find in /opt.
FROM like-sandbox AS layers-1
RUN --network=none \
    --mount=type=bind,from=programs,target=/programs \
    --mount=type=bind,from=shared-zip,source=/pkgr/out/,target=/zips/1 \
    python3 /programs/unpack.py --output=/pkgr/unpacked /zips/1/shared.zip

# Function report as it lies in Lambda, and what came of its import.
FROM like-sandbox AS report-unpacked
RUN --network=none \
    --mount=type=bind,from=programs,target=/programs \
    --mount=type=bind,from=report-zip,source=/pkgr/out/,target=/zips/1 \
    python3 /programs/unpack.py --output=/pkgr/unpacked /zips/1/report.zip

FROM like-sandbox AS report-verified
RUN --network=none \
    --mount=type=bind,from=programs,target=/programs \
    --mount=type=bind,from=like-sandbox,source=/home,target=/home \
    --mount=type=bind,from=like-sandbox,source=/usr,target=/usr \
    --mount=type=bind,from=like-sandbox,source=/var,target=/var \
    --mount=type=tmpfs,from=scratch,target=/tmp \
    --mount=type=bind,from=report-unpacked,source=/pkgr/unpacked,target=/var/task \
    --mount=type=bind,from=layers-1,source=/pkgr/unpacked,target=/opt \
    python3 /programs/verify.py --output=/pkgr/verification/report.verified --name=report \
    --runtime=python3.11 --handler=app.handler '--env=STAGE=-O2 -g0' --as-function-user

# Layer shared as it lies in Lambda, and what came of its import.
FROM like-sandbox AS shared-unpacked
RUN --network=none \
    --mount=type=bind,from=programs,target=/programs \
    --mount=type=bind,from=shared-zip,source=/pkgr/out/,target=/zips/1 \
    python3 /programs/unpack.py --output=/pkgr/unpacked /zips/1/shared.zip

FROM like-sandbox AS shared-verified
RUN --network=none \
    --mount=type=bind,from=programs,target=/programs \
    --mount=type=bind,from=like-sandbox,source=/home,target=/home \
    --mount=type=bind,from=like-sandbox,source=/usr,target=/usr \
    --mount=type=bind,from=like-sandbox,source=/var,target=/var \
    --mount=type=tmpfs,from=scratch,target=/tmp \
    --mount=type=bind,from=shared-unpacked,source=/pkgr/unpacked,target=/opt \
    python3 /programs/verify.py --output=/pkgr/verification/shared.verified --name=shared \
    --runtime=python3.11 --without-metadata --as-function-user

FROM scratch AS digests
COPY --from=report-zip /pkgr/digest/ /digests/
COPY --from=shared-zip /pkgr/digest/ /digests/
COPY --from=plain-zip /pkgr/digest/ /digests/
COPY --from=deps-1 /pkgr/resolved/packages.json /digests/deps-1.resolved
COPY --from=deps-2 /pkgr/resolved/packages.json /digests/deps-2.resolved
COPY --from=report-verified /pkgr/verification/ /digests/
COPY --from=shared-verified /pkgr/verification/ /digests/
