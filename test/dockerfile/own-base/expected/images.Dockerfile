# An image that docker/Dockerfile copies from.
FROM --platform=linux/amd64 ghcr.io/astral-sh/uv:0.9 AS base.1

# An image that docker/Dockerfile copies from.
FROM --platform=linux/amd64 busybox:latest AS base.2

# An image that docker/Dockerfile copies from.
FROM --platform=linux/amd64 registry.example.com:5000/tools@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef AS base.3

# The image to build on, by docker/Dockerfile.
FROM --platform=linux/amd64 public.ecr.aws/lambda/python:3.13 AS base
COPY --from=base.1 /uv /uvx /usr/local/bin/
RUN --mount=type=bind,from=base.2,target=/busybox \
    --mount=type=bind,from=base.1,target=/uv \
    --mount=type=ssh \
    /busybox/bin/busybox true
COPY --from=base.3 /t /t
USER root
