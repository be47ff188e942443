/* One answer while it is made: what is said, who says it, how deep. See talk.h. */
#include "aiml/talk.h"

#include "base/hash.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { PIECE_BYTES = 32 }; /* that the arena may add to a piece */

void talk_fault(struct talk *t, enum aiml_fault fault)
{
    if (t->fault == AIML_FAULT_NONE)
        t->fault = fault;
}

bool talk_spend(struct talk *t, size_t bytes)
{
    if (bytes > t->work) {
        talk_fault(t, AIML_FAULT_LENGTH);
        return false;
    }
    t->work -= bytes;
    return true;
}

static void raw(struct talk *t, const char *bytes, size_t size)
{
    if (t->fault != AIML_FAULT_NONE || t->no_memory)
        return;
    if (size >= TALK_ROOM - t->used) {
        talk_fault(t, AIML_FAULT_LENGTH);
        return;
    }
    memcpy(t->text + t->used, bytes, size);
    t->used += size;
}

void talk_say(struct talk *t, const char *bytes, size_t size)
{
    size_t mark = t->used;
    raw(t, bytes, size);
    for (; mark < t->used; mark++)
        if ((unsigned char)t->text[mark] < 0x20 && t->text[mark] != '\n')
            t->text[mark] = ' ';
}

void talk_puts(struct talk *t, const char *text)
{
    talk_say(t, text, strlen(text));
}

void talk_mark(struct talk *t, enum rich_kind kind, const char *text, const char *target)
{
    char mark[16];
    if (t->rich_count == TALK_RICH)
        return;
    int size = snprintf(mark, sizeof mark, "%c%zu%c", MARK_OPEN, t->rich_count, MARK_CLOSE);
    t->rich[t->rich_count++] = (struct rich){kind, text, target};
    raw(t, mark, (size_t)size);
}

size_t talk_solid(const struct talk *t, size_t mark)
{
    size_t solid = 0;
    for (size_t i = mark; i < t->used; i++)
        solid += !isspace((unsigned char)t->text[i]);
    return solid;
}

const char *talk_taken(struct talk *t, size_t mark)
{
    size_t size = t->used - mark, to = 0;
    bool in_mark = false;
    char *out = NULL;
    if (talk_spend(t, size + PIECE_BYTES))
        out = arena_alloc(t->arena, size + 1);
    if (out == NULL) {
        t->no_memory = t->no_memory || t->fault == AIML_FAULT_NONE;
        t->used = mark;
        return "";
    }
    for (size_t i = mark; i < t->used; i++) {
        char c = t->text[i];
        if (c == MARK_OPEN)
            in_mark = true;
        if (!in_mark && !(isspace((unsigned char)c) && (to == 0 || out[to - 1] == ' ')))
            out[to++] = isspace((unsigned char)c) ? ' ' : c;
        if (c == MARK_CLOSE)
            in_mark = false;
    }
    while (to > 0 && out[to - 1] == ' ')
        to--;
    out[to] = '\0';
    t->used = mark;
    return out;
}

static void say_text(struct talk *t, struct scene *s, const struct image_op *op)
{
    (void)s;
    talk_say(t, t->a->text + op->text, op->size);
}

/* --- stars --- */

static void say_star(struct talk *t, const struct scene *s, long n, int part)
{
    if (n < 1 || (size_t)n > s->match.star_count[part])
        return;
    const struct match_star *star = &s->match.stars[part][n - 1];
    const struct heard *h = &s->part[part];
    if (star->member != 0) {
        talk_puts(t, t->a->text + t->a->members[star->member - 1].text);
    } else if (star->count > 0) {
        const struct heard_word *first = &h->words[star->at], *last = first + star->count - 1;
        talk_say(t, h->text + first->at, last->at + last->size - first->at);
    }
}

static void say_star_of(struct talk *t, struct scene *s, const struct image_op *op, int part)
{
    const char *index = talk_param(t, s, op, PARAM_INDEX);
    say_star(t, s, index != NULL ? strtol(index, NULL, 10) : 1, part);
}

const char *talk_star(struct talk *t, struct scene *s)
{
    size_t mark = t->used;
    say_star(t, s, 1, PART_PATTERN);
    return talk_taken(t, mark);
}

static void say_pattern_star(struct talk *t, struct scene *s, const struct image_op *op)
{
    say_star_of(t, s, op, PART_PATTERN);
}

static void say_that_star(struct talk *t, struct scene *s, const struct image_op *op)
{
    say_star_of(t, s, op, PART_THAT);
}

static void say_topic_star(struct talk *t, struct scene *s, const struct image_op *op)
{
    say_star_of(t, s, op, PART_TOPIC);
}

