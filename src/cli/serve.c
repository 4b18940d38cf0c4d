/* SPDX-License-Identifier: EUPL-1.2 */
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "command_internal.h"
#include "node_keys_internal.h"

#include "sociopoint/base/log.h"
#include "sociopoint/catalogue/holder.h"
#include "sociopoint/config/settings.h"
#include "sociopoint/directory/refresh.h"
#include "sociopoint/domain/knowledge.h"
#include "sociopoint/http/server.h"
#include "sociopoint/rest/rest.h"
#include "sociopoint/store/store.h"

/* Everything a running node consists of, built from top to bottom and torn down the other way. */
struct node {
    struct configuration configuration;
    struct generation_holder *holder;
    struct refresher *refresher;
    struct rest *rest;
    struct node_keys keys;
    struct http_server *_Atomic server; /* handlers look at it while it is being set */
};

static struct rest_condition condition(void *context)
{
    struct node *node = context;
    struct refresh_status status = refresh_status(node->refresher);
    return (struct rest_condition){
        .database_up = status.connected,
        .stopping = node->server != NULL && http_server_draining(node->server),
        .current_at_ms = status.current_at_ms,
        .in_flight = node->server == NULL ? 0 : http_server_in_flight(node->server),
        .limited = node->server == NULL ? 0 : http_server_limited(node->server),
        .database_failures = status.failures};
}

static void visit_counts(void *context,
                         void (*visit)(void *visitor, const struct http_route_count *count),
                         void *visitor)
{
    struct node *node = context;
    if (node->server != NULL)
        http_server_visit_counts(node->server, visit, visitor);
}

/* Starts reading the database; the knowledge comes later. */
static bool start_refresher(struct node *node, struct error *err)
{
    char state[OPTIONS_PATH_SIZE];
    const struct settings *settings = node->configuration.settings;
    const struct store_settings read = configuration_store(&node->configuration, STORE_ROLE_READ);
    struct store_settings write = configuration_store(&node->configuration, STORE_ROLE_WRITE);
    write.connections = 1; /* the tick asks one thing at a time */
    node->holder = generation_holder_new();
    if (node->holder == NULL)
        return error_set(err, ERROR_MEMORY, "memory-exhausted", "");
    (void)snprintf(state, sizeof state, "%s/catalogue.state", settings->state_dir);
    const struct refresh_options options = {.read = &read,
                                            .write = &write,
                                            .state_path =
                                                settings->state_dir[0] == '\0' ? NULL : state,
                                            .holder = node->holder};
    node->refresher = refresh_start(&options, NULL, err);
    return node->refresher != NULL;
}

static bool start_rest(struct node *node, struct error *err)
{
    const struct rest_options options = {.holder = node->holder,
                                         .settings = node->configuration.settings,
                                         .knowledge = node->configuration.knowledge,
                                         .public_url = node->configuration.settings->public_url,
                                         .condition = condition,
                                         .visit_counts = visit_counts,
                                         .context = node};
    node->rest = rest_new(&options, err);
    return node->rest != NULL;
}

static bool start_server(struct node *node, struct error *err)
{
    const struct settings *settings = node->configuration.settings;
    const struct http_options options = {
        .listen = settings->listen,
        .listen_count = settings->listen_count,
        .trusted_proxy = settings->trusted_proxy,
        .proxies = settings->proxies,
        .proxy_count = settings->proxy_count,
        .public_per_minute = settings->rate_limits.public_per_minute,
        .office_per_minute = settings->rate_limits.office_per_minute,
        .offices = settings->rate_limits.offices,
        .office_count = settings->rate_limits.office_count,
        .key_per_minute = settings->rate_limits.key_per_minute,
        .unknown_keys_per_minute = settings->rate_limits.unknown_keys_per_minute,
        .threads = (unsigned)settings->threads,
        .at_once = settings->limits.at_once,
        .body_maximum = settings->limits.body_bytes,
        .request_ms = settings->limits.request_ms,
        .write_ms = settings->limits.write_ms,
        .handle = rest_handle,
        .refuse = rest_refuse,
        .context = node->rest,
        .check_key = node_keys_check,
        .key_context = &node->keys};
    size_t count;
    const struct http_route *routes = rest_routes(node->rest, &count);
    node->server = http_server_start(&options, routes, count, err);
    for (size_t i = 0; node->server != NULL && i < settings->listen_count; i++)
        log_event(LOG_INFO, "listening", "address=%s port=%d", settings->listen[i],
                  http_server_port(node->server, i));
    return node->server != NULL;
}

/* True when nothing that was under way was cut off. */
static bool stop_node(struct node *node)
{
    bool clean = true;
    if (node->server != NULL)
        clean = http_server_stop(node->server, node->configuration.settings->limits.drain_ms);
    node->server = NULL;
    node_keys_stop(&node->keys);
    rest_free(node->rest);
    refresh_stop(node->refresher);
    generation_holder_free(node->holder);
    configuration_done(&node->configuration);
    return clean;
}

