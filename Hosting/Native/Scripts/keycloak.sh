#!/usr/bin/env bash
# Runs a built Keycloak distribution in the foreground. The distribution is only read, so that several servers can share it:
# what a server writes goes to a home of its own, which links to the distribution for the rest.
#
# Usage: keycloak.sh DISTRIBUTION HOME [ARGUMENT]...
set -euo pipefail

distribution=$1 home=$2
shift 2

# Names that came from outside have been blanked; to Keycloak an empty value is a wrong one.
for name in "${!KC@}" "${!JAVA@}"; do
    [[ -n ${!name} ]] || unset "$name"
done
# What kc.sh and the JVM would take from outside.
unset JAVA CLASSPATH _JAVA_OPTIONS JDK_JAVA_OPTIONS CONFIG_ARGS DEBUG DEBUG_PORT DEBUG_SUSPEND PID PRINT_ENV \
    http_proxy https_proxy all_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY

# Keycloak has names of its own for what OpenTelemetry's variables say, and a header's name goes through a second variable:
# https://www.keycloak.org/server/configuration#_environment_variables_for_options_with_special_characters
if [[ -n ${OTEL_EXPORTER_OTLP_ENDPOINT-} ]]; then
    export KC_TELEMETRY_ENDPOINT=$OTEL_EXPORTER_OTLP_ENDPOINT KC_TELEMETRY_PROTOCOL=${OTEL_EXPORTER_OTLP_PROTOCOL:-grpc} \
        KC_TELEMETRY_SERVICE_NAME=${OTEL_SERVICE_NAME:-keycloak} KC_TELEMETRY_RESOURCE_ATTRIBUTES=${OTEL_RESOURCE_ATTRIBUTES-}
    IFS=, read -ra headers <<<"${OTEL_EXPORTER_OTLP_HEADERS-}"
    for index in "${!headers[@]}"; do
        export "KCKEY_OTLP_HEADER_$index=telemetry-header-${headers[index]%%=*}" "KC_OTLP_HEADER_$index=${headers[index]#*=}"
    done
else
    export OTEL_SDK_DISABLED=true
fi

mkdir -p "$home/data"
for part in conf lib providers themes; do
    ln -sfn "$distribution/$part" "$home/$part"
done

exec "$distribution/bin/kc.sh" "-Dkc.home.dir=$home" "$@"
