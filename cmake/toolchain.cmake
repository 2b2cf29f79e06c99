# Picks a compiler that can build sekisho: whatever CXX names, else clang 19, else a g++ that is new enough.
if(NOT DEFINED ENV{CXX})
    find_program(SEKISHO_CXX NAMES clang++-19 clang++-20 g++-15 g++-14 clang++ g++)
    set(CMAKE_CXX_COMPILER ${SEKISHO_CXX})
endif()