/* SIGHUP: new knowledge, or the old one with the reason on the log. */
static void reload(struct node *node, const struct options *options)
{
    struct error err;
    bool settings_changed = false;
    const struct knowledge *knowledge = configuration_load_knowledge(options, &err);
    if (knowledge == NULL ||
        !configuration_settings_check(options, &node->configuration, &settings_changed, &err) ||
        !rest_set_knowledge(node->rest, knowledge, &err)) {
        log_event(LOG_ERROR, "configuration-kept", "problem=%s at=\"%s\"", err.problems[0].code,
                  err.problems[0].pointer);
        knowledge_release(knowledge);
        return;
    }
    refresh_set_knowledge(node->refresher, knowledge);
    log_event(LOG_INFO, "configuration-taken", "hash=%s", knowledge->hash);
    if (settings_changed)
        log_event(LOG_WARNING, "settings-need-restart", "file=settings.yaml%s", "");
    knowledge_release(knowledge);
}

/* The second SIGTERM or SIGINT does not wait for anything. */
static void *end_at_once(void *context)
{
    const sigset_t *signals = context;
    int signal_number = 0;
    do {
        (void)sigwait(signals, &signal_number);
    } while (signal_number == SIGHUP);
    log_event(LOG_WARNING, "ended-at-once", "%s", "");
    _exit(EXIT_FAILED);
}

static int run_until_stopped(struct node *node, const struct options *options,
                             const sigset_t *signals)
{
    int signal_number = SIGHUP;
    pthread_t impatient;
    for (;;) {
        (void)sigwait(signals, &signal_number);
        if (signal_number != SIGHUP)
            break;
        reload(node, options);
    }
    log_event(LOG_INFO, "stopping", "signal=%d", signal_number);
    static sigset_t watched; /* the thread may outlive this function, not the process */
    watched = *signals;
    if (pthread_create(&impatient, NULL, end_at_once, &watched) == 0)
        (void)pthread_detach(impatient);
    return stop_node(node) ? EXIT_GOOD : EXIT_FAILED;
}

/* As many descriptors as the system allows: each connection needs one. */
static void raise_descriptor_limit(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return;
    limit.rlim_cur = limit.rlim_max;
    if (setrlimit(RLIMIT_NOFILE, &limit) != 0)
        log_event(LOG_WARNING, "descriptor-limit", "soft limit kept%s", "");
}

/* Every thread made from here on inherits the mask, so that signals come to this one alone. */
static void take_signals(sigset_t *signals)
{
    (void)sigemptyset(signals);
    (void)sigaddset(signals, SIGTERM);
    (void)sigaddset(signals, SIGINT);
    (void)sigaddset(signals, SIGHUP);
    (void)pthread_sigmask(SIG_BLOCK, signals, NULL);
}

static bool start_serving(struct node *node, struct error *err)
{
    refresh_set_knowledge(node->refresher, node->configuration.knowledge);
    if (!start_rest(node, err) || !node_keys_start(&node->keys, &node->configuration, err))
        return false;
    (void)refresh_wait_first(node->refresher, REFRESH_START_MS);
    return start_server(node, err);
}

/* When they are wrong, the problems of the knowledge are told with theirs. EXIT_GOOD, or what is. */
static int read_settings(const struct options *options, struct configuration *configuration)
{
    struct error err;
    if (!configuration_load_settings(options, configuration, &err)) {
        knowledge_release(configuration_load_knowledge(options, &err));
        return EXIT_CONFIGURATION;
    }
    if (configuration->settings->database.dsn[0] != '\0')
        return EXIT_GOOD;
    (void)fprintf(stderr,
                  "sociopoint: no database: set database.dsn in %s/settings.yaml, or "
                  "give --dsn; `./dev run` starts a private one\n",
                  options->config);
    return EXIT_CONFIGURATION;
}

/*
 * Reads the knowledge while the refresher reads the database. EXIT_GOOD, or why the node does not
 * serve.
 */
static int start_node(struct node *node, const struct options *options)
{
    struct error err;
    int status = read_settings(options, &node->configuration);
    if (status != EXIT_GOOD)
        return status;
    raise_descriptor_limit();
    if (!start_refresher(node, &err))
        return report_error(&err);
    node->configuration.knowledge = configuration_load_knowledge(options, &err);
    if (node->configuration.knowledge == NULL)
        return EXIT_CONFIGURATION; /* every problem has been reported */
    return start_serving(node, &err) ? EXIT_GOOD : report_error(&err);
}

int command_serve(const struct options *options)
{
    struct node node = {.holder = NULL};
    sigset_t signals;
    if (geteuid() == 0) {
        (void)fprintf(stderr,
                      "sociopoint: the server does not run as root; use an ordinary user\n");
        return EXIT_USAGE;
    }
    take_signals(&signals);
    const int status = start_node(&node, options);
    if (status == EXIT_GOOD)
        return run_until_stopped(&node, options, &signals);
    (void)stop_node(&node);
    return status;
}
