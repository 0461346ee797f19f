# syntax=docker/dockerfile:1
# escape=\
FROM golang:1.22 AS Build
WORKDIR /src
COPY tools/ ./
RUN go build -o /out/tool .

FROM debian AS libs
RUN --mount=type=bind,from=build,source=/out,target=/built \
    # a comment in the middle of an instruction
    --mount=type=cache,target=/var/cache/apt,sharing=locked \

    /built/tool --collect /libs

from build
copy --from=libs --chown=0:0 /libs /var/task/lambda_lib
COPY --chmod=755 --from=0 /out/tool /var/task/lambda_bin/

FROM Libs
COPY --from=2 /var/task /var/task
ADD --link https://example.com/data.tar /data/
USER nobody
# Nothing comes after this.
