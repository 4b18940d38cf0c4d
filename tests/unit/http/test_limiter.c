/* SPDX-License-Identifier: EUPL-1.2 */
/* Limits of requests: the buckets with a clock of the test, and what a client sees of them. */
#include "wire.h"

#include "../../../src/http/limiter_internal.h"
#include "../../../src/http/siphash_internal.h"
#include "support/run.h"

enum { SECOND_US = 1000000, MINUTE_US = 60 * SECOND_US, ROOM = 64 * 128 * 8 };

/* The first vectors of the reference implementation: key 00 01 ... 0f, input 00 01 ... */
START_TEST(test_siphash_vectors)
{
    static const unsigned char expected[][8] = {
        {0x31, 0x0e, 0x0e, 0xdd, 0x47, 0xdb, 0x6f, 0x72},
        {0xfd, 0x67, 0xdc, 0x93, 0xc5, 0x39, 0xf8, 0x74},
        {0x5a, 0x4f, 0xa9, 0xd9, 0x09, 0x80, 0x6c, 0x0d},
        {0x2d, 0x7e, 0xfb, 0xd7, 0x96, 0x66, 0x67, 0x85},
        {0xb7, 0x87, 0x71, 0x27, 0xe0, 0x94, 0x27, 0xcf},
        {0x8d, 0xa6, 0x99, 0xcd, 0x64, 0x55, 0x76, 0x18},
        {0xce, 0xe3, 0xfe, 0x58, 0x6e, 0x46, 0xc9, 0xcb},
        {0x37, 0xd1, 0x01, 0x8b, 0xf5, 0x00, 0x02, 0xab},
        {0x62, 0x24, 0x93, 0x9a, 0x79, 0xf5, 0xf5, 0x93},
    };
    unsigned char bytes[SIPHASH_KEY_SIZE];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (unsigned char)i;
    for (size_t length = 0; length < sizeof expected / sizeof expected[0]; length++) {
        uint64_t hash = siphash(bytes, bytes, length);
        for (size_t i = 0; i < 8; i++)
            ck_assert_uint_eq(hash >> (8 * i) & 0xFF, expected[length][i]);
    }
    /* The example of the paper, appendix A. */
    ck_assert(siphash(bytes, bytes, 15) == 0xa129ca6149be45e5U);
}
END_TEST

/* --- Buckets --- */

static struct limiter *limiter;

static void make(unsigned public_per_minute, unsigned office_per_minute)
{
    const unsigned per_minute[LIMIT_CLASSES] = {[LIMIT_PUBLIC] = public_per_minute,
                                                [LIMIT_OFFICE] = office_per_minute,
                                                [LIMIT_KEY] = office_per_minute};
    struct error err = {0};
    limiter = limiter_new(per_minute, &err);
    ck_assert_ptr_nonnull(limiter);
}

static void drop(void)
{
    limiter_free(limiter);
    limiter = NULL;
}

static struct limit_verdict take(const char *text, enum limit_class limit, int64_t now_us)
{
    struct address address;
    ck_assert(address_parse(str_from(text), &address));
    return limiter_take(limiter, limit, &address, now_us);
}

/* How many of `tries` requests at one moment are let through. */
static unsigned allowed(const char *text, int64_t now_us, unsigned tries)
{
    unsigned count = 0;
    for (unsigned i = 0; i < tries; i++)
        count += take(text, LIMIT_PUBLIC, now_us).allowed ? 1 : 0;
    return count;
}

START_TEST(test_limiter_fills_steadily)
{
    static const unsigned rates[] = {1, 7, 60, 3000, 1000000};
    unsigned rate = rates[_i];
    make(rate, 0);
    int64_t now = 5 * SECOND_US;
    ck_assert_uint_eq(allowed("192.0.2.1", now, rate + 10), rate);
    ck_assert_uint_eq(allowed("192.0.2.1", now + MINUTE_US / rate - 1, 10), 0);
    ck_assert_uint_eq(allowed("192.0.2.1", now + MINUTE_US / rate, 10), 1);
    ck_assert_uint_eq(allowed("192.0.2.1", now + 3 * MINUTE_US, rate + 10), rate);
    drop();
}
END_TEST

