/* Looking for closed chats, and reading one: see search.h. */
#include "store/search.h"

#include "base/buf.h"
#include "store/families.h"
#include "store/kind.h"
#include "store/search_sql.h"

#include <ctype.h>
#include <string.h>

/* --- what is looked for --------------------------------------------------------------------------- */

/* Below this a word stands for itself: as a beginning it would fit everything. */
enum { PREFIX_BYTES = 3, MATCH_BYTES = 8192 };

static bool has_letters(const char *word, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (isalnum((unsigned char)word[i]) || (unsigned char)word[i] >= 0x80)
            return true;
    }
    return false;
}

static bool all_digits(const char *word, size_t size)
{
    return strspn(word, "0123456789") >= size;
}

/* Each word as a quoted string: nothing in it is read as a sign of the index's own language. A number is itself; any
 * other word is also a beginning. `column` as "name : ", or "". */
static void put_words(const char *column, const char *words, struct buf *match)
{
    static const char blanks[] = " \t\r\n#";
    int count = 0;
    for (words += strspn(words, blanks); *words != '\0' && count < SEARCH_WORDS_MAX; words += strspn(words, blanks)) {
        size_t size = strcspn(words, blanks);
        if (has_letters(words, size)) {
            buf_printf(match, "%s%s\"", match->size > 0 ? " AND " : "", column);
            for (size_t i = 0; i < size; i++) {
                if (words[i] == '"')
                    buf_putc(match, '"');
                buf_putc(match, words[i]);
            }
            buf_puts(match, size >= PREFIX_BYTES && !all_digits(words, size) ? "\" *" : "\"");
            count++;
        }
        words += size;
    }
}

static bool fits(const char *text)
{
    return text == NULL || strlen(text) <= SEARCH_WORDS_BYTES;
}

/* --- what is found ---------------------------------------------------------------------------------- */

/* Cuts an excerpt at its marks. */
static int cut(const char *excerpt, struct arena *arena, struct search_hit *hit)
{
    static const char marks[] = {SEARCH_MARK_BEGIN, SEARCH_MARK_END, '\0'};
    bool mark = false;
    for (const char *at = excerpt; *at != '\0';) {
        size_t size = strcspn(at, marks);
        if (size > 0) {
            hit->pieces = db_grown(arena, hit->pieces, hit->piece_count, sizeof *hit->pieces);
            if (hit->pieces == NULL)
                return -1;
            hit->pieces[hit->piece_count++] = (struct search_piece){arena_strndup(arena, at, size), mark};
        }
        at += size;
        if (*at != '\0')
            mark = *at++ == SEARCH_MARK_BEGIN;
    }
    return 0;
}

static int read_hit(sqlite3_stmt *row, struct arena *arena, struct search_hit *hit)
{
    *hit = (struct search_hit){.ticket = sqlite3_column_int64(row, 0),
                               .conversation = sqlite3_column_int64(row, 1),
                               .created_ms = sqlite3_column_int64(row, 2),
                               .closed_ms = sqlite3_column_int64(row, 3),
                               .department = db_column_text(row, 4, arena),
                               .lang = db_column_text(row, 5, arena),
                               .name = db_column_text(row, 6, arena),
                               .owner_name = db_column_text(row, 7, arena),
                               .question = db_column_text(row, 8, arena),
                               .cause = db_column_text(row, 9, arena),
                               .tags = db_column_text(row, 10, arena)};
    return cut(db_column_text(row, 11, arena), arena, hit);
}

static enum store_result run_search(struct db *db, struct store_job *job)
{
    struct store_search *j = (struct store_search *)job;
    struct buf match;
    if (!fits(j->words) || !fits(j->name))
        return STORE_REFUSED;
    buf_init(&match, MATCH_BYTES);
    put_words("", j->words != NULL ? j->words : "", &match);
    put_words("name : ", j->name != NULL ? j->name : "", &match);
    size_t limit = j->limit > 0 && j->limit < SEARCH_PAGE_MAX ? j->limit : SEARCH_PAGE_MAX;
    /* One row more than asked for tells whether there are more. */
    sqlite3_stmt *row =
        db_query(db, &search_statements, match.size > 0 ? SEARCH_SQL_FIND : SEARCH_SQL_LIST,
                 DB_VALUES(db_text(match.data), db_int(j->before > 0 ? j->before : INT64_MAX), db_text(j->allowed),
                           db_text(j->department), db_text(j->agent), db_int(j->from_ms), db_int(j->to_ms),
                           db_text(j->tag), db_int((int64_t)limit + 1)));
    j->hits = arena_array(job->arena, limit, sizeof *j->hits);
    while (j->hits != NULL && db_next(db, row)) {
        j->ret_more = j->count == limit;
        if (j->ret_more || read_hit(row, job->arena, &j->hits[j->count]) < 0) {
            db_end(row);
            break;
        }
        j->count++;
    }
    bool failed = match.failed || j->hits == NULL;
    buf_free(&match);
    return failed ? STORE_UNAVAILABLE : STORE_OK;
}
const struct store_job_kind store_search_kind = {
    .name = "search", .size = sizeof(struct store_search), .run = run_search};

