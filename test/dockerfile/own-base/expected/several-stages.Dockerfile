# Stage build of docker/Dockerfile.
FROM --platform=linux/amd64 golang:1.22 AS base.1
WORKDIR /src
COPY tools/ ./
RUN go build -o /out/tool .

# Stage libs of docker/Dockerfile.
FROM --platform=linux/amd64 debian:latest AS base.2
RUN --mount=type=bind,from=base.1,source=/out,target=/built \
    # a comment in the middle of an instruction
    --mount=type=cache,target=/var/cache/apt,sharing=locked \

    /built/tool --collect /libs

# Stage 3 of docker/Dockerfile.
FROM base.1 AS base.3
copy --from=base.2 --chown=0:0 /libs /var/task/lambda_lib
COPY --chmod=755 --from=base.1 /out/tool /var/task/lambda_bin/

# The image to build on, by docker/Dockerfile.
FROM base.2 AS base
COPY --from=base.3 /var/task /var/task
ADD --link https://example.com/data.tar /data/
USER nobody
USER root
