/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Functions that do not compile here: each has a sharper edge than its replacement. Included before
 * every source file of ours by the build.
 */
#ifndef SOCIOPOINT_BANNED_H
#define SOCIOPOINT_BANNED_H

/* The headers come first, so that only uses are refused and not the declarations. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#pragma GCC poison strcpy strcat sprintf vsprintf strtok atoi atol atof gets gmtime localtime

#endif
