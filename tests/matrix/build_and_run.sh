#!/usr/bin/env bash
# Builds the small channels with each compiler and library, and loads all of them into one host, with those given.
#
# build_and_run.sh ROOT FOLDER HOST COMPILER:LIBRARY... -- PLUGIN.so...
# A compiler that is not installed fails the run: script/bootstrap, or script/test --matrix, brings them.
set -euo pipefail
root=$1 folder=$2 host=$3
shift 3
combinations=()
while [ "$1" != -- ]; do
    combinations+=("$1")
    shift
done
shift
plugins=("$@")

mkdir -p "$folder"
for combination in "${combinations[@]}"; do
    compiler=${combination%%:*} library=${combination#*:}
    c=$compiler
    case $compiler in
        gcc-*) cxx=g++-${compiler#gcc-} ;;
        *) cxx=clang++-${compiler#clang-} ;;
    esac
    # Debian 12's own clang is 14, and may be there without its number.
    command -v "$c" >/dev/null || c=${compiler%%-*}
    command -v "$cxx" >/dev/null || cxx=${cxx%-*}
    build=$folder/$compiler-$library
    echo "== $compiler with $library" >&2
    cmake -S "$root/tests/matrix/plugins" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Debug \
        -DCMAKE_C_COMPILER="$c" -DCMAKE_CXX_COMPILER="$cxx" -DCHANNEL_OUTPUT_DIRECTORY="$build/channels" \
        -DCMAKE_CXX_FLAGS="$([ "$library" = libc++ ] && echo -stdlib=libc++)" -DROOT="$root" \
        -DWITH_SMS="${MATRIX_SMS:-OFF}" >"$folder/configure.log" 2>&1 || { cat "$folder/configure.log" >&2; exit 1; }
    cmake --build "$build" >"$folder/build.log" 2>&1 || { cat "$folder/build.log" >&2; exit 1; }
    # The same name twice is the same library to nobody: each lies in a folder of its own.
    plugins+=("$build"/channels/*.so)
done
"$host" "${plugins[@]}"