START_TEST(test_limiter_says_what_is_left)
{
    char policy[LIMITER_HEADER_SIZE];
    char current[LIMITER_HEADER_SIZE];
    make(3, 600);
    struct limit_verdict verdict = take("192.0.2.1", LIMIT_PUBLIC, SECOND_US);
    limiter_describe(limiter, &verdict, policy, current);
    ck_assert_str_eq(policy, "\"public\";q=3;w=60");
    ck_assert_str_eq(current, "\"public\";r=2;t=20");
    (void)take("192.0.2.1", LIMIT_PUBLIC, SECOND_US);
    (void)take("192.0.2.1", LIMIT_PUBLIC, SECOND_US);
    verdict = take("192.0.2.1", LIMIT_PUBLIC, 6 * SECOND_US);
    ck_assert(verdict.limited && !verdict.allowed);
    ck_assert_uint_eq(verdict.left, 0);
    ck_assert_uint_eq(verdict.wait_s, 15);
    verdict = take("192.0.2.1", LIMIT_OFFICE, SECOND_US);
    limiter_describe(limiter, &verdict, policy, current);
    ck_assert_str_eq(policy, "\"office\";q=600;w=60");
    ck_assert_str_eq(current, "\"office\";r=599;t=1");
    drop();
}
END_TEST

/* Which two addresses share a bucket. */
static const struct {
    const char *left;
    const char *right;
    bool shared;
} pairs[] = {
    {"192.0.2.1", "192.0.2.1", true},
    {"192.0.2.1", "192.0.2.2", false},
    {"192.0.2.1", "::ffff:192.0.2.1", true},
    {"2001:db8:0:1::1", "2001:db8:0:1:ffff:ffff:ffff:ffff", true},
    {"2001:db8:0:1::1", "2001:db8:0:2::1", false},
    {"2001:db8::1", "2001:db8:0:1::1", false},
    {"::1", "192.0.2.1", false},
};

START_TEST(test_limiter_counts_clients)
{
    make(1, 1);
    ck_assert(take(pairs[_i].left, LIMIT_PUBLIC, SECOND_US).allowed);
    ck_assert_int_eq(take(pairs[_i].right, LIMIT_PUBLIC, SECOND_US).allowed, !pairs[_i].shared);
    ck_assert(take(pairs[_i].left, LIMIT_OFFICE, SECOND_US).allowed);
    drop();
}
END_TEST

/* A key has a bucket of its own, by its holder's number alone. */
START_TEST(test_limiter_counts_keys)
{
    char policy[LIMITER_HEADER_SIZE];
    char current[LIMITER_HEADER_SIZE];
    make(1, 2);
    struct limit_verdict verdict = limiter_take_key(limiter, 77, SECOND_US);
    limiter_describe(limiter, &verdict, policy, current);
    ck_assert_str_eq(policy, "\"key\";q=2;w=60");
    ck_assert_str_eq(current, "\"key\";r=1;t=30");
    ck_assert(limiter_take_key(limiter, 77, SECOND_US).allowed);
    ck_assert(!limiter_take_key(limiter, 77, SECOND_US).allowed);
    ck_assert(limiter_take_key(limiter, 78, SECOND_US).allowed);
    ck_assert(take("192.0.2.1", LIMIT_PUBLIC, SECOND_US).allowed);
    drop();
    make(1, 0);
    verdict = limiter_take_key(limiter, 77, SECOND_US);
    ck_assert(verdict.allowed && !verdict.limited);
    drop();
}
END_TEST

START_TEST(test_limiter_gives_back)
{
    struct address address;
    ck_assert(address_parse(STR("192.0.2.1"), &address));
    make(2, 0);
    ck_assert_uint_eq(allowed("192.0.2.1", SECOND_US, 5), 2);
    limiter_give_back(limiter, LIMIT_PUBLIC, &address, SECOND_US);
    ck_assert_uint_eq(allowed("192.0.2.1", SECOND_US, 5), 1);
    /* To whoever has all there is already, nothing is given; nor where there is no limit. */
    limiter_give_back(limiter, LIMIT_PUBLIC, &address, 3 * MINUTE_US);
    limiter_give_back(limiter, LIMIT_OFFICE, &address, 3 * MINUTE_US);
    ck_assert_uint_eq(allowed("192.0.2.1", 3 * MINUTE_US, 5), 2);
    drop();
}
END_TEST

