/* What is said, with pictures, cards, buttons and a mood: see intent_reader.h. */
#include "content/answer.h"
#include "content/intent.h"
#include "content/intent_reader.h"
#include "content/link.h"
#include "content/mood.h"

#include <string.h>

static struct answer_source source_of(const struct intent_reader *r, const struct yaml_value *v)
{
    return (struct answer_source){.collect = r->collect,
                                  .file = r->file,
                                  .lang = r->lang,
                                  .text = {v->text, strlen(v->text)},
                                  .line = v->line,
                                  .fixed_column = v->column,
                                  .values = true};
}

/* A text's blocks, NULL with an error. */
static struct block *read_blocks(struct intent_reader *r, const struct yaml_value *v)
{
    if (!intent_text(r, v, ANSWER_BYTES))
        return NULL;
    struct answer_source source = source_of(r, v);
    struct block *blocks = answer_read(&source);
    if (blocks == NULL)
        intent_complain(r, v, "says nothing");
    else
        intent_note_said(r, v);
    return blocks;
}

void saying_texts(struct intent_reader *r, const struct yaml_value *v, struct saying *ret)
{
    const struct yaml_value *first = v->kind == YAML_LIST ? v->child : v;
    size_t room = v->kind == YAML_LIST ? v->count : 1, count = 0;
    if (v->kind == YAML_MAP || room == 0 || room > INTENT_SAY_MAX) {
        intent_complain(r, v, "“%s” must be a text, or a list of at most %d texts of which one is chosen by turn",
                        v->key != NULL ? v->key : "say", INTENT_SAY_MAX);
        return;
    }
    const struct block **say = arena_array(r->collect->arena, room, sizeof *say);
    for (const struct yaml_value *s = first; s != NULL && say != NULL; s = v->kind == YAML_LIST ? s->next : NULL) {
        say[count] = read_blocks(r, s);
        count += say[count] != NULL;
    }
    ret->say = say;
    ret->say_count = count;
}

/* Puts a block behind each text; without any it is one. */
static void append(struct intent_reader *r, struct saying *s, struct block *block)
{
    if (s->say_count == 0) {
        const struct block **say = arena_array(r->collect->arena, 1, sizeof *say);
        if (say == NULL)
            return;
        say[0] = block;
        s->say = say;
        s->say_count = 1;
        return;
    }
    for (size_t i = 0; i < s->say_count; i++) {
        /* They were made by this reader. */
        struct block *last = (struct block *)s->say[i];
        while (last->next != NULL)
            last = last->next;
        if (last != block)
            last->next = block;
    }
}

struct picture {
    const char *url, *alt;
};

static void read_url(struct intent_reader *r, const struct yaml_value *v, void *into)
{
    enum option_kind kind;
    const char *target;
    struct picture *p = into;
    if (!intent_text(r, v, SITE_TEXT_BYTES))
        return;
    if (link_kind(v->text, &kind, &target) != LINK_WEB)
        intent_complain(r, v, "dead image; write a whole address such as https://www.example.com/picture.png");
    else
        p->url = v->text;
}

static void read_alt(struct intent_reader *r, const struct yaml_value *v, void *into)
{
    struct picture *p = into;
    if (intent_text(r, v, SITE_TEXT_BYTES)) {
        p->alt = v->text;
        intent_note_template(r, v);
    }
}

static struct picture read_picture(struct intent_reader *r, const struct yaml_value *v)
{
    static const struct intent_key keys[] = {{"url", read_url}, {"alt", read_alt}};
    struct picture p = {0};
    if (v->kind == YAML_TEXT)
        read_url(r, v, &p);
    else if (v->kind == YAML_MAP)
        intent_keys(r, v, keys, 2, &p, "an image has url and alt");
    else
        intent_complain(r, v, "an image is written {url: \"https://…\", alt: \"what it shows\"}");
    if (v->kind == YAML_MAP && yaml_find(v, "url") == NULL)
        intent_complain(r, v, "an image without “url”");
    if (p.url != NULL && p.alt == NULL)
        problem_add(r->collect->problems, SEVERITY_WARNING, r->file, v->line, v->column,
                    "an image without “alt”; say what it shows, for those who cannot see it");
    return p;
}

void saying_image(struct intent_reader *r, const struct yaml_value *v, struct saying *ret)
{
    struct picture p = read_picture(r, v);
    struct block *image = arena_alloc(r->collect->arena, sizeof *image);
    struct block *paragraph = arena_alloc(r->collect->arena, sizeof *paragraph);
    if (p.url == NULL || image == NULL || paragraph == NULL)
        return;
    *image = (struct block){.kind = BLOCK_IMAGE, .target = p.url, .text = p.alt != NULL ? p.alt : ""};
    *paragraph = (struct block){.kind = BLOCK_PARAGRAPH, .child = image};
    append(r, ret, paragraph);
}

struct card {
    struct block *block;
    struct saying *saying;
};

