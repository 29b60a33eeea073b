#!/usr/bin/env bash
# What is committed names no machine: no absolute paths of somebody's, no hosts of package registries.
#   public.sh ROOT
set -uo pipefail
cd "$1"
found=$(git grep -nE '(^|[^a-zA-Z.])/(work|root|home)/[a-z]|deb\.debian\.org|registry\.npmjs\.org' -- . ':!tests/house/public.sh')
[ -z "$found" ] && { echo "nothing found"; exit 0; }
echo "$found"
exit 1
