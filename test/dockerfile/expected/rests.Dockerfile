# What the zips hold besides packages-1.
FROM own AS packages-1-rests
RUN --network=none \
    --mount=type=bind,from=programs,target=/programs \
    --mount=type=bind,from=deps-1,source=/pkgr/out/hash-var-task,target=/packages \
    --mount=type=bind,from=unit-0-zip,source=/pkgr/out/unit-0.zip,target=/zips/unit-0.zip \
    --mount=type=bind,from=unit-1-zip,source=/pkgr/out/unit-1.zip,target=/zips/unit-1.zip \
    --mount=type=bind,from=unit-2-zip,source=/pkgr/out/unit-2.zip,target=/zips/unit-2.zip \
    --mount=type=bind,from=unit-3-zip,source=/pkgr/out/unit-3.zip,target=/zips/unit-3.zip \
    python3 /programs/rests.py --shared=/packages/packages.zip --zips=/zips --output=/pkgr/rests/
