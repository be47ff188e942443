/* The notice board in memory: what the store has, which of it holds now, and who is told. */
#include "conversation/internal.h"

#include "store/notice.h"

#include <stdlib.h>
#include <string.h>

enum { LANGS_MAX = 16 };

/* The lines of what holds, of one language. */
struct lines {
    const char *lang;
    struct notice_line lines[NOTICES_MAX];
    size_t count;
};

struct board {
    struct store_notices *rows;   /* those that have not ended when it was read; NULL = not read yet */
    struct notice_board *notices; /* of those that hold; NULL = none */
    struct lines langs[LANGS_MAX];
    size_t lang_count;
    int64_t next_ms; /* when one begins or ends; INT64_MAX = never */
    bool stale;      /* to be read (again) */
    bool reading;
};

struct board *board_new(void)
{
    struct board *b = calloc(1, sizeof *b);
    if (b != NULL)
        *b = (struct board){.next_ms = INT64_MAX, .stale = true};
    return b;
}

void board_free(struct board *b)
{
    if (b == NULL)
        return;
    notice_board_free(b->notices);
    store_job_free(b->rows != NULL ? &b->rows->job : NULL);
    free(b);
}

struct notice_board *board_notices(const struct hall *h)
{
    return h->board->notices;
}

size_t board_lines(const struct hall *h, const char *lang, const struct notice_line **ret)
{
    const struct board *b = h->board;
    for (size_t i = 0; i < b->lang_count; i++) {
        if (strcmp(b->langs[i].lang, lang) != 0)
            continue;
        *ret = b->langs[i].lines;
        return b->langs[i].count;
    }
    return 0;
}

/* --- what holds now ------------------------------------------------------------------------------ */

static struct lines *lines_of(struct board *b, const char *lang)
{
    for (size_t i = 0; i < b->lang_count; i++)
        if (strcmp(b->langs[i].lang, lang) == 0)
            return &b->langs[i];
    if (b->lang_count == LANGS_MAX)
        return NULL;
    b->langs[b->lang_count] = (struct lines){.lang = lang};
    return &b->langs[b->lang_count++];
}

static void put_up(struct board *b, const struct notice_row *n)
{
    for (size_t i = 0; i < n->text_count; i++) {
        const struct notice_text *t = &n->texts[i];
        const struct notice_said said = {n->id, t->lang, t->line, t->text, t->wordings, n->department};
        struct lines *l = lines_of(b, t->lang);
        if (l != NULL && l->count < NOTICES_MAX)
            l->lines[l->count++] = (struct notice_line){n->id, n->until_ms, t->line};
        /* Without memory the line is still shown. */
        if (b->notices != NULL)
            notice_board_add(b->notices, &said);
    }
}

/* Makes what holds at this moment of what was read, and notes when that changes. */
static void renew(struct board *b, int64_t now)
{
    notice_board_free(b->notices);
    b->notices = NULL;
    b->lang_count = 0;
    b->next_ms = INT64_MAX;
    for (size_t i = 0; b->rows != NULL && i < b->rows->count; i++) {
        const struct notice_row *n = &b->rows->rows[i];
        int64_t change = now < n->from_ms ? n->from_ms : n->until_ms;
        if (now >= n->until_ms)
            continue;
        b->next_ms = change < b->next_ms ? change : b->next_ms;
        if (now < n->from_ms)
            continue;
        if (b->notices == NULL)
            b->notices = notice_board_new();
        put_up(b, n);
    }
}

static void tell_all(struct hall *h)
{
    size_t at = 0;
    const struct visitor *v;
    while ((v = map_next(h->visitors, &at, NULL, NULL)) != NULL) {
        struct outgoing out = {.kind = OUT_NOTICE};
        if (!v->welcomed)
            continue;
        out.notice_count = board_lines(h, v->lang, &out.notices);
        hall_send(h, v->client, &out);
    }
}

/* --- reading --------------------------------------------------------------------------------------- */

static void board_read(struct store_job *job)
{
    struct hall *h = job->context;
    struct board *b = h->board;
    bool first = b->rows == NULL;
    hall_answered(job);
    b->reading = false;
    if (job->result != STORE_OK) {
        b->stale = true;
        store_job_free(job);
        return;
    }
    struct store_notices *before = b->rows;
    b->rows = (struct store_notices *)job;
    renew(b, clock_wall_ms(h->clock));
    if (!first || b->lang_count > 0)
        tell_all(h);
    store_job_free(before != NULL ? &before->job : NULL);
}

static void read_again(struct hall *h)
{
    struct board *b = h->board;
    struct store_notices *job = b->reading ? NULL : hall_job(h, &store_notices_kind, sizeof *job, board_read, NULL);
    if (job == NULL)
        return;
    job->live = true;
    b->reading = hall_submit(h, &job->job) == 0;
    b->stale = !b->reading;
}

void hall_notices_changed(struct hall *h)
{
    h->board->stale = true;
    read_again(h);
}

void board_tick(struct hall *h)
{
    int64_t now = clock_wall_ms(h->clock);
    if (h->board->stale)
        read_again(h);
    if (now < h->board->next_ms)
        return;
    renew(h->board, now);
    tell_all(h);
}
