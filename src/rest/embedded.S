/* SPDX-License-Identifier: EUPL-1.2 */
/* The contract and its documentation, as files inside the program; the build says where api/ is. */

    .section .rodata

    .global rest_embedded_contract
    .global rest_embedded_contract_end
rest_embedded_contract:
    .incbin "openapi.yaml"
rest_embedded_contract_end:
    .byte 0

    .global rest_embedded_docs
    .global rest_embedded_docs_end
rest_embedded_docs:
    .incbin "docs.html"
rest_embedded_docs_end:
    .byte 0

    .section .note.GNU-stack, "", %progbits
