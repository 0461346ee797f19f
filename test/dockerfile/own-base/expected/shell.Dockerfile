# Stage base of docker/Dockerfile.
FROM --platform=linux/amd64 debian:12 AS base.1
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
RUN cat /etc/os-release | grep ID
ONBUILD RUN --mount=from=base.1,target=/b ls /b
HEALTHCHECK --interval=5m CMD true
ENTRYPOINT []

# The image to build on, by docker/Dockerfile.
FROM base.1 AS base
ONBUILD COPY --from=base.1 /etc/os-release /
USER root
SHELL [ "/bin/sh", "-c" ]
