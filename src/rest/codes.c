/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/rest/rest.h"
const struct text_code rest_text_codes[] = {{"x", 0}};
const size_t rest_text_code_count = 1;
