# How every target of this project is built: no global flags, one INTERFACE target that each target links.

option(PROJECT_WERROR "warnings are errors" OFF)
option(PROJECT_HARDENED "fortified sources, stack protector, relro: what is shipped" OFF)
set(PROJECT_SANITIZERS "" CACHE STRING "for -fsanitize=: address,undefined or thread")

# Without -Wnull-dereference: gcc 12 reports the pointer behind every use of boost::system::result's operator->.
# Without -Wmismatched-new-delete: it takes the frames of Asio's coroutines for mismatched.
add_library(project_options INTERFACE)
target_compile_features(project_options INTERFACE cxx_std_20)
target_compile_options(project_options INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow
    $<$<COMPILE_LANGUAGE:CXX>:-Wconversion -Wsign-conversion -Wold-style-cast -Woverloaded-virtual
        -Wextra-semi -Wnon-virtual-dtor>
    $<$<COMPILE_LANG_AND_ID:CXX,GNU>:-Wsuggest-override -Wno-mismatched-new-delete>
    $<$<BOOL:${PROJECT_WERROR}>:-Werror>)
if(PROJECT_SANITIZERS)
    target_compile_options(project_options INTERFACE
        -fsanitize=${PROJECT_SANITIZERS} -fno-omit-frame-pointer -fno-sanitize-recover=all
        $<$<COMPILE_LANG_AND_ID:CXX,GNU>:-Wno-maybe-uninitialized -Wno-tsan>)
    target_link_options(project_options INTERFACE -fsanitize=${PROJECT_SANITIZERS})
endif()
if(PROJECT_HARDENED)
    target_compile_options(project_options INTERFACE
        -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fstack-clash-protection)
    target_link_options(project_options INTERFACE -Wl,-z,relro -Wl,-z,now)
endif()

# A layer of the plugin: a static library that may include what its row of architecture names, and links only that.
#   wechat_layer(policy SOURCES step.cpp ... USES wechat_base wechat_texts)
function(wechat_layer name)
    cmake_parse_arguments(layer "" "" "SOURCES;USES" ${ARGN})
    add_library(wechat_${name} STATIC ${layer_SOURCES})
    set_target_properties(wechat_${name} PROPERTIES POSITION_INDEPENDENT_CODE ON
        CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
    target_compile_options(wechat_${name} PRIVATE $<$<COMPILE_LANG_AND_ID:CXX,GNU>:-fno-gnu-unique>)
    target_include_directories(wechat_${name} PUBLIC ${PROJECT_SOURCE_DIR}/wechat_plugin)
    target_link_libraries(wechat_${name} PUBLIC ${layer_USES} PRIVATE project_options)
endfunction()

# A program of Boost.Test cases, registered with ctest under its own name.
#   project_tests(codec SOURCES ... LINKS wechat_codec [LABELS asan tsan])
# LABELS name the sanitizer builds that run it, too: what runs coroutines, has threads or touches bytes from outside.
function(project_tests name)
    cmake_parse_arguments(tests "" "" "SOURCES;LINKS;LABELS" ${ARGN})
    add_executable(${name}_tests ${tests_SOURCES})
    target_link_libraries(${name}_tests PRIVATE ${tests_LINKS} tests_support project_options)
    target_precompile_headers(${name}_tests REUSE_FROM tests_support)
    set_target_properties(${name}_tests PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
    add_test(NAME ${name} COMMAND ${name}_tests --log_level=test_suite --report_level=short)
    set_tests_properties(${name} PROPERTIES
        LABELS "${tests_LABELS}" TIMEOUT 600 WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
    foreach(label IN LISTS tests_LABELS)
        set_property(GLOBAL APPEND PROPERTY project_${label}_targets ${name}_tests)
    endforeach()
endfunction()
