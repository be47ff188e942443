/* The families of statements, a line each: their number and their table. No guard: db.h makes the numbers of it, db.c
 * the list of tables, everybody else (FAMILY not defined) their declarations. */
#ifndef FAMILY
#include "store/db.h"

#define FAMILY(number, statements) extern const struct db_statements statements;
#define FAMILY_DECLARED
#endif

FAMILY(DB_STORE, store_statements)
FAMILY(DB_EVENT, event_statements)
FAMILY(DB_CONVERSATION, resume_statements)
FAMILY(DB_TURN, turn_statements)
FAMILY(DB_TICKET, ticket_statements)
FAMILY(DB_QUEUE, queue_statements)
FAMILY(DB_USER, user_statements)
FAMILY(DB_SESSION, session_statements)
FAMILY(DB_AUDIT, audit_statements)
FAMILY(DB_EDITION, edition_statements)
FAMILY(DB_LEARN, learn_statements)
FAMILY(DB_CALL, call_statements)
FAMILY(DB_SATISFACTION, satisfaction_statements)
FAMILY(DB_PEOPLE, people_statements)
FAMILY(DB_WORK, work_statements)
FAMILY(DB_DELIVERY, delivery_statements)
FAMILY(DB_STEPS, steps_statements)
FAMILY(DB_REPLY, reply_statements)
FAMILY(DB_DUTY, duty_statements)
FAMILY(DB_PUSH, push_statements)
FAMILY(DB_SEARCH, search_statements)
FAMILY(DB_LIVE, live_statements)
FAMILY(DB_SNIPPET, snippet_statements)
FAMILY(DB_TAUGHT, taught_statements)
FAMILY(DB_NOTICE, notice_statements)
FAMILY(DB_OUTSIDE, outside_statements)
FAMILY(DB_UNDELIVERED, undelivered_statements)
FAMILY(DB_FILES, files_statements)
FAMILY(DB_ERASE, erase_statements)

#ifdef FAMILY_DECLARED
#undef FAMILY
#undef FAMILY_DECLARED
#endif
