# The image to build on, by docker/Dockerfile.
FROM --platform=linux/amd64 python:3.11-slim-bookworm AS base
RUN apt-get update && \
    apt-get install --yes --no-install-recommends gcc libxmlsec1-dev

ENV CFLAGS="-O1"
USER root
