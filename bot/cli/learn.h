/* Learn: what the files of `sportello learn` share: the questions that wait for an editor, in groups.
 * Threads: a command's own. */
#ifndef CLI_LEARN_H
#define CLI_LEARN_H

#include "cli/command.h"
#include "edition/view.h"

enum { LEARN_ARENA = 1 << 30, LEARN_CANDIDATES = 3 };

/* Questions that are alike and of the same state. */
struct learn_group {
    int64_t number;                        /* of its oldest question: what editors name it by */
    const struct learn_question **members; /* most asked first */
    size_t count;
    int64_t times;        /* asked, all together */
    const char *proposal; /* "entry:ID" that visitors picked, NULL = none */
    int64_t picked, helpful;
};

struct learn_list {
    struct arena *arena;
    struct store_learn_list **pages; /* what the strings lie in */
    size_t page_count;
    struct learn_group *groups; /* proposals first, then most asked */
    size_t count;
    int64_t open, missed, missed_ms;
};

/* Reads the questions (of one language, if --lang), with --all the settled ones too, in their groups. Where somebody
 * is going to `look`, what is in no group yet is put into one, for good; otherwise it stands alone. 0, or -1
 * after saying why. */
int learn_list_read(struct call *, bool look, struct learn_list *ret);
void learn_list_free(struct learn_list *);
/* How often a question was asked. */
int64_t learn_list_times(const struct learn_question *);
/* The group that the question is in, NULL = none of the list. */
const struct learn_group *learn_list_find(const struct learn_list *, int64_t number);

/* Prints groups, at most `limit` (0 = all), for people or as JSON; `only` ≠ 0: that one alone. Remembers the site's
 * files as they stand, for what will be accepted after looking. Exit code. */
int learn_print(struct call *, const struct learn_list *, size_t limit, int64_t only);
/* "NUMBER TAB proposal TAB candidate …" a group: for learn_walk. */
int learn_print_numbers(struct call *, const struct learn_list *);

/* Remembers how the files of the edition's entries stand in the site now: accepting refuses one that changes later. 0,
 * or -1 after saying why. */
int learn_seen_files(struct call *, const struct view *);

/* In the asker's process: writes the wording of `accept NUMBER` into the site's file, and turns the call into the
 * `settle` that is left for the owner of DATA. Exit code. */
int learn_accept(struct call *);
/* For learn_accept, by the owner of DATA. `plan NUMBER` prints what is to be accepted, "LANG TAB proposal TAB text LF
 * draft"; `seen FILE` the hash of a file as it was last looked at or else published; `settle NUMBER FILE` notes what
 * was written. Exit codes. */
int learn_settle_plan(struct call *, int64_t number);
int learn_settle_seen(struct call *, const char *path);
int learn_settle(struct call *, int64_t number, const char *path);

/* Runs `sportello learn WORDS…` (ended by NULL) with the terminal's output: its exit code. */
int learn_self_run(const struct call *, const char *const *words);
/* The same, giving what it prints, to be freed; NULL where it did not end well (it has said why). */
char *learn_self_text(const struct call *, const char *const *words);

/* Goes through the groups with somebody at a terminal. Exit code. */
int learn_walk(struct call *);

#endif
