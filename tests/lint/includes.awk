# SPDX-License-Identifier: EUPL-1.2
# Includes of the tree: a module sees only modules of lower layers, and a library is seen by one module (jansson's
# json_t is our JSON value: every module above json but domain, catalogue's and match's headers may see it).
# Reads layers.tsv first, then sources.
BEGIN { FS = "\t" }
FNR == NR {
    if (FNR > 1) {
        layer[$1] = $2
        n = split($3, headers, " ")
        for (i = 1; i <= n; i++) owner[headers[i]] = $1
    }
    next
}
FNR == 1 {
    split(FILENAME, part, "/")
    public = part[1] == "include"
    module = public ? part[3] : part[2]
    if (!(module in layer) && FILENAME != "src/banned.h") complain("is in no module of layers.tsv")
}
function complain(text) { printf "%s:%d: %s\n", FILENAME, FNR, text; bad = 1 }
match($0, /^#include "sociopoint\/[a-z]+\//) {
    split($0, path, "/")
    target = path[2]
    if (!(target in layer)) complain("includes the unknown module " target)
    else if (target != module && layer[target] >= layer[module])
        complain("module " module " (layer " layer[module] ") must not include " target " (layer " layer[target] ")")
}
match($0, /^#include <[^>]+>/) {
    header = substr($0, RSTART + 10, RLENGTH - 11)
    if (header == "jansson.h") {
        if (module == "domain" || module == "match" || module == "base" || module == "http" || (public && module == "catalogue"))
            complain("jansson is not for " module)
    } else if (header == "pthread.h" || !(header in owner)) {
        next
    } else if (owner[header] != module) {
        complain(header " belongs to module " owner[header])
    } else if (public) {
        complain("no third-party header in include/")
    }
}
END { exit bad }
