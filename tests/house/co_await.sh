#!/usr/bin/env bash
# gcc 12.2 destroys twice what is created with braces, and lambdas with captures, inside a co_await expression.
# So: no { and no [ in one; name it on the line before. Refuses harmless cases, too: cheaper than remembering which.
#   co_await.sh ROOT
set -euo pipefail
cd "$1"
status=0
while IFS= read -r file; do
    if sed 's,//.*,,' "$file" \
        | grep -Pzo 'co_await(?:[^;()\[{]++|(\((?:[^()\[{]++|(?1))*+\))|\()*[\[{]' \
        | tr '\0' '\n' | grep -q .; then
        echo "$file: a { or [ inside a co_await expression"
        status=1
    fi
done < <(git ls-files '*.cpp' '*.hpp')
exit $status
