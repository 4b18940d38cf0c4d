/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/config/settings.h"

#include <arpa/inet.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "problems_internal.h"
#include "sociopoint/config/yaml.h"
#include "sociopoint/json/schema.h"
#include "sociopoint/json/value.h"
#include "source_internal.h"

enum { SETTINGS_BYTES_MAXIMUM = 1024 * 1024, PORT_MAXIMUM = 65535 };

/* What a file that says nothing means; config/settings.yaml shows the same. */
static const struct settings defaults = {
    .listen = (const char *const[]){"127.0.0.1:8080"},
    .listen_count = 1,
    .threads = 600,
    .state_dir = "",
    .database = {.dsn = "",
                 .pool = 16,
                 .acquire_timeout_ms = 500,
                 .connect_timeout_ms = 2000,
                 .statement_timeout_ms = 5000},
    .limits = {.at_once = 256,
               .body_bytes = 64 * 1024,
               .request_ms = 10000,
               .write_ms = 30000,
               .drain_ms = 12000},
    .rate_limits = {.public_per_minute = 3000,
                    .office_per_minute = 30000,
                    .key_per_minute = 30000,
                    .unknown_keys_per_minute = 20},
    .keys = {.recheck_ms = 5000, .grace_ms = 3600000},
    .publisher = {.name = "Sociopoint", .identifier = "", .email = "", .website = ""},
    .public_url = "",
    .security_contact = "",
};

/* One load. */
struct reader {
    struct settings *settings;
    const struct config_yaml *yaml;
    struct config_problems problems;
    bool out_of_memory;
};

/* --- Values; what is not there keeps its default --- */

static const char *copy(struct reader *reader, const json_t *value)
{
    struct str text = arena_copy(reader->settings->arena, json_str(value));
    if (str_present(text))
        return text.data;
    reader->out_of_memory = true;
    return "";
}

static void take_text(struct reader *reader, const json_t *object, const char *name,
                      const char **setting)
{
    const json_t *value = json_object_get(object, name);
    if (value != NULL)
        *setting = copy(reader, value);
}

static void take_number(const json_t *object, const char *name, int64_t *setting)
{
    int64_t number = 0;
    const json_t *value = json_object_get(object, name);
    if (value != NULL && json_to_int64(value, &number))
        *setting = number;
}

static void take_unsigned(const json_t *object, const char *name, unsigned *setting)
{
    int64_t number = *setting;
    take_number(object, name, &number);
    *setting = (unsigned)number;
}

static void take_list(struct reader *reader, const json_t *array, const char *const **setting,
                      size_t *count)
{
    if (array == NULL)
        return;
    *count = json_array_size(array);
    *setting = NULL;
    if (*count == 0)
        return;
    const char **texts = arena_array(reader->settings->arena, *count, sizeof *texts);
    reader->out_of_memory = reader->out_of_memory || texts == NULL;
    for (size_t i = 0; texts != NULL && i < *count; i++)
        texts[i] = copy(reader, json_array_get(array, i));
    *setting = texts;
    *count = texts == NULL ? 0 : *count;
}

static void take_database(struct reader *reader, const json_t *object)
{
    struct settings_database *database = &reader->settings->database;
    take_text(reader, object, "dsn", &database->dsn);
    take_unsigned(object, "pool", &database->pool);
    take_number(object, "acquire_timeout_ms", &database->acquire_timeout_ms);
    take_number(object, "connect_timeout_ms", &database->connect_timeout_ms);
    take_number(object, "statement_timeout_ms", &database->statement_timeout_ms);
}

static void take_limits(struct reader *reader, const json_t *object)
{
    struct settings_limits *limits = &reader->settings->limits;
    int64_t body_bytes = (int64_t)limits->body_bytes;
    take_unsigned(object, "at_once", &limits->at_once);
    take_number(object, "body_bytes", &body_bytes);
    limits->body_bytes = (size_t)body_bytes;
    take_number(object, "request_ms", &limits->request_ms);
    take_number(object, "write_ms", &limits->write_ms);
    take_number(object, "drain_ms", &limits->drain_ms);
}

