# The libraries of others. Boost is 1.81 exactly: Debian's default 1.74 must not stand on the same include path.

find_package(Boost 1.81 EXACT REQUIRED COMPONENTS unit_test_framework)
find_package(OpenSSL 3 REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(Threads REQUIRED)
find_package(ICU 72 REQUIRED COMPONENTS i18n uc)
# QR codes: the simulator's pictures, and those of the host's invitations.
find_package(JPEG REQUIRED)
find_library(QRENCODE_LIBRARY qrencode REQUIRED)
add_library(qrencode INTERFACE)
target_link_libraries(qrencode INTERFACE ${QRENCODE_LIBRARY})

# Static, because a plugin may not share a C++ library with its host (plugin-api E22); our alias says which one.
find_library(YAML_CPP_ARCHIVE libyaml-cpp.a REQUIRED)
find_library(PUGIXML_ARCHIVE libpugixml.a REQUIRED)
add_library(yaml_cpp INTERFACE)
target_link_libraries(yaml_cpp INTERFACE ${YAML_CPP_ARCHIVE})
add_library(pugixml_archive INTERFACE)
target_link_libraries(pugixml_archive INTERFACE ${PUGIXML_ARCHIVE})

# Voice messages, which WeChat sends as AMR and takes as AMR or MP3; C libraries, so shared ones.
find_library(OPENCORE_AMRNB opencore-amrnb REQUIRED)
find_library(OPENCORE_AMRWB opencore-amrwb REQUIRED)
add_library(opencore_amr INTERFACE)
target_link_libraries(opencore_amr INTERFACE ${OPENCORE_AMRNB} ${OPENCORE_AMRWB})
find_library(MPG123 mpg123 REQUIRED)
add_library(mpg123 INTERFACE)
target_link_libraries(mpg123 INTERFACE ${MPG123})

# Boost.JSON compiled here, once: hidden and position independent, unlike Debian's archive.
add_library(boost_json STATIC cmake/boost_json.cpp)
set_target_properties(boost_json PROPERTIES POSITION_INDEPENDENT_CODE ON)
target_compile_features(boost_json PUBLIC cxx_std_20)
target_link_libraries(boost_json PUBLIC Boost::headers)

# Asio and Beast: their functions compiled here, once, instead of in every file; C++20's coroutines only.
add_library(boost_asio STATIC cmake/boost_asio.cpp)
set_target_properties(boost_asio PROPERTIES POSITION_INDEPENDENT_CODE ON
    CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
target_compile_features(boost_asio PUBLIC cxx_std_20)
target_link_libraries(boost_asio PUBLIC Boost::headers Threads::Threads OpenSSL::SSL)
target_compile_definitions(boost_asio PUBLIC BOOST_ASIO_NO_DEPRECATED BOOST_ASIO_DISABLE_BOOST_COROUTINE
    BOOST_ASIO_NO_TS_EXECUTORS BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION)
foreach(library boost_json boost_asio)
    if(PROJECT_SANITIZERS)
        target_compile_options(${library} PRIVATE -fsanitize=${PROJECT_SANITIZERS})
    endif()
endforeach()
