# SPDX-License-Identifier: EUPL-1.2
# Sizes of style.md: a function at most 60 lines and 6 parameters, a file at most 800 lines.
# Relies on clang-format: a function's braces stand alone in column 1.
function complain(line, text) { printf "%s:%d: %s\n", FILENAME, line, text; bad = 1 }
function parameters(head,    depth, count, i, c, seen) {
    depth = 0; count = 0; seen = 0
    for (i = index(head, "("); i <= length(head); i++) {
        c = substr(head, i, 1)
        if (c == "(") depth++
        else if (c == ")") { if (--depth == 0) break }
        else if (c == "," && depth == 1) count++
        else if (c != " ") seen = 1
    }
    return seen ? count + 1 : 0
}
FNR == 1 { if (name != "" && lines > 800) printf "%s: %d lines, at most 800\n", name, lines; if (lines > 800) bad = 1
           name = FILENAME; head = "" }
{ lines = FNR }
/^{/ { start = FNR; if (parameters(head) > 6) complain(FNR, "a function with more than 6 parameters"); next }
/^}/ { if (start && FNR - start - 1 > 60) complain(start, "a function of " (FNR - start - 1) " lines, at most 60"); start = 0; head = ""; next }
!start { if ($0 ~ /^[a-z].*\(/) head = $0; else if (head != "") head = head $0; if ($0 ~ /;$/) head = "" }
END { if (lines > 800) { printf "%s: %d lines, at most 800\n", name, lines; bad = 1 } exit bad }