static void take_rate_limits(struct reader *reader, const json_t *object)
{
    struct settings_rate_limits *limits = &reader->settings->rate_limits;
    take_unsigned(object, "public_per_minute", &limits->public_per_minute);
    take_unsigned(object, "office_per_minute", &limits->office_per_minute);
    take_unsigned(object, "key_per_minute", &limits->key_per_minute);
    take_unsigned(object, "unknown_keys_per_minute", &limits->unknown_keys_per_minute);
    take_list(reader, json_object_get(object, "offices"), &limits->offices, &limits->office_count);
}

static void take_keys(const json_t *object, struct settings_keys *keys)
{
    take_number(object, "recheck_ms", &keys->recheck_ms);
    take_number(object, "grace_ms", &keys->grace_ms);
}

static void take_publisher(struct reader *reader, const json_t *object)
{
    struct settings_publisher *publisher = &reader->settings->publisher;
    take_text(reader, object, "name", &publisher->name);
    take_text(reader, object, "identifier", &publisher->identifier);
    take_text(reader, object, "email", &publisher->email);
    take_text(reader, object, "website", &publisher->website);
}

static void take_all(struct reader *reader, const json_t *root)
{
    struct settings *settings = reader->settings;
    take_list(reader, json_object_get(root, "listen"), &settings->listen, &settings->listen_count);
    settings->trusted_proxy = json_is_true(json_object_get(root, "trusted_proxy"));
    take_list(reader, json_object_get(root, "proxies"), &settings->proxies, &settings->proxy_count);
    take_unsigned(root, "threads", &settings->threads);
    take_text(reader, root, "state_dir", &settings->state_dir);
    take_database(reader, json_object_get(root, "database"));
    take_limits(reader, json_object_get(root, "limits"));
    take_rate_limits(reader, json_object_get(root, "rate_limits"));
    take_keys(json_object_get(root, "keys"), &settings->keys);
    take_publisher(reader, json_object_get(root, "publisher"));
    take_text(reader, root, "public_url", &settings->public_url);
    take_text(reader, root, "security_contact", &settings->security_contact);
}

/* --- What a schema cannot say --- */

static void tell_element(struct reader *reader, const char *list, size_t index, const char *code,
                         const char *value)
{
    char pointer[64];
    (void)snprintf(pointer, sizeof pointer, "/%s/%zu", list, index);
    config_problems_add_at(&reader->problems, reader->yaml, pointer, code, ERROR_ARGUMENTS(value));
}

static bool is_ipv4(struct str text)
{
    char buffer[INET_ADDRSTRLEN];
    struct in_addr address;
    return text.length < sizeof buffer &&
           inet_pton(AF_INET, str_copy_z(text, buffer, sizeof buffer), &address) == 1;
}

/* What is wrong with a listen address, or NULL. Behind a port, s asks for TLS and r leads to it. */
static const char *listen_problem(struct str text)
{
    struct str address;
    struct str port = text;
    uint64_t number = 0;
    char last = str_empty(text) ? '\0' : text.data[text.length - 1];
    if (last == 's' || last == 'r')
        return "settings-tls";
    bool with_address = str_cut(text, ':', &address, &port);
    if (with_address && (address.length == 0 || address.data[0] == '[' ||
                         memchr(port.data, ':', port.length) != NULL))
        return "settings-listen-ipv6";
    if ((with_address && !is_ipv4(address)) || !str_to_uint(port, PORT_MAXIMUM, &number))
        return "settings-listen-malformed";
    return NULL;
}

static bool is_ipv6(struct str text)
{
    char buffer[INET6_ADDRSTRLEN];
    struct in6_addr address;
    return text.length < sizeof buffer &&
           inet_pton(AF_INET6, str_copy_z(text, buffer, sizeof buffer), &address) == 1;
}

static bool is_network(struct str text)
{
    struct str address = text;
    struct str prefix;
    uint64_t bits = 0;
    bool has_prefix = str_cut(text, '/', &address, &prefix);
    if (!is_ipv4(address) && !is_ipv6(address))
        return false;
    return !has_prefix || str_to_uint(prefix, is_ipv4(address) ? 32 : 128, &bits);
}

