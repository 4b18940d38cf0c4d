/* SPDX-License-Identifier: EUPL-1.2 */
/* The contract and its documentation, as files inside the program; the build says where api/ is. */

    .section .rodata

    .global rest_embedded_contract
    .global rest_embedded_contract_size
rest_embedded_contract:
    .incbin "openapi.yaml"
    .set rest_embedded_contract_bytes, . - rest_embedded_contract
    .byte 0
    .balign 8
rest_embedded_contract_size:
    .quad rest_embedded_contract_bytes

    .global rest_embedded_docs
    .global rest_embedded_docs_size
rest_embedded_docs:
    .incbin "docs.html"
    .set rest_embedded_docs_bytes, . - rest_embedded_docs
    .byte 0
    .balign 8
rest_embedded_docs_size:
    .quad rest_embedded_docs_bytes

    .section .note.GNU-stack, "", %progbits