START_TEST(test_limiter_is_off_at_zero)
{
    make(0, 0);
    ck_assert_uint_eq(allowed("192.0.2.1", SECOND_US, 10000), 10000);
    ck_assert(!take("192.0.2.1", LIMIT_PUBLIC, SECOND_US).limited);
    ck_assert_uint_eq(limiter_clients(limiter), 0);
    drop();
}
END_TEST

static void take_from_many(unsigned count, int64_t now_us)
{
    for (unsigned i = 0; i < count; i++) {
        char text[64];
        (void)snprintf(text, sizeof text, "2001:db8:%x:%x::1", i >> 16, i & 0xFFFF);
        (void)take(text, LIMIT_PUBLIC, now_us);
    }
}

/* A million networks fill the table and no more, and do not make it forget who has had enough. */
START_TEST(test_limiter_has_bounded_memory)
{
    make(100, 0);
    ck_assert_uint_eq(allowed("192.0.2.1", SECOND_US, 200), 100);
    take_from_many(1000000, SECOND_US + 1);
    ck_assert_uint_le(limiter_clients(limiter), ROOM);
    ck_assert_uint_gt(limiter_clients(limiter), ROOM / 2);
    ck_assert_uint_eq(allowed("192.0.2.1", SECOND_US + 2, 10), 0);
    drop();
}
END_TEST

/* Whoever is silent for a minute is forgotten in a round of the one who forgets. */
START_TEST(test_limiter_forgets)
{
    make(100, 0);
    ck_assert_uint_eq(allowed("192.0.2.1", SECOND_US, 200), 100);
    take_from_many(1000, SECOND_US);
    ck_assert_uint_eq(limiter_clients(limiter), 1001);
    for (int i = 0; i < LIMITER_PARTS; i++)
        limiter_forget(limiter, SECOND_US + MINUTE_US - 1);
    ck_assert_uint_eq(limiter_clients(limiter), 1);
    for (int i = 0; i < LIMITER_PARTS; i++)
        limiter_forget(limiter, SECOND_US + MINUTE_US);
    ck_assert_uint_eq(limiter_clients(limiter), 0);
    drop();
}
END_TEST

enum { TAKERS = 4, TAKES = 5000 };

static void *take_many(void *context)
{
    *(unsigned *)context = allowed("192.0.2.1", SECOND_US, TAKES);
    return NULL;
}

/* Threads together get what one would get. */
START_TEST(test_limiter_shares_among_threads)
{
    pthread_t threads[TAKERS];
    unsigned counts[TAKERS];
    unsigned total = 0;
    make(7777, 0);
    for (int i = 0; i < TAKERS; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, take_many, &counts[i]), 0);
    for (int i = 0; i < TAKERS; i++) {
        pthread_join(threads[i], NULL);
        total += counts[i];
    }
    ck_assert_uint_eq(total, 7777);
    drop();
}
END_TEST

/* --- What a client sees --- */

static void handle(void *context, const struct http_request *request,
                   struct http_response *response)
{
    (void)context;
    http_response_set(response, 200, STR("application/json"), request->body);
}

static const struct http_route routes[] = {
    {.method = HTTP_GET, .path_template = "/v1/services", .is_public = true},
    {.method = HTTP_POST, .path_template = "/v1/match", .is_public = true},
    {.method = HTTP_GET, .path_template = "/health/ready", .is_uncounted = true},
};

static struct http_server *server;
static int port;

static void start(const char *const *proxies, size_t proxy_count)
{
    static const char *const offices[] = {"198.51.100.0/24", "2001:db8:ffff::/48"};
    struct http_options options = wire_options();
    options.handle = handle;
    options.proxies = proxies;
    options.proxy_count = proxy_count;
    options.public_per_minute = 3;
    options.office_per_minute = 5;
    options.offices = offices;
    options.office_count = 2;
    server = wire_start(&options, routes, sizeof routes / sizeof routes[0]);
    port = http_server_port(server, 0);
}