/* --- one category asks for another --- */

static void ask(struct talk *t, struct scene *s, const char *text)
{
    size_t mark = t->used, category;
    bool by_default;
    if (++t->srais > AIML_SRAI || t->depth >= AIML_DEPTH) {
        talk_fault(t, AIML_FAULT_DEPTH);
        return;
    }
    if (talk_answer(t, text, &category, &by_default) && by_default)
        s->from_default += talk_solid(t, mark);
}

static void say_srai(struct talk *t, struct scene *s, const struct image_op *op)
{
    ask(t, s, talk_content(t, s, op));
}

static void say_sr(struct talk *t, struct scene *s, const struct image_op *op)
{
    (void)op;
    ask(t, s, talk_star(t, s));
}

/* --- the rest --- */

static void say_random(struct talk *t, struct scene *s, const struct image_op *op)
{
    size_t count = 0;
    const struct aiml *a = t->a;
    for (uint32_t i = op->child; i != 0; i = a->ops[i].next)
        count += a->ops[i].tag == TAG_LI;
    if (count == 0)
        return;
    size_t chosen = hash_mix(t->heard->chance + 0x9e3779b97f4a7c15u * ++t->draws) % count;
    for (uint32_t i = op->child; i != 0; i = a->ops[i].next)
        if (a->ops[i].tag == TAG_LI && chosen-- == 0) {
            talk_inner(t, s, &a->ops[i]);
            return;
        }
}

/* Everything happens, nothing is said. */
static void say_nothing(struct talk *t, struct scene *s, const struct image_op *op)
{
    size_t mark = t->used, options = t->option_count, from_default = s->from_default;
    talk_inner(t, s, op);
    t->used = mark < t->used ? mark : t->used;
    t->option_count = options;
    s->from_default = from_default;
}

static void say_loop(struct talk *t, struct scene *s, const struct image_op *op)
{
    (void)s, (void)op;
    t->loop = true;
}

static void say_number(struct talk *t, size_t n)
{
    char text[24];
    snprintf(text, sizeof text, "%zu", n);
    talk_puts(t, text);
}

static void say_size(struct talk *t, struct scene *s, const struct image_op *op)
{
    (void)s, (void)op;
    say_number(t, aiml_categories(t->a));
}

static void say_vocabulary(struct talk *t, struct scene *s, const struct image_op *op)
{
    (void)s, (void)op;
    say_number(t, image_count(t->a, SECTION_WORDS) - 1);
}

static void say_program(struct talk *t, struct scene *s, const struct image_op *op)
{
    (void)s, (void)op;
    talk_puts(t, "Sportello");
}

static void say_id(struct talk *t, struct scene *s, const struct image_op *op)
{
    (void)s, (void)op;
    talk_puts(t, "unknown"); /* who a visitor is belongs to nobody's template */
}

static talk_element *const elements[TAGS] = {
    [TAG_TEXT] = say_text,
    [TAG_GROUP] = talk_inner,
    [TAG_BOT] = talk_bot,
    [TAG_CONDITION] = talk_condition,
    [TAG_DATE] = talk_date,
    [TAG_DENORMALIZE] = talk_denormalize,
    [TAG_EXPLODE] = talk_explode,
    [TAG_FIRST] = talk_first,
    [TAG_FORMAL] = talk_formal,
    [TAG_GENDER] = talk_gender,
    [TAG_GET] = talk_get,
    [TAG_ID] = say_id,
    [TAG_IMPLODE] = talk_implode,
    [TAG_INPUT] = talk_input,
    [TAG_INTERVAL] = talk_interval,
    [TAG_LI] = talk_item,
    [TAG_LOOP] = say_loop,
    [TAG_LOWERCASE] = talk_lowercase,
    [TAG_MAP] = talk_map,
    [TAG_NORMALIZE] = talk_normalize,
    [TAG_PERSON] = talk_person,
    [TAG_PERSON2] = talk_person2,
    [TAG_PROGRAM] = say_program,
    [TAG_RANDOM] = say_random,
    [TAG_REQUEST] = talk_request,
    [TAG_RESPONSE] = talk_response,
    [TAG_REST] = talk_rest,
    [TAG_SENTENCE] = talk_sentence,
    [TAG_SET] = talk_set,
    [TAG_SIZE] = say_size,
    [TAG_SR] = say_sr,
    [TAG_SRAI] = say_srai,
    [TAG_STAR] = say_pattern_star,
    [TAG_THAT] = talk_that,
    [TAG_THATSTAR] = say_that_star,
    [TAG_THINK] = say_nothing,
    [TAG_TOPICSTAR] = say_topic_star,
    [TAG_UPPERCASE] = talk_uppercase,
    [TAG_VOCABULARY] = say_vocabulary,
    [TAG_BREAK] = talk_break,
    [TAG_BUTTON] = talk_button,
    [TAG_CARD] = talk_card,
    [TAG_IMAGE] = talk_image,
    [TAG_ITEM] = talk_item,
    [TAG_LINK] = talk_link,
    [TAG_LIST] = talk_list,
    [TAG_OLIST] = talk_olist,
    [TAG_PARAGRAPH] = talk_paragraph,
    [TAG_REPLY] = talk_reply,
    [TAG_STRONG] = talk_strong,
    [TAG_EMPHASIS] = talk_emphasis,
    [TAG_VIDEO] = talk_video,
};

