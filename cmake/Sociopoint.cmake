# SPDX-License-Identifier: EUPL-1.2
# How a module, its unit tests and the programs are built.

add_library(sociopoint_options INTERFACE)
target_compile_definitions(sociopoint_options INTERFACE _POSIX_C_SOURCE=200809L _DEFAULT_SOURCE)
target_compile_options(sociopoint_options INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wstrict-prototypes -Wmissing-prototypes
    # snprintf is used to cut on purpose, and what gcc thinks may be cut depends on the optimisation.
    -Wno-format-truncation
    -Wvla -Wformat=2 -Wundef -Wcast-align -Wwrite-strings -fno-common
    $<$<BOOL:${SOCIOPOINT_WERROR}>:-Werror>)
target_include_directories(sociopoint_options INTERFACE ${PROJECT_SOURCE_DIR}/include)
if(SOCIOPOINT_SANITIZE)
    target_compile_options(sociopoint_options INTERFACE -fsanitize=${SOCIOPOINT_SANITIZE} -fno-omit-frame-pointer)
    target_link_options(sociopoint_options INTERFACE -fsanitize=${SOCIOPOINT_SANITIZE})
endif()

# The release build is optimised across modules: an answer is written by very many calls of very small functions of
# base. Objects hold both forms, so that only the server and the benches are linked this way and the tests are linked
# quickly.
if(CMAKE_BUILD_TYPE STREQUAL "RelWithDebInfo" AND CMAKE_C_COMPILER_ID STREQUAL "GNU")
    target_compile_options(sociopoint_options INTERFACE -flto -ffat-lto-objects)
    set(SOCIOPOINT_LINK_OPTIONS -flto=auto)
    add_link_options(-fno-lto)
endif()

set_property(GLOBAL PROPERTY sociopoint_modules "")

# Banned functions do not compile in our sources (style.md).
set(SOCIOPOINT_BANNED ${PROJECT_SOURCE_DIR}/src/banned.h)

