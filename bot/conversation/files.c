/* Files that are sent with a message: looked up before its turn is made, because the message tells what they are. Who
 * may send them, and that each is sent once, the store decides when it keeps the message (store_turn.files). */
#include "conversation/turn.h"

#include "store/files.h"

#include <stdlib.h>
#include <string.h>

static void list_ids(const char *files, struct store_files_find *find)
{
    struct arena *arena = find->job.arena;
    const char **ids = arena_array(arena, FILES_OF_MESSAGE, sizeof *ids);
    size_t count = 0;
    for (const char *at = files; ids != NULL && count < FILES_OF_MESSAGE && *at != '\0'; at += *at == ' ') {
        size_t size = strcspn(at, " ");
        ids[count++] = arena_strndup(arena, at, size);
        at += size;
    }
    find->ids = ids;
    find->id_count = count;
}

struct block *files_blocks(struct arena *arena, const struct file_row *rows, size_t count)
{
    struct block *blocks = arena_array(arena, count, sizeof *blocks);
    struct block_file *files = arena_array(arena, count, sizeof *files);
    if (blocks == NULL || files == NULL)
        return NULL;
    for (size_t i = 0; i < count; i++) {
        files[i] = (struct block_file){.id = arena_strdup(arena, rows[i].id),
                                       .name = arena_strdup(arena, rows[i].name),
                                       .media = arena_strdup(arena, rows[i].media),
                                       .size = rows[i].size,
                                       .width = rows[i].width,
                                       .height = rows[i].height};
        if (files[i].id == NULL || files[i].name == NULL || files[i].media == NULL)
            return NULL;
        blocks[i] =
            (struct block){.kind = BLOCK_FILE, .file = &files[i], .next = i + 1 < count ? &blocks[i + 1] : NULL};
    }
    return blocks;
}

int files_of_turn(struct arena *arena, const struct file_row *rows, size_t count, struct store_turn *row)
{
    const char **ids = arena_array(arena, count, sizeof *ids);
    if (ids == NULL)
        return -1;
    for (size_t i = 0; i < count; i++) {
        ids[i] = arena_strdup(arena, rows[i].id);
        if (ids[i] == NULL)
            return -1;
    }
    row->files = ids;
    row->file_count = count;
    return 0;
}

/* --- a visitor's turn -------------------------------------------------------------------------------- */

struct lookup {
    struct store_files_find find; /* first: a job is its kind's struct */
    struct heard_item *item;      /* whose turn waits; owned */
};

/* The item with what was found, in one allocation as before; the old one is freed. NULL without memory. */
static struct heard_item *with_rows(struct heard_item *old, const struct store_files_find *found)
{
    const char *const texts[] = {old->cid, old->text, old->files};
    size_t size = sizeof *old + found->count * sizeof *found->rows;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        size += texts[i] != NULL ? strlen(texts[i]) + 1 : 0;
    for (size_t i = 0; i < found->count; i++)
        size += strlen(found->rows[i].id) + strlen(found->rows[i].name) + strlen(found->rows[i].media) + 3;
    struct heard_item *item = malloc(size);
    if (item == NULL)
        return NULL;
    struct file_row *rows = (struct file_row *)(item + 1);
    char *at = (char *)(rows + found->count);
    *item = (struct heard_item){.kind = old->kind, .client = old->client, .found = rows, .found_count = found->count};
    item->cid = conversation_put(&at, old->cid);
    item->text = conversation_put(&at, old->text);
    item->files = conversation_put(&at, old->files);
    for (size_t i = 0; i < found->count; i++) {
        rows[i] = found->rows[i];
        rows[i].id = conversation_put(&at, rows[i].id);
        rows[i].name = conversation_put(&at, rows[i].name);
        rows[i].media = conversation_put(&at, rows[i].media);
    }
    free(old);
    return item;
}

static void refuse(struct hall *h, const struct conversation *c, struct heard_item *item, const char *code,
                   const char *key)
{
    hall_error(h, item->client, code, key, c->lang, item->cid);
    turn_free_items(item);
}

static void looked_up(struct store_job *job)
{
    struct lookup *l = (struct lookup *)job;
    struct hall *h = job->context;
    struct heard_item *item = l->item;
    struct conversation *c = hall_answered(job);
    if (c == NULL) {
        turn_free_items(item);
        store_job_free(job);
        return;
    }
    c->jobs++; /* it stays until here is done with it */
    c->turning = false;
    struct heard_item *with = NULL;
    if (job->result != STORE_OK)
        refuse(h, c, item, "busy", "error_busy");
    else if (l->find.count < l->find.id_count)
        refuse(h, c, item, "no_file", "error_no_file");
    else if ((with = with_rows(item, &l->find)) == NULL)
        refuse(h, c, item, "busy", "error_busy");
    else
        turn_with_files(h, c, with);
    store_job_free(job);
    turn_next(h, c);
    c->jobs--;
    conversation_release(h, c);
}

bool files_look_up(struct hall *h, struct conversation *c, struct heard_item *item)
{
    if (item->files == NULL || item->found != NULL)
        return false;
    struct lookup *l = hall_job(h, &store_files_find_kind, sizeof *l, looked_up, c);
    if (l == NULL) {
        refuse(h, c, item, "busy", "error_busy");
        return true;
    }
    list_ids(item->files, &l->find);
    l->find.conversation = c->id;
    memcpy(l->find.token_hash, c->token_hash, sizeof l->find.token_hash);
    l->item = item;
    c->turning = true;
    if (hall_submit(h, &l->find.job) < 0) { /* the job is gone, the item is not */
        c->turning = false;
        refuse(h, c, item, "busy", "error_busy");
    }
    return true;
}

/* --- an agent's message ------------------------------------------------------------------------------ */

struct agents_lookup {
    struct store_files_find find; /* first: a job is its kind's struct */
    uint64_t client;
    int64_t ticket;
    const char *cid, *text;
};

static void agent_looked_up(struct store_job *job)
{
    struct agents_lookup *l = (struct agents_lookup *)job;
    struct hall *h = job->context;
    const struct agent *a = counter_agent(h, l->client);
    struct conversation *c = hall_answered(job);
    if (c != NULL)
        c->finding--;
    if (c != NULL && a != NULL) {
        c->jobs++; /* it stays until here is done with it */
        if (job->result == STORE_OK && l->find.count < l->find.id_count)
            hall_error(h, a->client, "no_file", "error_no_file", a->lang, l->cid);
        else if (job->result != STORE_OK ||
                 single_agent_said(h, c, a, l->cid, l->text, l->find.rows, l->find.count) < 0)
            hall_error(h, a->client, "busy", "error_busy", a->lang, l->cid);
        c->jobs--;
    }
    store_job_free(job);
    if (c != NULL)
        conversation_release(h, c);
}

int files_agent_says(struct hall *h, struct conversation *c, const struct agent *a, const struct frame *f)
{
    struct agents_lookup *l = hall_job(h, &store_files_find_kind, sizeof *l, agent_looked_up, c);
    if (l == NULL)
        return -1;
    struct arena *arena = l->find.job.arena;
    list_ids(f->files != NULL ? f->files : "", &l->find);
    l->find.conversation = c->id;
    l->find.user = a->user;
    l->client = a->client;
    l->cid = body_text(arena, f->cid);
    l->text = body_text(arena, f->text);
    c->finding++;
    if (hall_submit(h, &l->find.job) == 0)
        return 0;
    c->finding--;
    return -1;
}
