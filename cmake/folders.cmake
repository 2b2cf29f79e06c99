# One library per folder of src/, linked as src/folders.txt allows.
file(STRINGS src/folders.txt SEKISHO_FOLDERS REGEX "^[a-z]+:")
set(SEKISHO_ASIO_FOLDERS net server upstream provider directory session gateway app)

foreach(line IN LISTS SEKISHO_FOLDERS)
    string(REGEX MATCH "^([a-z]+): *(.*)$" matched "${line}")
    set(folder ${CMAKE_MATCH_1})
    string(REPLACE " " ";" knows "${CMAKE_MATCH_2}")
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS src/${folder}/*.cpp)
    list(FILTER sources EXCLUDE REGEX "src/app/main\\.cpp$")
    set(library sekisho_${folder})
    if(sources)
        add_library(${library} STATIC ${sources})
        set(scope PUBLIC)
    else()
        add_library(${library} INTERFACE)
        set(scope INTERFACE)
    endif()
    target_link_libraries(${library} ${scope} sekisho_options ${SEKISHO_LINK_${folder}})
    foreach(known IN LISTS knows)
        target_link_libraries(${library} ${scope} sekisho_${known})
    endforeach()
    if(sources AND folder IN_LIST SEKISHO_ASIO_FOLDERS)
        if(folder STREQUAL "net")
            target_precompile_headers(${library} PRIVATE src/net/precompiled.hpp)
        elseif(TARGET sekisho_net)
            get_target_property(net_type sekisho_net TYPE)
            if(NOT net_type STREQUAL "INTERFACE_LIBRARY")
                target_precompile_headers(${library} REUSE_FROM sekisho_net)
            endif()
        endif()
    endif()
endforeach()

find_package(Python3 REQUIRED COMPONENTS Interpreter)
add_custom_target(
    folder_graph ALL
    COMMAND ${Python3_EXECUTABLE} ${PROJECT_SOURCE_DIR}/tests/architecture/include_dag.py ${PROJECT_SOURCE_DIR}/src
    COMMENT "Holding every #include against src/folders.txt"
    VERBATIM
)
