FROM debian:12
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
FROM scratch
COPY --from=0 / /