static void check_networks(struct reader *reader, const char *list, const char *const *texts,
                           size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!is_network(str_from(texts[i])))
            tell_element(reader, list, i, "settings-network-malformed", texts[i]);
    }
}

/* What comes through a proxy that is not listed would all count as one client's. */
static void check_proxies(struct reader *reader)
{
    const struct settings *settings = reader->settings;
    if (settings->trusted_proxy && settings->proxy_count == 0 &&
        settings->rate_limits.public_per_minute > 0)
        config_problems_add_at(&reader->problems, reader->yaml, "/trusted_proxy",
                               "settings-proxies-missing", ERROR_ARGUMENTS(NULL));
}

static void check_addresses(struct reader *reader)
{
    const struct settings *settings = reader->settings;
    for (size_t i = 0; i < settings->listen_count; i++) {
        const char *problem = listen_problem(str_from(settings->listen[i]));
        if (problem != NULL)
            tell_element(reader, "listen", i, problem, settings->listen[i]);
    }
    check_networks(reader, "proxies", settings->proxies, settings->proxy_count);
    check_networks(reader, "rate_limits/offices", settings->rate_limits.offices,
                   settings->rate_limits.office_count);
    check_proxies(reader);
}

/* A setting for TLS is unknown like any other, but deserves its reason: it is told, then removed. */
static void refuse_tls(struct reader *reader, json_t *root)
{
    const char *key = NULL;
    json_t *value = NULL;
    void *next = NULL;
    json_object_foreach_safe(root, next, key, value)
    {
        char pointer[CONFIG_YAML_KEY_MAXIMUM + 2];
        if (strncmp(key, "ssl_", 4) != 0 && strncmp(key, "tls_", 4) != 0)
            continue;
        (void)snprintf(pointer, sizeof pointer, "/%s", key);
        config_problems_add_at(&reader->problems, reader->yaml, pointer, "settings-tls",
                               ERROR_ARGUMENTS(key));
        (void)json_object_del(root, key); /* it is there */
    }
}

/* --- All of it --- */

static void read_settings(struct reader *reader, const char *path, const struct json_schema *schema)
{
    struct error err = {0};
    struct config_yaml *yaml CLEANUP(config_yaml_freep) =
        config_yaml_read(path, path, CONFIG_YAML_DEPTH, &err);
    if (yaml == NULL) {
        config_problems_take(&reader->problems, &err);
        return;
    }
    reader->yaml = yaml;
    json_t *root = config_yaml_value(yaml);
    refuse_tls(reader, root);
    if (json_schema_validate(schema, root, "", &err)) {
        take_all(reader, root);
        check_addresses(reader);
    } else {
        config_problems_take_at(&reader->problems, yaml, &err);
    }
    reader->yaml = NULL;
}

static struct settings *new_settings(void)
{
    struct settings *settings = malloc(sizeof *settings);
    if (settings == NULL)
        return NULL;
    *settings = defaults;
    settings->arena = arena_new(SETTINGS_BYTES_MAXIMUM);
    if (settings->arena == NULL) {
        free(settings);
        return NULL;
    }
    return settings;
}

struct settings *config_settings_load(const char *path, const char *schema_path,
                                      const struct config_report *report, struct error *err)
{
    struct reader reader = {.settings = new_settings(), .problems.report = report};
    struct error *problems = &reader.problems.error;
    if (reader.settings == NULL) {
        (void)error_set(err, ERROR_MEMORY, "config-memory", path);
        return NULL;
    }
    struct json_schema *schema CLEANUP(json_schema_freep) =
        config_schema_open(schema_path, schema_path, &reader.problems);
    if (schema != NULL)
        read_settings(&reader, path, schema);
    if (reader.out_of_memory)
        (void)error_set(problems, ERROR_MEMORY, "config-memory", path);
    if (problems->problem_count > 0) {
        *err = *problems;
        settings_free(reader.settings);
        return NULL;
    }
    return reader.settings;
}

void settings_free(struct settings *settings)
{
    if (settings == NULL)
        return;
    arena_free(settings->arena);
    free(settings);
}

void settings_freep(struct settings **settings)
{
    settings_free(*settings);
}
