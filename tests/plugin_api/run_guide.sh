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
bash -eux commands
