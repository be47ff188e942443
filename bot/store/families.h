/* The statements of each table family, for db.c to prepare. */
#ifndef STORE_FAMILIES_H
#define STORE_FAMILIES_H

#include "store/db.h"

extern const struct db_statements store_statements, event_statements, resume_statements, turn_statements,
    ticket_statements, queue_statements, user_statements, session_statements, audit_statements, edition_statements,
    learn_statements, call_statements, work_statements;
extern const struct db_statements satisfaction_statements;

#endif
