/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Every problem code this module emits, with the number of its arguments, so that a test of the
 * texts can see that each has its sentence. Problems of json/problems.h come too (what a schema
 * says). The pointer is "<file>:<line>", behind it a space and the JSON pointer where there is
 * one; of a whole file its name alone.
 *
 * code                            arguments
 * config-default-missing          (no municipality has `default: true`)
 * config-duplicate                what it is ("situation"), its key, where it stands already
 * config-file-missing
 * config-file-name                what the file must be called by its content
 * config-file-too-large           maximum bytes
 * config-file-unexpected          (a file in a folder of YAML files that is none)
 * config-file-unreadable
 * config-limit                    what it is, maximum
 * config-memory
 * config-reference-unknown        what it is, the unknown key, near ones joined by ", " (or empty)
 * config-text-missing             code
 * config-text-placeholder         the placeholder (or a lone brace), how many arguments there are
 * config-text-surplus             code, near ones
 *
 * settings-listen-ipv6            address (only IPv4; the rest is the proxy's)
 * settings-listen-malformed       address
 * settings-network-malformed      address or network
 * settings-proxies-missing        (trusted_proxy and a limit of requests, and no proxy is listed)
 * settings-tls                    setting or address (plain HTTP only; encryption is the proxy's)
 *
 * yaml-alias                      name
 * yaml-anchor                     name
 * yaml-directive                  (%YAML or %TAG)
 * yaml-empty
 * yaml-encoding                   (not UTF-8)
 * yaml-key-duplicate              key
 * yaml-key-not-text               key; empty where it is a list or a mapping
 * yaml-key-too-long               key
 * yaml-nul                        (U+0000)
 * yaml-number-ambiguous           number that needs quotes (012, +420) or another spelling (.5)
 * yaml-number-range               number
 * yaml-several-documents
 * yaml-syntax                     what the parser says, in which context (may be empty), in English
 * yaml-tag                        tag
 * yaml-too-deep                   maximum levels
 */
#ifndef SOCIOPOINT_CONFIG_PROBLEMS_H
#define SOCIOPOINT_CONFIG_PROBLEMS_H

#include <stddef.h>

#include "sociopoint/base/error.h"

extern const struct problem_code config_problem_codes[];
extern const size_t config_problem_code_count;

#endif
