/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The facts of one published service that a node indexes and matches on, as plain values.
 *
 * Parsed from the `facts` of a published document (catalogue/facts.h). What a record does not say
 * is absent, -1 or an empty set, and the match treats it as unknown. Strings live with the
 * catalogue entry.
 */
#ifndef SOCIOPOINT_DOMAIN_SERVICE_FACTS_H
#define SOCIOPOINT_DOMAIN_SERVICE_FACTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sociopoint/base/attribute.h"
#include "sociopoint/base/str.h"
#include "sociopoint/base/uuid.h"

struct opening_hours;

/* Who is not served, or who alone is; the codes of an exclusion or eligibility, as bits of a set. */
enum service_rule {
    RULE_MEN_ONLY = 1,
    RULE_WOMEN_ONLY = 2,
    RULE_WITH_CHILD = 4,
    RULE_ACTIVE_ADDICTION = 8,
    RULE_MENTAL_ILLNESS = 16,
    RULE_INFECTION = 32,
    RULE_NEEDS_HOSPITAL_CARE = 64,
    RULE_OTHER = 128,
    RULE_EARLIER_TREATMENT = 256, /* only after treatment that the text names */
    RULE_RESIDENCE = 512,         /* only those who live where the text says */
    RULE_REFERRAL = 1024          /* only with somebody's referral */
};

/* "men-only" ... "other" -> the bit, or 0. */
unsigned service_rule_from_key(struct str key);
const char *service_rule_key(enum service_rule rule);

/* What is known of free places. */
enum free_places { FREE_UNKNOWN, FREE_SOME, FREE_NONE };

/* Whether a service costs something. */
enum cost { COST_UNKNOWN, COST_FREE, COST_PAID };

/* Whether a service can be used at all (HSDS `status`). */
enum service_status { STATUS_ACTIVE, STATUS_TEMPORARILY_CLOSED, STATUS_INACTIVE, STATUS_DEFUNCT };

/* "active", "inactive", "defunct", "temporarily closed"; false and `status` untouched for another. */
MUST_USE bool service_status_from_key(struct str key, enum service_status *status);

/* A piece of the area a service is for: "cz", "region:moravskoslezsky", "municipality:ostrava",
 * "district:ostrava/poruba", "locality:ostrava/jilova". */
struct area_code {
    struct str code;
};

/* One place of a service. */
struct service_place {
    struct uuid service_at_location;
    struct str municipality; /* key; absent: elsewhere or unknown */
    struct str district;     /* key within the municipality; absent: unknown */
    struct str locality;     /* likewise */
    bool has_address;        /* a street is published */
    bool concealed;          /* then it never has coordinates */
    bool has_coordinates;
    int32_t latitude_micro; /* WGS 84, millionths of a degree */
    int32_t longitude_micro;
    const struct opening_hours *hours; /* NULL: none stated */
};

/* Room in one unit (beds, users, families), as last stated. */
struct service_capacity {
    struct str unit;  /* "users", "beds", "families", "flats" or "other" */
    int available;    /* -1: not stated as a number */
    int maximum;      /* -1: not stated */
    int waiting;      /* people who wait; -1: not stated */
    struct str as_of; /* YYYY, YYYY-MM, a date or an RFC 3339 time */
};

struct service_facts {
    struct str name;
    struct str alternate_name;
    const struct str *aliases;
    size_t alias_count;
    enum service_status status;
    struct uuid organization;
    struct str organization_name;
    bool office;     /* a town hall or a district office: its area is a hard condition */
    struct str kind; /* key of the kind ("shelter", "related-activity"); absent: not confirmed */
    const struct str *situations;
    size_t situation_count;
    const struct str *target_groups;
    size_t target_group_count;
    unsigned forms;  /* set of service_form; 0 unknown */
    int minimum_age; /* years; -1 unknown */
    int maximum_age;
    unsigned rules;               /* set of service_rule */
    const struct area_code *area; /* empty: not given */
    size_t area_count;
    struct str file_municipality; /* key: where it belongs when it has neither area nor place */
    const struct service_place *places;
    size_t place_count;
    int phones;              /* its own */
    int organization_phones; /* shown when it has none of its own */
    int emails;
    bool web;
    const struct str *languages; /* empty: not given */
    size_t language_count;
    const struct str *accessibility;
    size_t accessibility_count;
    enum cost cost;
    int registered_maximum;       /* -1 unknown; never the free places */
    enum free_places free_places; /* by the numbers of `capacities` where there are any */
    int free_count;               /* -1: not stated */
    struct str free_as_of;        /* YYYY, YYYY-MM, a date or an RFC 3339 time */
    const struct service_capacity *capacities; /* each unit once, in the order of the record */
    size_t capacity_count;
    const struct opening_hours *hours; /* NULL: none stated; those of a place are with it */
    unsigned unread_schedules; /* not understood, of all places too: what has one has no hours */
    struct str as_of;          /* of the record; absent: undated */
    struct str confirmed_on;   /* absent: unconfirmed */
    struct str modified;       /* RFC 3339 */
    const struct uuid *terms;  /* every taxonomy term it carries */
    size_t term_count;
};

#endif