static size_t read_names(struct db *db, sqlite3_stmt *row, struct arena *arena, const char ***ret)
{
    const char **names = NULL;
    size_t count = 0;
    while (db_next(db, row)) {
        names = db_grown(arena, names, count, sizeof *names);
        if (names == NULL) {
            db_end(row);
            return 0;
        }
        names[count++] = db_column_text(row, 0, arena);
    }
    *ret = names;
    return count;
}

static enum store_result run_choices(struct db *db, struct store_job *job)
{
    struct store_search_choices *j = (struct store_search_choices *)job;
    struct db_value most = db_int(SEARCH_CHOICES_MAX);
    j->agent_count =
        read_names(db, db_query(db, &search_statements, SEARCH_SQL_AGENTS, DB_VALUES(most)), job->arena, &j->agents);
    j->tag_count =
        read_names(db, db_query(db, &search_statements, SEARCH_SQL_TAGS, DB_VALUES(most, db_text(j->allowed))),
                   job->arena, &j->tags);
    return STORE_OK;
}
const struct store_job_kind store_search_choices_kind = {
    .name = "search_choices", .size = sizeof(struct store_search_choices), .run = run_choices};

/* Events of the conversation, a page of the store at a time. */
static enum store_result read_events(struct db *db, struct store_transcript *j, int64_t from_ms, int64_t to_ms)
{
    struct store_events page = {.job = {.arena = j->job.arena}, .conversation = j->conversation, .after = j->after};
    do {
        page.limit = STORE_EVENTS_MAX;
        enum store_result result = store_events_kind.run(db, &page.job);
        if (result != STORE_OK)
            return result;
        for (size_t i = 0; i < page.event_count; i++) {
            const struct event *e = &page.events[i];
            page.after = e->seq;
            if (e->at_ms <= from_ms || (to_ms > 0 && e->at_ms > to_ms))
                continue;
            j->ret_more = j->event_count == TRANSCRIPT_EVENTS_MAX;
            if (j->ret_more)
                return STORE_OK;
            j->events = db_grown(j->job.arena, j->events, j->event_count, sizeof *j->events);
            if (j->events == NULL)
                return STORE_UNAVAILABLE;
            j->events[j->event_count++] = *e;
        }
    } while (page.ret_more);
    return STORE_OK;
}

static enum store_result read_notes(struct db *db, struct store_transcript *j)
{
    struct store_notes notes = {.job = {.arena = j->job.arena}, .ticket = j->ticket};
    enum store_result result = store_notes_kind.run(db, &notes.job);
    j->notes = notes.notes;
    j->note_count = notes.count;
    return result;
}

static enum store_result run_transcript(struct db *db, struct store_job *job)
{
    struct store_transcript *j = (struct store_transcript *)job;
    const char *allowed = j->allowed != NULL ? j->allowed : "";
    int64_t from_ms = 0, to_ms = 0;
    if (j->ticket != 0) {
        if (!ticket_read(db, j->ticket, job->arena, &j->row) || !ticket_in_departments(allowed, j->row.department))
            return STORE_MISSING;
        j->conversation = j->row.conversation;
        sqlite3_stmt *row = db_query(db, &search_statements, SEARCH_SQL_SPAN, DB_VALUES(db_int(j->ticket)));
        while (db_next(db, row)) {
            from_ms = sqlite3_column_int64(row, 0);
            to_ms = sqlite3_column_int64(row, 1);
        }
    }
    sqlite3_stmt *row = db_query(db, &search_statements, SEARCH_SQL_LANG, DB_VALUES(db_int(j->conversation)));
    while (db_next(db, row))
        j->lang = db_column_text(row, 0, job->arena);
    enum store_result noted = j->ticket != 0 && j->after == 0 ? read_notes(db, j) : STORE_OK;
    return noted == STORE_OK ? read_events(db, j, from_ms, to_ms) : noted;
}
const struct store_job_kind store_transcript_kind = {
    .name = "transcript", .size = sizeof(struct store_transcript), .run = run_transcript};
