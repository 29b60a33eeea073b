# Fails unless FILE exports exactly channel_plugin_v1: cmake -DNM=nm -DFILE=x.so -P check_exports.cmake
execute_process(COMMAND ${NM} --dynamic --defined-only --format=posix ${FILE}
    OUTPUT_VARIABLE symbols RESULT_VARIABLE failed)
if(failed)
    message(FATAL_ERROR "${FILE}: ${NM} cannot read it")
endif()
string(REGEX REPLACE " [^\n]*" "" names "${symbols}")
string(STRIP "${names}" names)
if(NOT names STREQUAL "channel_plugin_v1")
    string(REPLACE "\n" " " names "${names}")
    string(SUBSTRING "${names} " 0 300 names)
    message(FATAL_ERROR "${FILE} must export channel_plugin_v1 and nothing else, but exports: ${names}\n"
        "Write CHANNEL_PLUGIN(YourClass) in one source file, and leave visibility to add_channel_plugin().")
endif()
