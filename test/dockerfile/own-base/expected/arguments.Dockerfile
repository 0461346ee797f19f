# Stage go of docker/Dockerfile.
FROM --platform=$BUILDPLATFORM golang:1.22 AS base.1
ARG BUILDARCH TARGETARCH="amd64"
RUN GOARCH=$TARGETARCH go build

# Stage built of docker/Dockerfile.
FROM --platform=linux/amd64 python:3.11-slim-bookworm AS base.2
ARG PYTHON="3.11"
ARG SUITE="bookworm" VARIANT=own EMPTY="" OTHER
RUN echo $PYTHON

# The image to build on, by docker/Dockerfile.
FROM --platform=linux/amd64 python:3.11-slim-bookworm AS base
ARG \
  BASE="python:3.11-slim-bookworm"
COPY --from=base.1 /go/bin /var/task/lambda_bin
USER root
