/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Where the tests find the tree: SOCIOPOINT_SOURCE when it is set (the installed copy, which the
 * user of the tests may read), else the checkout they were built from.
 */
#ifndef TESTS_SUPPORT_SOURCE_H
#define TESTS_SUPPORT_SOURCE_H

#include <stdio.h>
#include <stdlib.h>

/* "<tree>/<relative>", in one of four buffers that take turns. */
static inline const char *source_path(const char *relative)
{
    static char paths[4][4096];
    static unsigned turn;
    char *path = paths[turn++ % 4];
    const char *folder = getenv("SOCIOPOINT_SOURCE");
    (void)snprintf(path, sizeof paths[0], "%s/%s", folder == NULL ? SOCIOPOINT_SOURCE_DIR : folder,
                   relative);
    return path;
}

#endif
