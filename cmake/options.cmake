option(SEKISHO_TESTS "Build the tests" ON)
option(SEKISHO_WERROR "Treat warnings as errors (CI)" OFF)
option(SEKISHO_FUZZ "Build the libFuzzer targets (clang only)" OFF)
set(SEKISHO_SANITIZE "" CACHE STRING "Sanitizers to build with, as -fsanitize= takes them")

set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

find_program(SEKISHO_CCACHE ccache)
if(SEKISHO_CCACHE)
    # The sloppiness is what ccache's manual asks for with precompiled headers.
    set(CMAKE_CXX_COMPILER_LAUNCHER
        ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
        ${SEKISHO_CCACHE}
    )
endif()

add_library(sekisho_options INTERFACE)
target_include_directories(sekisho_options INTERFACE ${PROJECT_SOURCE_DIR}/src)
target_compile_definitions(
    sekisho_options
    INTERFACE _GLIBCXX_ASSERTIONS
              SEKISHO_VERSION="${PROJECT_VERSION}"
              BOOST_ASIO_NO_DEPRECATED
              # Debian 12's two cached coroutine frames per thread are fewer than a proxied request nests.
              BOOST_ASIO_RECYCLING_ALLOCATOR_CACHE_SIZE=16
)
target_compile_options(
    sekisho_options
    INTERFACE -Wall
              -Wextra
              -Wpedantic
              -Wconversion
              -Wshadow
              -Wnon-virtual-dtor
              -Wold-style-cast
              -Wformat-security
              -fstack-protector-strong
              -fno-omit-frame-pointer
)
if(SEKISHO_WERROR)
    target_compile_options(sekisho_options INTERFACE -Werror)
endif()
if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    target_compile_options(sekisho_options INTERFACE "SHELL:-Xclang -fno-pch-timestamp")
    find_program(SEKISHO_LLD NAMES ld.lld-19 ld.lld)
    if(SEKISHO_LLD)
        target_link_options(sekisho_options INTERFACE --ld-path=${SEKISHO_LLD})
    endif()
endif()
if(SEKISHO_SANITIZE)
    target_compile_options(sekisho_options INTERFACE -fsanitize=${SEKISHO_SANITIZE} -fno-sanitize-recover=all)
    target_link_options(sekisho_options INTERFACE -fsanitize=${SEKISHO_SANITIZE})
elseif(CMAKE_BUILD_TYPE STREQUAL "Release")
    target_compile_options(sekisho_options INTERFACE
        -U_FORTIFY_SOURCE
        $<$<NOT:$<BOOL:$<TARGET_PROPERTY:SEKISHO_UNOPTIMIZED>>>:-D_FORTIFY_SOURCE=2>)
endif()
if(SEKISHO_FUZZ)
    # Every library counts its edges; only the fuzz_* programs have libFuzzer's main (tests/fuzz).
    target_compile_options(sekisho_options INTERFACE -fsanitize=fuzzer-no-link)
    target_link_options(sekisho_options INTERFACE -fsanitize=fuzzer-no-link)
endif()
target_link_options(sekisho_options INTERFACE -Wl,-z,relro,-z,now -Wl,-z,noexecstack)

include(CheckPIESupported)
check_pie_supported(LANGUAGES CXX)
