// Nothing but the precompiled header: CMake builds it for a target that has a source using it, and main.cpp may not.