void talk_inner(struct talk *t, struct scene *s, const struct image_op *op)
{
    const struct aiml *a = t->a;
    if (++t->nest > TALK_NEST)
        talk_fault(t, AIML_FAULT_DEPTH);
    for (uint32_t i = op->child; i != 0 && t->fault == AIML_FAULT_NONE && !t->no_memory; i = a->ops[i].next)
        if (elements[a->ops[i].tag] != NULL)
            elements[a->ops[i].tag](t, s, &a->ops[i]);
    t->nest--;
}

const char *talk_content(struct talk *t, struct scene *s, const struct image_op *op)
{
    size_t mark = t->used, options = t->option_count, from_default = s->from_default;
    talk_inner(t, s, op);
    t->option_count = options;
    s->from_default = from_default;
    return talk_taken(t, mark < t->used ? mark : t->used);
}

const char *talk_param(struct talk *t, struct scene *s, const struct image_op *op, enum element_param param)
{
    const struct aiml *a = t->a;
    for (uint32_t i = op->child; i != 0; i = a->ops[i].next) {
        if (a->ops[i].tag != TAG_PARAM || a->ops[i].param != param)
            continue;
        uint32_t text = a->ops[i].child;
        bool plain = text != 0 && a->ops[text].next == 0 && a->ops[text].tag == TAG_TEXT;
        const char *end = plain ? a->text + a->ops[text].text + a->ops[text].size : NULL;
        /* An attribute as it stands in the file needs no copy. */
        if (plain && *end == '\0' && strlen(end - a->ops[text].size) == a->ops[text].size)
            return a->text + a->ops[text].text;
        return talk_content(t, s, &a->ops[i]);
    }
    return NULL;
}

static void hear_topic(struct talk *t)
{
    if (t->topic_known)
        return;
    const char *topic = talk_predicate(t, "topic");
    topic = topic != NULL && strcmp(topic, "*") != 0 ? topic : "";
    t->no_memory = match_hear(t->a, topic, strlen(topic), t->arena, &t->topic) < 0;
    if (t->topic.count == 0)
        t->topic = match_nothing();
    t->topic_known = true;
}

static void note(struct talk *t, uint32_t category)
{
    if (t->trail_count < AIML_TRAIL)
        t->trail[t->trail_count++] = category;
}

bool talk_answer(struct talk *t, const char *text, size_t *ret_category, bool *ret_default)
{
    struct heard *part = arena_array(t->arena, PARTS, sizeof *part);
    struct scene s = {.part = part};
    if (part == NULL || match_hear(t->a, text, strlen(text), t->arena, &part[PART_PATTERN]) < 0) {
        t->no_memory = true;
        return false;
    }
    talk_spend(t, sizeof *part * PARTS + part->count * (sizeof *part->words + sizeof(struct match_star)) +
                      6 * PIECE_BYTES);
    hear_topic(t);
    part[PART_THAT] = t->that;
    part[PART_TOPIC] = t->topic;
    if (t->no_memory || t->fault != AIML_FAULT_NONE)
        return false;
    if (match_find(t->a, part, &t->scratch, t->arena, &s.match) < 0) {
        talk_fault(t, AIML_FAULT_STEPS);
        return false;
    }
    if (s.match.category == 0)
        return false;
    const struct image_category *c = &t->a->categories[s.match.category - 1];
    size_t mark = t->used;
    note(t, s.match.category - 1);
    t->depth++;
    talk_inner(t, &s, &t->a->ops[c->template]);
    t->depth--;
    size_t solid = t->used > mark ? talk_solid(t, mark) : 0;
    *ret_category = s.match.category - 1;
    *ret_default = (c->flags & CATEGORY_DEFAULT) != 0 || (solid > 0 && s.from_default >= solid);
    return true;
}
