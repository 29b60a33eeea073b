#!/usr/bin/env bash
# Runs the commands of a README's sh blocks, word for word, in an empty home, where `build` is the tree's.
#
# run_guide.sh README BUILD FOLDER
set -euo pipefail
readme=$1 build=$2 folder=$3
rm -rf "$folder"
mkdir -p "$folder"
ln -s "$build" "$folder/build"
export HOME=$folder
cd "$folder"
awk '/^```sh$/ { inside = 1; next } /^```$/ { inside = 0 } inside' "$readme" >commands
[ "$(wc -l <commands)" -ge 6 ] || { echo "$readme has no commands" >&2; exit 1; }
bash -eux commands | tee output
grep -Eq 'checks: [0-9]+ passed, 0 failed, 0 skipped' output || { echo "the guide's channel is not good" >&2; exit 1; }

# What the installed guide points at is installed, too.
guide=$HOME/channel/share/channel_plugin_api/README.md
links=$(grep -o ']([^)]*)' "$guide" | tr -d '])(')
[ -n "$links" ] || { echo "$guide has no links" >&2; exit 1; }
for link in $links; do
    [ -e "$(dirname "$guide")/$link" ] || { echo "$guide: $link is not there" >&2; exit 1; }
done
