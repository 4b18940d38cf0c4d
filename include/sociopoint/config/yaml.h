/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * YAML as a JSON value that remembers where each part of it stands.
 *
 * Read is what people write by hand: mappings, sequences and scalars of one document. Anchors,
 * aliases, tags, directives, further documents, duplicate keys and keys that are not text are
 * refused, and so is everything larger or deeper than the limits, NUL and malformed UTF-8.
 *
 * Plain scalars follow the core schema of YAML 1.2: null (also ~ and nothing), true and false,
 * numbers; `no`, `yes`, `on` and `12:30` are text. Of the numbers only those that JSON would read
 * too are taken (7, -7, 0.5, 1e3 is 1000.0); what YAML alone calls a number (012, +420, 0x1f,
 * 0o17, .5, 5., .inf) is refused as ambiguous, because it was most likely meant as text and needs
 * quotes. Quoted scalars and blocks are always text.
 *
 * A value belongs to one thread at a time.
 */
#ifndef SOCIOPOINT_CONFIG_YAML_H
#define SOCIOPOINT_CONFIG_YAML_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sociopoint/base/error.h"
#include "sociopoint/base/str.h"

enum {
    CONFIG_YAML_BYTES_MAXIMUM = 1024 * 1024,
    CONFIG_YAML_DEPTH = 16,         /* for files that operators edit */
    CONFIG_YAML_DEPTH_MAXIMUM = 64, /* for the embedded API contract */
    CONFIG_YAML_KEY_MAXIMUM = 256   /* bytes of one key */
};

struct config_yaml;

/*
 * Parses `text`; `name` ("config/match.yaml") is how problems name it: "<name>:<line>". `depth`
 * is how many mappings and sequences may be inside each other, at most CONFIG_YAML_DEPTH_MAXIMUM.
 * NULL with one problem: the first that was found.
 */
struct config_yaml *config_yaml_parse(struct str text, const char *name, int depth,
                                      struct error *err);
/* The same from the file `path`, which is named `name` in problems. */
struct config_yaml *config_yaml_read(const char *path, const char *name, int depth,
                                     struct error *err);
void config_yaml_free(struct config_yaml *yaml);
/* For CLEANUP. */
void config_yaml_freep(struct config_yaml **yaml);

/* Borrowed; valid as long as `yaml`. A caller that outlives it takes a reference (json_incref). */
json_t *config_yaml_value(const struct config_yaml *yaml);
const char *config_yaml_name(const struct config_yaml *yaml);
/* A hash of the bytes it was parsed from (FNV-1a, 64 bits). */
uint64_t config_yaml_hash(const struct config_yaml *yaml);
/* Line and column (from 1) of what `pointer` (RFC 6901) points at, or of what is around it. */
void config_yaml_position(const struct config_yaml *yaml, const char *pointer, int *line,
                          int *column);

#endif