static void start_behind_proxy(void)
{
    static const char *const proxies[] = {"127.0.0.1", "10.0.0.0/8"};
    start(proxies, 2);
}

static void stop(void)
{
    ck_assert(http_server_stop(server, 5000));
}

static struct wire_answer ask_from(const char *request, const char *forwarded)
{
    char text[512];
    (void)snprintf(text, sizeof text, "%s HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: %s\r\n\r\n",
                   request, forwarded);
    return wire_ask(port, text);
}

static int status_from(const char *request, const char *forwarded)
{
    struct wire_answer answer = ask_from(request, forwarded);
    wire_done(&answer);
    return answer.status;
}

#define SERVICES "GET /v1/services"

START_TEST(test_limits_are_said)
{
    struct wire_answer answer = ask_from(SERVICES, "192.0.2.1");
    ck_assert_int_eq(answer.status, 200);
    ck_assert(wire_has_header(&answer, "RateLimit-Policy", "\"public\";q=3;w=60"));
    ck_assert(wire_has_header(&answer, "RateLimit", "\"public\";r=2;t=20"));
    ck_assert(wire_has_header(&answer, "Retry-After", NULL));
    wire_done(&answer);
    ck_assert_int_eq(status_from("GET /nowhere", "192.0.2.1"), 404);
    ck_assert_int_eq(status_from("OPTIONS /v1/services", "192.0.2.1"), 204);
    answer = ask_from(SERVICES, "192.0.2.1");
    ck_assert_int_eq(answer.status, 429);
    ck_assert(wire_has_header(&answer, "Content-Type", "application/problem+json"));
    char value[64];
    ck_assert_ptr_nonnull(wire_header(&answer, "Retry-After", value, sizeof value));
    ck_assert(strcmp(value, "20") == 0 || strcmp(value, "19") == 0);
    ck_assert(wire_has_header(&answer, "Access-Control-Allow-Origin", "*"));
    ck_assert_ptr_nonnull(strstr(answer.body, "rate-limited"));
    wire_done(&answer);
    answer = ask_from("HEAD /v1/services", "192.0.2.1");
    ck_assert_int_eq(answer.status, 429);
    wire_done(&answer);
    ck_assert_uint_eq(http_server_limited(server), 2);
}
END_TEST

START_TEST(test_limits_hit_one_client)
{
    for (int i = 0; i < 3; i++)
        ck_assert_int_eq(status_from(SERVICES, "192.0.2.1"), 200);
    ck_assert_int_eq(status_from(SERVICES, "192.0.2.1"), 429);
    ck_assert_int_eq(status_from(SERVICES, "192.0.2.2"), 200);
    ck_assert_int_eq(status_from(SERVICES, "192.0.2.1, 10.1.1.1"), 429);
    /* What the client says of itself stands before what the proxy says of it. */
    ck_assert_int_eq(status_from(SERVICES, "192.0.2.77, 192.0.2.1"), 429);
    ck_assert_int_eq(status_from("GET /health/ready", "192.0.2.1"), 200);
}
END_TEST

START_TEST(test_limits_of_ipv6_count_networks)
{
    ck_assert_int_eq(status_from(SERVICES, "2001:db8:0:1::1"), 200);
    ck_assert_int_eq(status_from(SERVICES, "2001:db8:0:1::2"), 200);
    ck_assert_int_eq(status_from(SERVICES, "2001:db8:0:1:a::3"), 200);
    ck_assert_int_eq(status_from(SERVICES, "2001:db8:0:1:b::4"), 429);
    ck_assert_int_eq(status_from(SERVICES, "2001:db8:0:2::1"), 200);
}
END_TEST

START_TEST(test_limits_of_offices)
{
    static const char *const addresses[] = {"198.51.100.7", "2001:db8:ffff:1::1"};
    for (size_t k = 0; k < 2; k++) {
        for (int i = 0; i < 5; i++)
            ck_assert_int_eq(status_from(SERVICES, addresses[k]), 200);
        struct wire_answer answer = ask_from(SERVICES, addresses[k]);
        ck_assert_int_eq(answer.status, 429);
        ck_assert(wire_has_header(&answer, "RateLimit-Policy", "\"office\";q=5;w=60"));
        wire_done(&answer);
    }
}
END_TEST

