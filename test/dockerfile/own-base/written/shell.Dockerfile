FROM debian:12 AS base
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
RUN cat /etc/os-release | grep ID
ONBUILD RUN --mount=from=base,target=/b ls /b
HEALTHCHECK --interval=5m CMD true
ENTRYPOINT []
FROM base
ONBUILD COPY --from=Base /etc/os-release /
