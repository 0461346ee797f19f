FROM public.ecr.aws/lambda/python:3.13
COPY --from=ghcr.io/astral-sh/uv:0.9 /uv /uvx /usr/local/bin/
RUN --mount=type=bind,from=busybox,target=/busybox \
    --mount=type=bind,from=ghcr.io/astral-sh/uv:0.9,target=/uv \
    --mount=type=ssh \
    /busybox/bin/busybox true
COPY --from=registry.example.com:5000/tools@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef /t /t
