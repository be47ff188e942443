/* Taught: what an agent said a visitor's question is about, for editors to accept or refuse (see learn.h).
 *
 * With an entry the question is proposed as a wording of it; without one the agent's answer is a draft of a new entry.
 * The texts must have been masked. Errors, memory, threads: as in store.h. */
#ifndef STORE_TAUGHT_H
#define STORE_TAUGHT_H

#include "store/store.h"

/* Notes the question (LEARN_PICKED with an entry, else LEARN_TAUGHT, by LEARN_BY_AGENT) and who said so. The same
 * user's earlier word on it is replaced; a draft given again is not counted again. STORE_REFUSED = over a ceiling, or a
 * draft without an answer. */
struct store_teach {
    struct store_job job;
    int64_t user;
    struct learn_note note; /* text, fold, lang, entry, edition; outcome and source are set here */
    const char *answer;     /* of a draft, at most LEARN_ANSWER_BYTES */
    int64_t ret_question;   /* 0 = missed: there are LEARN_OPEN_MAX */
};
extern const struct store_job_kind store_teach_kind;

#endif
