# Everything comes from the system's packages (scripts/setup.sh); nothing is downloaded while building.
find_package(Threads REQUIRED)
find_package(OpenSSL 3.0 REQUIRED)
find_package(Boost 1.81 REQUIRED COMPONENTS url)
find_package(spdlog REQUIRED)
find_package(fmt REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(yaml-cpp REQUIRED)
find_package(CLI11 REQUIRED)
# Password hashes; neither Debian nor Ubuntu ships a configuration of it.
find_path(SEKISHO_ARGON2_HEADERS argon2.h REQUIRED)
find_library(SEKISHO_ARGON2_LIBRARY argon2 REQUIRED)
add_library(argon2::argon2 UNKNOWN IMPORTED)
set_target_properties(
    argon2::argon2 PROPERTIES IMPORTED_LOCATION ${SEKISHO_ARGON2_LIBRARY}
                              INTERFACE_INCLUDE_DIRECTORIES ${SEKISHO_ARGON2_HEADERS}
)
if(NOT TARGET yaml-cpp::yaml-cpp)
    add_library(yaml-cpp::yaml-cpp ALIAS yaml-cpp)
endif()
# Newer releases bring a configuration (and Abseil with it), older ones only a header and a library.
find_package(re2 CONFIG QUIET)
if(NOT TARGET re2::re2)
    find_path(SEKISHO_RE2_HEADERS re2/re2.h REQUIRED)
    find_library(SEKISHO_RE2_LIBRARY re2 REQUIRED)
    add_library(re2::re2 UNKNOWN IMPORTED)
    set_target_properties(
        re2::re2 PROPERTIES IMPORTED_LOCATION ${SEKISHO_RE2_LIBRARY}
                            INTERFACE_INCLUDE_DIRECTORIES ${SEKISHO_RE2_HEADERS}
    )
endif()

# Only the library itself: it brings no configuration everywhere.
find_path(SEKISHO_HIREDIS_HEADERS hiredis/hiredis.h REQUIRED)
find_library(SEKISHO_HIREDIS_LIBRARY hiredis REQUIRED)
add_library(hiredis_codec UNKNOWN IMPORTED)
set_target_properties(
    hiredis_codec PROPERTIES IMPORTED_LOCATION ${SEKISHO_HIREDIS_LIBRARY}
                             INTERFACE_INCLUDE_DIRECTORIES ${SEKISHO_HIREDIS_HEADERS}
)

# What each folder may link beside the folders it knows.
set(SEKISHO_LINK_base Boost::url spdlog::spdlog fmt::fmt nlohmann_json::nlohmann_json OpenSSL::Crypto)
set(SEKISHO_LINK_crypto OpenSSL::Crypto)
set(SEKISHO_LINK_settings yaml-cpp::yaml-cpp re2::re2 nlohmann_json::nlohmann_json)
set(SEKISHO_LINK_identity re2::re2 nlohmann_json::nlohmann_json)
set(SEKISHO_LINK_emergency argon2::argon2 nlohmann_json::nlohmann_json)
set(SEKISHO_LINK_net OpenSSL::SSL Threads::Threads hiredis_codec)
set(SEKISHO_LINK_app CLI11::CLI11)
