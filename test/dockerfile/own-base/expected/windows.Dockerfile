# Stage a of docker/Dockerfile.
FROM --platform=linux/amd64 debian:12 AS base.1
RUN true && \
  true

# The image to build on, by docker/Dockerfile.
FROM --platform=linux/amd64 debian:11 AS base
ARG X="1"
COPY --from=base.1 /x /y
RUN <<EOF
text
EOF
USER root
