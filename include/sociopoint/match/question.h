/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What somebody asks: as asked (struct match_question) and understood (struct match_resolved).
 *
 * Both are plain values. The strings of a question belong to whoever filled it and must outlive
 * the match; what resolving adds lives in the arena. Nothing here is ever logged or stored.
 */
#ifndef SOCIOPOINT_MATCH_QUESTION_H
#define SOCIOPOINT_MATCH_QUESTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sociopoint/base/arena.h"
#include "sociopoint/base/attribute.h"
#include "sociopoint/base/error.h"
#include "sociopoint/base/str.h"
#include "sociopoint/domain/knowledge.h"

enum {
    MATCH_SITUATIONS_MAXIMUM = 8,
    MATCH_AGES_MAXIMUM = 8,
    MATCH_LIST_MAXIMUM = 16, /* of every other list */
    MATCH_AGE_MAXIMUM = 130,
    MATCH_LIMIT_DEFAULT = 10,
    MATCH_LIMIT_MAXIMUM = 50,
    MATCH_RADIUS_MAXIMUM = 200000 /* metres */
};

/* What a question says about something that can be so or not. */
enum match_said { SAID_NOTHING, SAID_NO, SAID_YES };

enum match_sex { SEX_UNSAID, SEX_FEMALE, SEX_MALE };

/* What a service may exclude somebody for, or for the want of which; each has the key of its rule
 * ("active-addiction"). */
enum match_circumstance {
    CIRCUMSTANCE_ACTIVE_ADDICTION,
    CIRCUMSTANCE_MENTAL_ILLNESS,
    CIRCUMSTANCE_INFECTION,
    CIRCUMSTANCE_NEEDS_HOSPITAL_CARE,
    CIRCUMSTANCE_EARLIER_TREATMENT, /* has gone through the treatment that the service wants */
    CIRCUMSTANCE_RESIDENCE,         /* lives where the service wants */
    CIRCUMSTANCE_REFERRAL,          /* has the referral that the service wants */
    CIRCUMSTANCE_COUNT
};

/* Codes as asked. */
struct match_list {
    struct str items[MATCH_LIST_MAXIMUM];
    size_t count;
};

/* Where somebody is, in degrees (WGS 84); both or none. */
struct match_position {
    bool has_latitude;
    bool has_longitude;
    double latitude;
    double longitude;
};

/* A question as asked. All zero is the empty question: it says nothing, and wants the default limit. */
struct match_question {
    struct match_list situations; /* at most MATCH_SITUATIONS_MAXIMUM; at least one, or a text */
    struct str text;              /* what somebody said, in their own words */
    struct str municipality;      /* key; absent: the default one */
    struct str district; /* key or name of a district, part or locality; absent: not said */
    struct str locality; /* likewise; goes before `district` */
    int ages[MATCH_AGES_MAXIMUM]; /* of the people concerned */
    size_t age_count;
    enum match_sex sex;
    enum match_said with_children;
    enum match_said circumstances[CIRCUMSTANCE_COUNT];
    struct match_list target_groups;
    struct match_list forms;         /* "residential", "outpatient", "field" */
    struct match_list languages;     /* ISO 639-1 */
    struct match_list accessibility; /* "wheelchair", ... */
    bool with_capacity;              /* wants free places */
    bool free_of_charge;             /* wants to pay nothing */
    unsigned limit;                  /* of results; 0: the default */
    struct match_position position;  /* distances count from here */
    int radius_m;                    /* not farther than this; 0: not said */
    struct str open_at;  /* "now", RFC 3339, or local "2026-12-24T10:00"; absent: not asked */
    int64_t now_ms;      /* UTC, given by the caller: the age of facts counts from here */
    struct str language; /* of the answer's sentences, for the caller; match does not look at it */
};

struct match_named;
struct match_understanding;

/* A question understood: every word has become an index or a bit of the knowledge it was resolved with. */
struct match_resolved {
    int municipality;
    int district; /* of the municipality; KNOWLEDGE_NONE: not said, or not known of the locality */
    int locality; /* likewise */
    struct str
        place; /* the name of what was asked, as the municipality's file spells it; absent: not said */
    uint16_t situations[MATCH_SITUATIONS_MAXIMUM]; /* without repetitions, in the order asked */
    size_t situation_count;
    size_t asked_count; /* the first ones, that the question names; the text speaks of the others */
    const struct match_understanding *understanding; /* of the text; NULL: there was none */
    const struct match_named *named; /* services that the text names; NULL: not looked for */
    int ages[MATCH_AGES_MAXIMUM];
    size_t age_count;
    enum match_sex sex;
    enum match_said with_children;
    enum match_said circumstances[CIRCUMSTANCE_COUNT];
    uint64_t target_groups; /* set */
    unsigned forms;         /* set of service_form */
    const struct str *languages;
    size_t language_count;
    const struct str *accessibility;
    size_t accessibility_count;
    bool with_capacity;
    bool free_of_charge;
    unsigned limit;
    bool located;
    int32_t latitude_micro; /* millionths of a degree */
    int32_t longitude_micro;
    int radius_m; /* 0: not said */
    int64_t now_ms;
    bool open_asked;
    int64_t at_ms; /* the time asked, or now */
};

/* The key of a circumstance, which is also that of the rule that excludes for it. */
const char *match_circumstance_key(enum match_circumstance circumstance);
/* False for an unknown key. */
MUST_USE bool match_circumstance_from_key(struct str key, enum match_circumstance *circumstance);

/*
 * Understands a question. Places are compared folded (no case, no diacritics, any hyphen as a
 * space), first localities, then districts, then parts of districts, so that a name that is both
 * (Hrušov) means the nearer place, which carries its district along.
 *
 * Fails with ERROR_INVALID and all problems at once: question-situations-missing,
 * question-too-many (argument: the maximum), question-situation-unknown,
 * question-target-group-unknown, question-municipality-unknown, question-place-unknown,
 * question-form-unknown, question-language-unknown, question-accessibility-unknown (arguments:
 * what was asked, up to five near words joined by ", ", empty when none is near),
 * question-age-invalid, question-limit-invalid (argument: the maximum); question-time-invalid
 * (what was asked), question-position-incomplete (lat without lon, or the other way),
 * question-position-elsewhere (not in Czechia nor near it: swapped, or a slip),
 * question-radius-alone (no position), question-radius-invalid (the maximum); the pointer is that
 * of the JSON question ("/situations/1"). ERROR_MEMORY when the arena is exhausted.
 */
MUST_USE bool match_resolve(const struct knowledge *knowledge,
                            const struct match_question *question, struct arena *arena,
                            struct match_resolved *resolved, struct error *err);

#endif