function(sociopoint_module name)
    cmake_parse_arguments(module "" "" "MODULES;LIBRARIES" ${ARGN})
    file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/${name}/*.c ${PROJECT_SOURCE_DIR}/src/${name}/*.S)
    list(FILTER sources EXCLUDE REGEX "/main\\.c$")
    if(NOT sources)
        return()
    endif()
    add_library(sociopoint_${name} STATIC ${sources})
    target_compile_options(sociopoint_${name} PRIVATE $<$<COMPILE_LANGUAGE:C>:-include${SOCIOPOINT_BANNED}>)
    list(TRANSFORM module_MODULES PREPEND sociopoint_)
    foreach(needed IN LISTS module_MODULES)
        if(TARGET ${needed})
            target_link_libraries(sociopoint_${name} PUBLIC ${needed})
        endif()
    endforeach()
    target_link_libraries(sociopoint_${name} PUBLIC sociopoint_options ${module_LIBRARIES})
    sociopoint_unit_tests(${name})
endfunction()

# One program for each tests/unit/<module>/test_<unit>.c.
function(sociopoint_unit_tests name)
    file(GLOB tests CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/unit/${name}/test_*.c)
    if(NOT libical_FOUND)
        list(FILTER tests EXCLUDE REGEX "_libical\\.c$")
    endif()
    foreach(test IN LISTS tests)
        cmake_path(GET test STEM unit)
        sociopoint_test_program(${name}_${unit} ${test} sociopoint_${name})
        add_test(NAME unit/${name}/${unit} COMMAND ${name}_${unit})
        if(unit MATCHES "_libical$")
            target_link_libraries(${name}_${unit} PRIVATE PkgConfig::libical)
        endif()
    endforeach()
endfunction()

function(sociopoint_test_program target source)
    add_executable(${target} ${source})
    target_link_libraries(${target} PRIVATE sociopoint_options ${ARGN} test_run)
    target_include_directories(${target} PRIVATE ${PROJECT_SOURCE_DIR}/tests)
    target_compile_definitions(${target} PRIVATE SOCIOPOINT_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
    set_target_properties(${target} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests)
    install(TARGETS ${target} RUNTIME DESTINATION tests/bin)
endfunction()

# What all programs of the tests share, and what several integration tests do: a scratch database and records to put into it.
function(sociopoint_test_support)
    add_library(test_run STATIC EXCLUDE_FROM_ALL ${PROJECT_SOURCE_DIR}/tests/support/run.c)
    target_include_directories(test_run PRIVATE ${PROJECT_SOURCE_DIR}/tests)
    target_link_libraries(test_run PUBLIC sociopoint_options PkgConfig::check)
    target_link_options(test_run INTERFACE LINKER:--wrap=_mark_point) # tests/support/run.c says why
    file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/support/*.c)
    list(REMOVE_ITEM sources ${PROJECT_SOURCE_DIR}/tests/support/run.c)
    add_library(test_support STATIC EXCLUDE_FROM_ALL ${sources})
    target_include_directories(test_support PUBLIC ${PROJECT_SOURCE_DIR}/tests)
    target_compile_definitions(test_support PRIVATE SOCIOPOINT_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
    target_link_libraries(test_support PUBLIC sociopoint_options sociopoint_store PkgConfig::check)
endfunction()

# The server and the programs of the integration tests and scenarios.
function(sociopoint_programs)
    if(EXISTS ${PROJECT_SOURCE_DIR}/src/cli/main.c AND TARGET sociopoint_cli)
        add_executable(sociopoint ${PROJECT_SOURCE_DIR}/src/cli/main.c)
        target_link_libraries(sociopoint PRIVATE sociopoint_cli sociopoint_options)
        target_link_options(sociopoint PRIVATE ${SOCIOPOINT_LINK_OPTIONS})
        install(TARGETS sociopoint RUNTIME DESTINATION bin)
    endif()
    # The tests read the tree from where it is installed, because their user may not enter the checkout.
    install(DIRECTORY config migrations api tests DESTINATION share/sociopoint
            PATTERN "*.c" EXCLUDE PATTERN "*.h" EXCLUDE)
    sociopoint_test_support()
    file(GLOB tests CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/integration/test_*.c)
    foreach(test IN LISTS tests)
        cmake_path(GET test STEM unit)
        # A file names the modules it needs in a first-lines comment: "modules: store directory".
        file(STRINGS ${test} line REGEX "modules: " LIMIT_COUNT 1)
        string(REGEX REPLACE ".*modules: ([a-z ]*[a-z]).*" "\\1" needed "${line}")
        separate_arguments(needed)
        list(TRANSFORM needed PREPEND sociopoint_)
        sociopoint_test_program(integration_${unit} ${test} test_support ${needed})
        
    endforeach()
    # The questions of tests/scenarios/*.yaml, and whether they would notice mistakes of the match.
    file(GLOB scenarios CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/scenarios/*.c)
    sociopoint_test_program(scenarios "${scenarios}" sociopoint_rest)
    sociopoint_bench_tests()
    # What tests/system/edge preloads; it must not bring a sanitizer's runtime into the program.
    add_library(clock_shift SHARED ${PROJECT_SOURCE_DIR}/tests/system/clock_shift.c)
    target_compile_definitions(clock_shift PRIVATE _DEFAULT_SOURCE)
    install(TARGETS clock_shift LIBRARY DESTINATION tests/lib)
    # How well free text is understood: phrases in tests/quality/*.tsv.
    file(GLOB quality CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/quality/*.c)
    list(REMOVE_ITEM quality ${PROJECT_SOURCE_DIR}/tests/quality/quality.c)
    add_library(sociopoint_quality STATIC ${quality})
    target_include_directories(sociopoint_quality PUBLIC ${PROJECT_SOURCE_DIR}/tests)
    target_link_libraries(sociopoint_quality PUBLIC sociopoint_options sociopoint_rest)
    sociopoint_test_program(quality ${PROJECT_SOURCE_DIR}/tests/quality/quality.c sociopoint_quality)
    sociopoint_unit_tests(quality)
    sociopoint_benches()
endfunction()

# What the benches reckon with is tested like everything else, in every build.
function(sociopoint_bench_tests)
    set(units fail load_answer load_plan results statistics process)
    list(TRANSFORM units REPLACE "(.+)" "${PROJECT_SOURCE_DIR}/tests/bench/\\1.c")
    add_library(sociopoint_bench STATIC ${units})
    target_include_directories(sociopoint_bench PUBLIC ${PROJECT_SOURCE_DIR}/tests)
    target_link_libraries(sociopoint_bench PUBLIC sociopoint_options sociopoint_base)
    sociopoint_unit_tests(bench)
endfunction()

# tests/bench: each bench_*.c is a program, with the other files there. Times of a debug build or under a
# sanitizer say nothing, so they are built in the release build alone, when asked for, and never installed.
function(sociopoint_benches)
    if(NOT CMAKE_BUILD_TYPE STREQUAL "RelWithDebInfo")
        return()
    endif()
    file(GLOB support CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/bench/*.c)
    file(GLOB programs CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/bench/bench_*.c)
    list(REMOVE_ITEM support ${programs})
    add_library(bench_support STATIC EXCLUDE_FROM_ALL ${support})
    target_include_directories(bench_support PUBLIC ${PROJECT_SOURCE_DIR}/tests)
    target_compile_definitions(bench_support PRIVATE BENCH_FLAGS="${CMAKE_C_FLAGS_RELWITHDEBINFO}")
    target_link_libraries(bench_support PUBLIC sociopoint_options sociopoint_quality PkgConfig::pq civetweb)
    add_custom_target(benches)
    foreach(source IN LISTS programs)
        cmake_path(GET source STEM program)
        add_executable(${program} EXCLUDE_FROM_ALL ${source})
        target_link_libraries(${program} PRIVATE bench_support)
        target_link_options(${program} PRIVATE ${SOCIOPOINT_LINK_OPTIONS})
        set_target_properties(${program} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bench)
        add_dependencies(benches ${program})
    endforeach()
endfunction()
