# find_package(channel_plugin_api): channel::plugin_api and add_channel_plugin(); channel::host for who has Boost.
include(CMakeFindDependencyMacro)
find_dependency(Threads)
find_package(Boost 1.81 QUIET)
include(${CMAKE_CURRENT_LIST_DIR}/channel_plugin_api-targets.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/add_channel_plugin.cmake)
