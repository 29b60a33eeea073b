# A channel as a host loads it: one export, and a C++ runtime of its own (the README says why).
#
#   add_channel_plugin(sms SOURCES sms.cpp [LINKS library ...] [HIDDEN_SINGLE_THREADED])
#
# Makes the module target and file NAME.so in CHANNEL_OUTPUT_DIRECTORY, and fails the build if the file exports
# anything but channel_plugin_v1. LINKS: C libraries shared; C++ libraries static or header-only.
# HIDDEN_SINGLE_THREADED: for Debian's static C++ libraries that name __libc_single_threaded (libyaml-cpp.a).
# With PROJECT_SANITIZERS (address,undefined or thread) the sanitizer's runtime stays the host's.



function(add_channel_plugin name)
    cmake_parse_arguments(plugin "HIDDEN_SINGLE_THREADED" "" "SOURCES;LINKS" ${ARGN})
    set(map ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/channel.map)

    add_library(${name} MODULE ${plugin_SOURCES})
    if(plugin_HIDDEN_SINGLE_THREADED)
        enable_language(C)
        target_sources(${name} PRIVATE ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/single_threaded.c)
    endif()
    target_link_libraries(${name} PRIVATE channel::plugin_api ${plugin_LINKS})
    set_target_properties(${name} PROPERTIES
        PREFIX "" SUFFIX .so POSITION_INDEPENDENT_CODE ON CXX_EXTENSIONS OFF LINK_DEPENDS ${map}
        C_VISIBILITY_PRESET hidden CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
    if(CHANNEL_OUTPUT_DIRECTORY)
        set_target_properties(${name} PROPERTIES LIBRARY_OUTPUT_DIRECTORY ${CHANNEL_OUTPUT_DIRECTORY})
    endif()

    target_compile_options(${name} PRIVATE $<$<COMPILE_LANG_AND_ID:CXX,GNU>:-fno-gnu-unique>)
    target_link_options(${name} PRIVATE
        -static-libstdc++ $<$<LINK_LANG_AND_ID:CXX,GNU>:-static-libgcc>
        LINKER:--version-script=${map} LINKER:--exclude-libs,ALL LINKER:-z,now LINKER:-z,relro LINKER:-z,noexecstack)
    if(PROJECT_SANITIZERS)
        target_compile_options(${name} PRIVATE -fsanitize=${PROJECT_SANITIZERS} -fno-omit-frame-pointer)
        target_link_options(${name} PRIVATE -fsanitize=${PROJECT_SANITIZERS})
    endif()
    if(NOT PROJECT_SANITIZERS AND NOT "${CMAKE_CXX_FLAGS}" MATCHES "-fsanitize")
        target_link_options(${name} PRIVATE LINKER:-z,defs)
    endif()

    add_custom_command(TARGET ${name} POST_BUILD VERBATIM
        COMMAND ${CMAKE_COMMAND} -DNM=${CMAKE_NM} -DFILE=$<TARGET_FILE:${name}>
            -P ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/check_exports.cmake)
endfunction()
