ARG X=1
FROM debian:12 AS a
RUN true && \
  true
FROM debian:1${X}
ARG X
COPY --from=a /x /y
RUN <<EOF
text
EOF
