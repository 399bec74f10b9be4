#!/usr/bin/env bash
# Replaces Keycloak's bin/kcadm.sh: the JVM of KcadmServer runs the command. See Kcadm.java.
set -eu
call=$(mktemp -d "$KCADM_CALLS/XXXXXX")
printf '%s\0' "$(pwd -P)" "$@" >"$call/arguments"
exec 3<>"/dev/tcp/127.0.0.1/$KCADM_PORT"
echo "$call" >&3
read -r status <&3 || status=70 # the command ended the JVM
[ ! -e "$call/out" ] || cat "$call/out"
[ ! -e "$call/err" ] || cat "$call/err" >&2
exit "$status"
