/* AIML among the rules: see categories.h. */
#include "dialogue/categories.h"

#include "aiml/aiml.h"

#include <string.h>

static size_t words_of(const char *text, bool wild)
{
    size_t count = 0;
    while (*(text += strspn(text, " ")) != '\0') {
        size_t size = strcspn(text, " ");
        bool is_wild = size == 1 && strchr("*_^#", *text) != NULL;
        count += is_wild == wild;
        text += size;
    }
    return count;
}

/* Of the message's words those that the first category names: 1 where its pattern leaves nothing open. */
static double named_share(const struct aiml *aiml, const struct aiml_reply *r, size_t words)
{
    if (r->trail_count == 0)
        return 0;
    const struct aiml_category c = aiml_category(aiml, r->trail[0]);
    size_t named = words_of(c.pattern, false);
    if (words_of(c.pattern, true) == 0)
        return 1;
    return words > 0 && named < words ? (double)named / (double)words : named > 0 ? 0.99 : 0;
}

int categories_read(struct step *s, const char *text, const struct aiml_reply **ret, double *ret_share)
{
    const struct aiml *aiml = view_aiml(s->view);
    const struct heard_time *t = &s->heard->now;
    const struct string_list *langs = &s->settings->languages;
    const char *lang = s->settings->aiml_language[0] != '\0' ? s->settings->aiml_language
                       : langs->count > 0                    ? langs->items[0]
                                                             : "en";
    const char *kept = s->out->memory.aiml;
    struct aiml_memory memory;
    *ret = NULL;
    *ret_share = 0;
    if (aiml == NULL || strcmp(lang, s->lang) != 0)
        return 0;
    struct aiml_reply *reply = arena_alloc(s->arena, sizeof *reply);
    if (reply == NULL || aiml_memory_read(kept, strlen(kept), s->arena, &memory) < 0)
        return -1;
    const struct aiml_heard heard = {.text = text,
                                     .lang = lang,
                                     .now = {t->year, t->month, t->day, t->hour, t->minute, (int)(t->seconds % 60)},
                                     .chance = s->heard->chance};
    if (aiml_answer(aiml, &heard, &memory, s->arena, reply) < 0)
        return -1;
    if (!reply->matched || reply->fallback || reply->fault != AIML_FAULT_NONE || reply->blocks == NULL)
        return 0;
    *ret = reply;
    *ret_share = named_share(aiml, reply, s->out->understood.word_count);
    return 0;
}

/* The oldest goes where it is more than is kept. */
static void keep_memory(struct step *s, const struct aiml_memory *memory)
{
    struct buf out;
    buf_init(&out, sizeof s->out->memory.aiml - 1);
    if (aiml_memory_write(memory, &out) == 0)
        memcpy(s->out->memory.aiml, out.data, out.size + 1);
    buf_free(&out);
}

int categories_say(struct step *s, const struct aiml_reply *r, double share)
{
    s->out->kind = OUTCOME_RULE;
    s->out->confidence = share;
    s->out->memory.rephrased = 0;
    s->out->source = arena_printf(s->arena, "%s:%d", r->file, r->line);
    int before = block_cards(s->out->blocks);
    if (s->out->source == NULL || reply_say_blocks(s, r->blocks) < 0)
        return -1;
    for (size_t i = 0; i < r->option_count; i++) {
        const struct aiml_option *o = &r->options[i];
        const char *id = o->send != NULL ? reply_option_id(s->arena, OPTION_SAY, o->send)
                                         : reply_option_id(s->arena, OPTION_URL, o->url);
        if (reply_add_button(s, id, o->title, o->card > 0 ? before + o->card : 0) < 0)
            return -1;
    }
    keep_memory(s, &r->memory);
    return 0;
}
