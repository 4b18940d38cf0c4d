/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * modules: http
 * The head of a request, as a first line and lines of headers: framing, and whose address it is.
 */
#include "fuzz/fuzz.h"

#include "http/field_internal.h"
#include "http/forwarded_internal.h"
#include "http/framing_internal.h"

enum { HEADERS = 80 };

static const char *const proxy_texts[] = {"127.0.0.1", "::1", "10.0.0.0/8", "2001:db8::/32"};

static struct networks *proxies;

static struct str next_line(struct str *text)
{
    struct str line = *text;
    struct str rest = {NULL, 0};
    (void)str_cut(*text, '\n', &line, &rest);
    *text = rest;
    return line;
}

static struct str next_word(struct str *line)
{
    struct str word = *line;
    struct str rest = {"", 0};
    (void)str_cut(*line, ' ', &word, &rest);
    *line = rest;
    return word;
}

static size_t read_headers(struct str text, struct http_field *headers)
{
    size_t count = 0;
    while (text.length > 0 && count < HEADERS) {
        struct str line = next_line(&text);
        struct http_field *header = &headers[count++];
        header->name = line;
        header->value = (struct str){"", 0};
        (void)str_cut(line, ':', &header->name, &header->value);
    }
    return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (proxies == NULL) {
        struct error err = {.code = ERROR_NONE};
        proxies =
            networks_new("proxies", proxy_texts, sizeof proxy_texts / sizeof proxy_texts[0], &err);
        FUZZ_REQUIRE(proxies != NULL);
    }
    struct str text = fuzz_str(data, size);
    struct http_field headers[HEADERS];
    struct str first = next_line(&text);
    struct head head = {.headers = headers};
    head.method = next_word(&first);
    head.uri = next_word(&first);
    head.version = first;
    head.header_count = read_headers(text, headers);
    struct framing framing = {.body_length = 0};
    if (framing_check(&head, &framing) == NULL) {
        FUZZ_REQUIRE(head.header_count <= FRAMING_HEADERS_MAXIMUM);
        FUZZ_REQUIRE(field_count(headers, head.header_count, "Content-Length") <= 1);
        FUZZ_REQUIRE(field_find(headers, head.header_count, "Transfer-Encoding") == NULL);
    }
    struct client client = forwarded_client(proxies, STR("10.1.2.3"), headers, head.header_count);
    struct address again;
    FUZZ_REQUIRE(address_parse(client.text, &again));
    FUZZ_REQUIRE(memcmp(&again, &client.address, sizeof again) == 0);
    return 0;
}
