/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The compiler attributes this code base uses, under names that say what they promise.
 */
#ifndef SOCIOPOINT_BASE_ATTRIBUTE_H
#define SOCIOPOINT_BASE_ATTRIBUTE_H

/* Calls `function(&variable)` when the variable leaves its scope. */
#define CLEANUP(function) __attribute__((cleanup(function)))

/* The caller must look at the result. */
#define MUST_USE __attribute__((warn_unused_result))

/* printf-like: argument `text` is the format string, `first` the first value (both count from 1). */
#define PRINTF_LIKE(text, first) __attribute__((format(printf, text, first)))

/* A function of which each call with a constant argument becomes code made for it. */
#define ALWAYS_INLINE inline __attribute__((always_inline))

/* Asks for the cache line at the address, which is needed soon; harmless whatever the address. */
#define PREFETCH(address) __builtin_prefetch(address)

#endif
