# SPDX-License-Identifier: EUPL-1.2
# Fuzz targets: each tests/fuzz/fuzz_<target>.c is a program of libFuzzer. They need clang, so they are there only
# where SOCIOPOINT_FUZZ is on (preset `fuzz`); `ninja fuzz` builds them.

option(SOCIOPOINT_FUZZ "Fuzz targets; needs clang" OFF)

if(SOCIOPOINT_FUZZ)
    # Warnings are gcc's office: some options are its alone, and clang finds fault with what gcc takes. A finding of any
    # sanitizer must end the program.
    target_compile_options(sociopoint_options INTERFACE -Wno-unknown-warning-option -Wno-string-conversion
        -Wno-sign-conversion -fno-sanitize-recover=all)
endif()

function(sociopoint_fuzz_targets)
    if(NOT SOCIOPOINT_FUZZ)
        return()
    endif()
    add_custom_target(fuzz)
    file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/fuzz/fuzz_*.c)
    foreach(source IN LISTS sources)
        cmake_path(GET source STEM program)
        # A file names the modules it needs in a first-lines comment: "modules: json config".
        file(STRINGS ${source} line REGEX "modules: " LIMIT_COUNT 1)
        string(REGEX REPLACE ".*modules: ([a-z ]*[a-z]).*" "\\1" needed "${line}")
        separate_arguments(needed)
        list(TRANSFORM needed PREPEND sociopoint_)
        add_executable(${program} EXCLUDE_FROM_ALL ${source})
        target_link_libraries(${program} PRIVATE sociopoint_options ${needed} PkgConfig::check)
        target_include_directories(${program} PRIVATE ${PROJECT_SOURCE_DIR}/tests ${PROJECT_SOURCE_DIR}/src)
        target_compile_definitions(${program} PRIVATE SOCIOPOINT_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
        target_link_options(${program} PRIVATE -fsanitize=fuzzer)
        set_target_properties(${program} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/fuzz)
        add_dependencies(fuzz ${program})
    endforeach()
endfunction()
