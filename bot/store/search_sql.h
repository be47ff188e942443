/* What the files of search share. Private to search*.c. */
#ifndef STORE_SEARCH_SQL_H
#define STORE_SEARCH_SQL_H

enum {
    SEARCH_SQL_FIND,
    SEARCH_SQL_LIST,
    SEARCH_SQL_AGENTS,
    SEARCH_SQL_TAGS,
    SEARCH_SQL_SPAN,
    SEARCH_SQL_LANG,
    SEARCH_SQL_DUE,
    SEARCH_SQL_ADD,
    SEARCH_SQL_DONE,
    SEARCH_SQL_FORGET,
    SEARCH_SQL_NOT_DUE,
    SEARCH_SQL_STATEMENTS
};

/* The bytes around a word that was looked for, in an excerpt. They are taken out of what is indexed. */
enum { SEARCH_MARK_BEGIN = 2, SEARCH_MARK_END = 3 };

#endif