/* A listed proxy that says nobody's name is the proxy itself. */
START_TEST(test_limits_spare_proxies)
{
    for (int i = 0; i < 10; i++)
        ck_assert_int_eq(status_from(SERVICES, "10.0.0.1"), 200);
    struct wire_answer answer = wire_ask(port, SERVICES " HTTP/1.1\r\nHost: x\r\n\r\n");
    ck_assert(wire_has_header(&answer, "RateLimit", NULL));
    wire_done(&answer);
}
END_TEST

START_TEST(test_limits_believe_listed_proxies_only)
{
    start(NULL, 0);
    for (int i = 0; i < 3; i++) {
        char forwarded[32];
        (void)snprintf(forwarded, sizeof forwarded, "192.0.2.%d", i);
        ck_assert_int_eq(status_from(SERVICES, forwarded), 200);
    }
    ck_assert_int_eq(status_from(SERVICES, "192.0.2.99"), 429);
    ck_assert_int_eq(status_from(SERVICES, "198.51.100.7"), 429);
    stop();
}
END_TEST

/* A refused body is not read, so the connection ends; a refused GET keeps it. */
START_TEST(test_limits_and_connections)
{
    for (int i = 0; i < 3; i++)
        ck_assert_int_eq(status_from(SERVICES, "192.0.2.1"), 200);
    int wire = wire_connect(port);
    for (int i = 0; i < 2; i++) {
        ck_assert(
            wire_send(wire, SERVICES " HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 192.0.2.1\r\n\r\n"));
        struct wire_answer answer = wire_receive(wire);
        ck_assert_int_eq(answer.status, 429);
        ck_assert(wire_has_header(&answer, "Connection", "keep-alive"));
        wire_done(&answer);
    }
    ck_assert(wire_send(wire, "POST /v1/match HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n"
                              "X-Forwarded-For: 192.0.2.1\r\n\r\nabcde"));
    struct wire_answer answer = wire_receive(wire);
    ck_assert_int_eq(answer.status, 429);
    ck_assert(wire_has_header(&answer, "Connection", "close"));
    wire_done(&answer);
    ck_assert(wire_is_closed(wire, WIRE_PATIENCE_MS));
    close(wire);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("http/limiter");
    TCase *buckets = tcase_create("buckets");
    tcase_set_timeout(buckets, 30);
    tcase_add_test(buckets, test_siphash_vectors);
    tcase_add_loop_test(buckets, test_limiter_fills_steadily, 0, 5);
    tcase_add_test(buckets, test_limiter_says_what_is_left);
    tcase_add_loop_test(buckets, test_limiter_counts_clients, 0,
                        (int)(sizeof pairs / sizeof pairs[0]));
    tcase_add_test(buckets, test_limiter_counts_keys);
    tcase_add_test(buckets, test_limiter_gives_back);
    tcase_add_test(buckets, test_limiter_is_off_at_zero);
    tcase_add_test(buckets, test_limiter_has_bounded_memory);
    tcase_add_test(buckets, test_limiter_forgets);
    tcase_add_test(buckets, test_limiter_shares_among_threads);
    suite_add_tcase(suite, buckets);
    TCase *limits = tcase_create("limits");
    tcase_set_timeout(limits, 30);
    tcase_add_checked_fixture(limits, start_behind_proxy, stop);
    tcase_add_test(limits, test_limits_are_said);
    tcase_add_test(limits, test_limits_hit_one_client);
    tcase_add_test(limits, test_limits_of_ipv6_count_networks);
    tcase_add_test(limits, test_limits_of_offices);
    tcase_add_test(limits, test_limits_spare_proxies);
    tcase_add_test(limits, test_limits_and_connections);
    suite_add_tcase(suite, limits);
    TCase *direct = tcase_create("direct");
    tcase_set_timeout(direct, 30);
    tcase_add_test(direct, test_limits_believe_listed_proxies_only);
    suite_add_tcase(suite, direct);
    return suite;
}

int main(void)
{
    return run_suite(make_suite());
}
