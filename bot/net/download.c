/* Files that go out: see download.h. */
#include "net/download.h"

#include "content/file_name.h"
#include "content/media.h"
#include "store/file_bytes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PIECE_BYTES = 64 << 10, DISPOSITION_BYTES = 1024 };

struct download {
    struct job job;
    struct server *server;
    uint64_t turn; /* that waits for the piece under way */
    bool working;  /* the worker has it */
    bool begun;    /* the head is out */
    char id[FILE_ID_BYTES + 1];
    const char *type, *data;
    char *disposition;
    int64_t size, offset; /* offset: of the piece */
    ssize_t got;          /* of the piece; less than there should be = it is gone */
    char piece[PIECE_BYTES];
};

bool download_is(const char *rest)
{
    size_t size = strspn(rest, "0123456789abcdef");
    return size == FILE_ID_BYTES && rest[size] == '/' && rest[size + 1] != '\0';
}

static void download_free(struct download *d)
{
    if (d != NULL)
        free(d->disposition);
    free(d);
}

void download_drop(struct turn *turn)
{
    struct download *d = turn->download;
    turn->download = NULL;
    /* What the worker has comes back, and finds nobody. */
    if (d != NULL && !d->working)
        download_free(d);
}

static size_t piece_size(const struct download *d)
{
    int64_t left = d->size - d->offset;
    return left < PIECE_BYTES ? (size_t)left : PIECE_BYTES;
}

static void read_piece(struct job *job)
{
    struct download *d = (struct download *)job;
    d->got = file_bytes_read(d->data, d->id, d->offset, d->piece, piece_size(d));
}

static void piece_read(struct job *job);

/* -1 = it cannot be read now; the download stays the turn's. */
static int ask_piece(struct turn *turn)
{
    struct download *d = turn->download;
    if (turn->number == 0 && http_wait(turn) == 0)
        return -1;
    d->turn = turn->number;
    d->job = (struct job){.run = read_piece, .done = piece_read};
    if (workers_submit(d->server->workers, WORK_DOWNLOAD, &d->job) < 0)
        return -1;
    d->working = true;
    return 0;
}

/* --- the head --------------------------------------------------------------------------------------------- */

static char *disposition_of(const struct file_row *row, bool shown)
{
    struct buf text;
    size_t size;
    buf_init(&text, DISPOSITION_BYTES);
    buf_puts(&text, shown ? "inline; filename=" : "attachment; filename=");
    file_name_quote(row->name, &text);
    buf_puts(&text, "; filename*=UTF-8''");
    file_name_encode(row->name, &text);
    return buf_take(&text, &size);
}

static struct answer head_of(const struct download *d)
{
    struct answer answer = {.status = 200,
                            .type = d->type,
                            .size = (size_t)d->size,
                            .streamed = true,
                            .shown = true,
                            .cache = "private, no-cache",
                            .disposition = d->disposition};
    snprintf(answer.policy, sizeof answer.policy, "sandbox; default-src 'none'; frame-ancestors 'none'");
    snprintf(answer.tag, sizeof answer.tag, "\"%s\"", d->id);
    return answer;
}

static void answer_later(struct turn *turn, int status, const char *json)
{
    struct answer answer = answer_plain(status, json);
    download_drop(turn);
    http_answer_later(turn, &answer);
}

static void piece_read(struct job *job)
{
    struct download *d = (struct download *)job;
    struct turn *turn = http_waiting(d->server, d->turn);
    d->working = false;
    if (turn == NULL) {
        download_free(d);
        return;
    }
    bool whole = job->ran && d->got == (ssize_t)piece_size(d);
    if (d->begun) {
        http_waited(turn);
        if (!whole)
            d->got = -1;
        lws_callback_on_writable(turn->wsi);
    } else if (!whole) {
        answer_later(turn, job->ran ? 404 : 503, job->ran ? "{\"code\":\"not_found\"}" : "{\"code\":\"busy\"}");
    } else {
        struct answer answer = head_of(d);
        d->begun = true;
        http_answer_later(turn, &answer);
    }
}

/* --- the body --------------------------------------------------------------------------------------------- */

int download_next(struct turn *turn)
{
    struct download *d = turn->download;
    if (d->working)
        return 0;
    if (d->got < 0)
        return -1; /* it has gone meanwhile: the browser sees that it is not whole */
    if (d->got == 0) {
        if (ask_piece(turn) == 0)
            return 0;
        return -1;
    }
    turn->sending.at = d->piece;
    turn->sending.left = (size_t)d->got;
    d->offset += d->got;
    d->got = 0;
    turn->sending.more = d->offset < d->size;
    lws_callback_on_writable(turn->wsi);
    return 0;
}

/* --- the file ----------------------------------------------------------------------------------------------- */

static int begin(struct turn *turn, const struct file_row *row)
{
    struct download *d = calloc(1, sizeof *d);
    int kind = media_of_type(row->media);
    char *disposition = kind >= 0 ? disposition_of(row, kind != MEDIA_PDF) : NULL;
    if (d == NULL || disposition == NULL) {
        free(d);
        free(disposition);
        return -1;
    }
    d->server = turn->server;
    d->data = turn->server->config.data;
    d->disposition = disposition;
    d->type = media_type((enum media_kind)kind);
    d->size = row->size;
    snprintf(d->id, sizeof d->id, "%s", row->id);
    turn->download = d;
    return 0;
}

static void found(struct store_job *job)
{
    const struct store_file_get *got = (const struct store_file_get *)job;
    struct turn *turn = http_waiting(job->context, job->tag);
    if (turn == NULL) {
        store_job_free(job);
        return;
    }
    if (job->result == STORE_MISSING) {
        answer_later(turn, 404, "{\"code\":\"not_found\"}");
    } else if (job->result != STORE_OK || begin(turn, &got->row) < 0) {
        answer_later(turn, 503, "{\"code\":\"busy\"}");
    } else {
        struct answer answer = head_of(turn->download);
        answer_if_new(turn->wsi, &answer);
        if (answer.status == 304 || turn->method == METHOD_HEAD) {
            struct download *d = turn->download;
            turn->download = NULL; /* the answer is all */
            answer.owned = d->disposition;
            d->disposition = NULL;
            download_free(d);
            http_answer_later(turn, &answer);
        } else if (ask_piece(turn) < 0) {
            answer_later(turn, 503, "{\"code\":\"busy\"}");
        }
    }
    store_job_free(job);
}

int download_serve(struct turn *turn)
{
    struct server *server = turn->server;
    struct store_file_get *job = store_job_new(&store_file_get_kind, sizeof *job, found, server);
    uint64_t number = job != NULL ? http_wait(turn) : 0;
    if (number != 0) {
        job->id = arena_strndup(job->job.arena, turn->rest, FILE_ID_BYTES);
        job->job.tag = number;
        if (job->id != NULL && store_submit(server->config.store, &job->job) == 0)
            return 0;
    }
    if (job != NULL)
        store_job_free(&job->job);
    return http_send_status(turn, 503, "{\"code\":\"busy\"}");
}