static void read_card_title(struct intent_reader *r, const struct yaml_value *v, void *into)
{
    struct card *c = into;
    if (intent_text(r, v, SITE_TEXT_BYTES)) {
        c->block->text = v->text;
        intent_note_template(r, v);
    }
}

static void read_card_text(struct intent_reader *r, const struct yaml_value *v, void *into)
{
    struct card *c = into;
    c->block->child = read_blocks(r, v);
}

static void read_card_image(struct intent_reader *r, const struct yaml_value *v, void *into)
{
    struct card *c = into;
    /* The title says what a card's picture shows. */
    if (v->kind == YAML_TEXT) {
        struct picture p = {0};
        read_url(r, v, &p);
        c->block->target = p.url;
    } else
        c->block->target = read_picture(r, v).url;
}

static void read_card_buttons(struct intent_reader *r, const struct yaml_value *v, void *into)
{
    struct card *c = into;
    size_t before = c->saying->option_count;
    saying_buttons(r, v, c->saying);
    /* They were made by this reader. */
    struct option *options = (struct option *)c->saying->options;
    for (size_t i = before; i < c->saying->option_count; i++)
        options[i].in_card = true;
}

void saying_card(struct intent_reader *r, const struct yaml_value *v, struct saying *ret)
{
    static const struct intent_key keys[] = {{"title", read_card_title},
                                             {"text", read_card_text},
                                             {"image", read_card_image},
                                             {"buttons", read_card_buttons}};
    struct card c = {arena_alloc(r->collect->arena, sizeof *c.block), ret};
    if (v->kind != YAML_MAP)
        intent_complain(r, v, "a card is written {title: …, text: …, image: …, buttons: […]}");
    if (c.block == NULL || v->kind != YAML_MAP)
        return;
    c.block->kind = BLOCK_CARD;
    intent_keys(r, v, keys, sizeof keys / sizeof *keys, &c, "a card has title, text, image and buttons");
    if (yaml_find(v, "title") == NULL)
        intent_complain(r, v, "a card without “title”");
    if (c.block->text != NULL)
        append(r, ret, c.block);
}

/* The text as a Markdown list of one, so that buttons are read as in knowledge files. Markdown has no spaces in
 * addresses, words that are said have. */
static const char *as_item(struct arena *arena, const char *text)
{
    static const char say[] = "](say:";
    const char *at = strstr(text, say);
    size_t size = strlen(text);
    if (at == NULL || text[size - 1] != ')')
        return arena_printf(arena, "- %s", text);
    size_t before = (size_t)(at - text) + 2;
    return arena_printf(arena, "- %.*s<%.*s>)", (int)before, text, (int)(size - before - 1), text + before);
}

static void read_button(struct intent_reader *r, const struct yaml_value *v, struct option *options, size_t *count)
{
    if (!intent_text(r, v, SITE_TEXT_BYTES))
        return;
    struct answer_source source = source_of(r, v);
    const char *item = as_item(r->collect->arena, v->text);
    if (item == NULL)
        return;
    cmark_node *document = answer_parse((struct span){item, strlen(item)});
    cmark_node *list = cmark_node_first_child(document);
    bool one = list != NULL && cmark_node_next(list) == NULL && cmark_node_get_type(list) == CMARK_NODE_LIST &&
               answer_is_options(list);
    size_t found = 0;
    const struct option *option = one ? answer_options(&source, list, &found) : NULL;
    if (!one)
        intent_complain(r, v,
                        "a button is a link in quotes: \"[words](#id)\", with intent:ID, agent:DEPARTMENT, say:WORDS "
                        "or an address");
    else if (found == 1)
        options[(*count)++] = option[0];
    cmark_node_free(document);
}

void saying_buttons(struct intent_reader *r, const struct yaml_value *v, struct saying *ret)
{
    size_t before = ret->option_count;
    if (v->kind != YAML_LIST || v->count + before > SITE_OPTIONS) {
        intent_complain(r, v, "“buttons” must be a list of at most %d links such as \"[words](#id)\"", SITE_OPTIONS);
        return;
    }
    struct option *options = arena_array(r->collect->arena, v->count + before + 1, sizeof *options);
    if (options == NULL)
        return;
    size_t count = before;
    if (before > 0)
        memcpy(options, ret->options, before * sizeof *options);
    for (const struct yaml_value *b = v->child; b != NULL; b = b->next)
        read_button(r, b, options, &count);
    ret->options = options;
    ret->option_count = count;
}

void saying_mood(struct intent_reader *r, const struct yaml_value *v, struct saying *ret)
{
    struct suggest near = suggest_start(v->kind == YAML_TEXT ? v->text : "");
    mood_suggest(&near);
    if (v->kind != YAML_TEXT || !mood_is(v->text))
        intent_complain(r, v, "“mood” must be one of " MOOD_NAMES "%s", suggest_phrase(&near, r->collect->arena));
    else
        ret->mood = v->text;
}
