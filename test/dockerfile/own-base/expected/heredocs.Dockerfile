# Stage 1 of docker/Dockerfile.
FROM --platform=linux/amd64 debian:12 AS base.1
RUN <<EOF
FROM nothing
COPY --from=nothing a b
EOF
COPY <<-"ONE" <<TWO /etc/
	FROM one \
	ONE
# no comment, but a line of the file
	TWO
TWO
RUN echo "<<EOF" '<<EOF' $((1<<2)) <<<EOF
RUN cat <<EOF | sh \
  -e
echo \
EOF

# The image to build on, by docker/Dockerfile.
FROM scratch AS base
COPY --from=base.1 / /
USER root
