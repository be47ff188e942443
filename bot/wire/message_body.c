/* Bodies of stored events: what was said, as JSON without `type`, `seq`, `at` and `ack`. */
#include "wire/json.h"
#include "wire/message.h"

#include "content/file_name.h"

#include <string.h>

/* Readers build BLOCK_DEPTH_MAX blocks and parts within them; what is deeper than this is left out. */
enum { TREE_DEPTH = 24, HREF_BYTES = 1024 };

static void put_blocks(const char *name, const struct block *, int depth, struct buf *out);

/* Where it is served stands in the message, so that it need not be known how addresses are made. */
void message_file(const struct block_file *file, struct buf *out)
{
    struct buf href;
    buf_init(&href, HREF_BYTES);
    buf_printf(&href, "files/%s/", file->id);
    file_name_encode(file->name, &href);
    json_text(out, "id", file->id);
    json_text(out, "name", file->name);
    json_text(out, "media", file->media);
    json_number(out, "size", file->size);
    json_number_if(out, "width", file->width);
    json_number_if(out, "height", file->height);
    json_text(out, "href", href.data);
    out->failed = out->failed || href.failed;
    buf_free(&href);
}

/* The members that a kind has besides its children. */
static void put_members(const struct block *block, struct buf *out)
{
    switch (block->kind) {
    case BLOCK_HEADING:
        json_number(out, "level", block->level);
        break;
    case BLOCK_LIST:
        json_true_if(out, "ordered", block->level == 1);
        break;
    case BLOCK_LINK:
        json_text(out, "href", block->target);
        break;
    case BLOCK_IMAGE:
        json_text(out, "src", block->target);
        json_text(out, "alt", block->text);
        break;
    case BLOCK_CARD:
        json_text(out, "title", block->text);
        json_text_if(out, "src", block->target);
        break;
    case BLOCK_FILE:
        message_file(block->file, out);
        break;
    case BLOCK_GESTURE:
        json_text(out, "name", block->text);
        break;
    case BLOCK_TEXT:
    case BLOCK_CODE:
    case BLOCK_CODE_LINES:
        json_text(out, "text", block->text);
        break;
    default:
        break;
    }
}

static void put_block(const struct block *block, int depth, struct buf *out)
{
    json_open(out, NULL, '{');
    json_text(out, "type", block_kind_name(block->kind));
    put_members(block, out);
    if (block->child != NULL && depth < TREE_DEPTH)
        put_blocks("children", block->child, depth + 1, out);
    json_close(out, '}');
}

static void put_blocks(const char *name, const struct block *first, int depth, struct buf *out)
{
    json_open(out, name, '[');
    for (const struct block *block = first; block != NULL; block = block->next)
        put_block(block, depth, out);
    json_close(out, ']');
}

/* "url:https://…" is a link: the page opens it and sends no pick. */
static const char *href_of(const char *id)
{
    static const char prefix[] = "url:";
    return strncmp(id, prefix, sizeof prefix - 1) == 0 ? id + sizeof prefix - 1 : NULL;
}

static void put_options(const struct said *said, struct buf *out)
{
    if (said->option_count == 0)
        return;
    json_open(out, "options", '[');
    for (size_t i = 0; i < said->option_count; i++) {
        const struct outcome_option *option = &said->options[i];
        json_open(out, NULL, '{');
        json_text(out, "id", option->id);
        json_text(out, "title", option->title);
        json_text_if(out, "href", href_of(option->id));
        json_number_if(out, "card", option->card);
        json_close(out, '}');
    }
    json_close(out, ']');
}

static void put_input(const struct outcome_input *input, struct buf *out)
{
    json_open(out, "input", '{');
    json_text(out, "type", input->type);
    json_text_if(out, "min", input->min);
    json_text_if(out, "max", input->max);
    json_text_if(out, "step", input->step);
    json_text_if(out, "decimal", input->decimal);
    json_text_if(out, "autocomplete", input->autocomplete);
    if (input->choice_count > 0)
        json_open(out, "choices", '[');
    for (size_t i = 0; i < input->choice_count; i++)
        json_text(out, NULL, input->choices[i]);
    if (input->choice_count > 0)
        json_close(out, ']');
    json_close(out, '}');
}

static int body_of_message(const struct said *said, struct buf *out)
{
    buf_putc(out, '{');
    json_text(out, "from", event_from_name(said->from));
    put_blocks("blocks", said->blocks, 1, out);
    put_options(said, out);
    json_text_if(out, "mood", said->mood);
    if (said->entry_id != NULL) {
        json_open(out, "entry", '{');
        json_text(out, "id", said->entry_id);
        json_text(out, "title", said->entry_title);
        json_close(out, '}');
    }
    json_true_if(out, "fallback", said->fallback);
    json_text_if(out, "name", said->name);
    json_text_if(out, "cid", said->cid);
    json_text_if(out, "picked", said->picked);
    json_text_if(out, "form", said->form ? "message" : NULL);
    if (said->input != NULL)
        put_input(said->input, out);
    json_close(out, '}');
    return out->failed ? -1 : 0;
}

static int body_of_state(enum who who, const char *agent_name, const char *agent_picture, struct buf *out)
{
    buf_putc(out, '{');
    json_text(out, "who", who_name(who));
    json_text_if(out, "name", agent_name);
    json_text_if(out, "picture", agent_picture);
    json_close(out, '}');
    return out->failed ? -1 : 0;
}

const struct hall_codec message_codec = {.message = body_of_message, .state = body_of_state};
