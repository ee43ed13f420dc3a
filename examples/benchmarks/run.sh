#!/bin/sh
# Builds what is needed and runs the side-by-side benchmark; options are handed on ("run.sh --help" lists them).
# "run.sh clients [OPTIONS]" compares clients instead of servers, "run.sh jmh [OPTIONS]" runs the micro-benchmarks instead, "run.sh jfr FILE" sums up a flight recording.
set -eu

module=$(cd "$(dirname "$0")" && pwd)
jar=$module/target/benchmarks.jar

# PORTOLAN_NO_BUILD=1 takes the jar as it is.
if [ -z "${PORTOLAN_NO_BUILD:-}" ]; then
    (cd "$module/../.." && ./mvnw -q -Dquick -DskipTests package -pl examples/benchmarks -am)
fi

case "${1:-}" in
    clients) shift; exec java -cp "$jar" io.portolan.examples.benchmarks.ClientsSideBySide "$@" ;;
    jmh) shift; exec java -cp "$jar" org.openjdk.jmh.Main "$@" ;;
    jfr) shift; exec java -cp "$jar" io.portolan.examples.benchmarks.JfrSummary "$@" ;;
    *)   exec java -jar "$jar" "$@" ;;
esac
