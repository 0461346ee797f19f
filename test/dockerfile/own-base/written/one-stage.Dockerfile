# What every function needs to be built.
FROM python:3.11-slim-bookworm

RUN apt-get update && \
    apt-get install --yes --no-install-recommends gcc libxmlsec1-dev

ENV CFLAGS="-O1"
