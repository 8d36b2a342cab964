#!/bin/sh
# A sandbox for a CI job:
#   sandbox.sh start [scenario.json]   starts it, waits until it is ready, loads the scenario on top of the demo world
#   sandbox.sh report report.xml       writes the difference report as JUnit XML, prints it, and fails when there is an error in it
#   sandbox.sh stop
# It is the build of the checkout that this file is in (mvn -q package -DskipTests), or the image that SANDBOX_IMAGE names.
# It listens on SANDBOX_PORT, 8080 unless set; its log is sandbox.log. Needs curl, and a JDK or Docker.
set -eu
PORT=${SANDBOX_PORT:-8080}
URL=http://localhost:$PORT

operator() {
  curl -sSf "$URL/sandbox/oauth2/token" -d grant_type=client_credentials -d client_id=e0000000-0000-4000-8000-0000000000ff \
    -d client_secret=sandbox -d resource=https://api.partnercenter.microsoft.com | sed -E 's/.*"access_token":"([^"]+)".*/\1/'
}

case ${1:-} in
start)
  if [ -n "${SANDBOX_IMAGE:-}" ]; then
    docker run --rm --name csp-sandbox -p "127.0.0.1:$PORT:8080" -e CSP_SCENARIO=demo -e CSP_SANDBOX=true \
      -e CSP_SANDBOX_OPERATOR_SECRET=sandbox -e "CSP_PUBLIC_URL=$URL" "$SANDBOX_IMAGE" > sandbox.log 2>&1 &
  else
    APP=$(dirname "$0")/../../target/quarkus-app
    # The job is over before the JVM's second compiler would have paid: docs/performance/changes.md.
    java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:SharedArchiveFile="$APP/app-cds.jsa" -Dquarkus.http.port="$PORT" -Dcsp.data-dir="$(mktemp -d)" \
      -jar "$APP/quarkus-run.jar" > sandbox.log 2>&1 &
  fi
  echo $! > sandbox.pid
  until curl -sf -o /dev/null "$URL/q/health/ready"; do
    kill -0 "$(cat sandbox.pid)" || { cat sandbox.log; exit 1; }
    sleep 0.2
  done
  if [ -n "${2:-}" ]; then
    curl -sSf "$URL/sandbox/scenarios" -H "Authorization: Bearer $(operator)" -H "Content-Type: application/json" -d "@$2"
    echo
  fi
  ;;
report)
  TOKEN=$(operator)
  curl -sSf "$URL/sandbox/report" -H "Authorization: Bearer $TOKEN" -H "Accept: application/xml" -o "${2:?where to}"
  ERRORS=$(curl -sSf "$URL/sandbox/report?severity=error" -H "Authorization: Bearer $TOKEN")
  if [ "$ERRORS" != '{"items":[]}' ]; then echo "$ERRORS"; exit 1; fi
  ;;
stop)
  kill "$(cat sandbox.pid)"
  while kill -0 "$(cat sandbox.pid)" 2> /dev/null; do sleep 0.2; done
  rm sandbox.pid
  ;;
*)
  sed -n '2,/^set/s/^# \{0,1\}//p' "$0"
  exit 2
  ;;
esac
