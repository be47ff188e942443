/* One answer while it is made: what is said, who says it, how deep. See speech.h. */
#include "aiml/speech.h"

#include "base/hash.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { PIECE_BYTES = 32 }; /* that the arena may add to a piece */

void speech_fault(struct speech *t, enum aiml_fault fault)
{
    if (t->fault == AIML_FAULT_NONE)
        t->fault = fault;
}

bool speech_spend(struct speech *t, size_t bytes)
{
    if (bytes > t->work) {
        speech_fault(t, AIML_FAULT_LENGTH);
        return false;
    }
    t->work -= bytes;
    return true;
}

static void raw(struct speech *t, const char *bytes, size_t size)
{
    if (t->fault != AIML_FAULT_NONE || t->no_memory)
        return;
    if (size >= SPEECH_ROOM - t->used) {
        speech_fault(t, AIML_FAULT_LENGTH);
        return;
    }
    memcpy(t->text + t->used, bytes, size);
    t->used += size;
}

void speech_say(struct speech *t, const char *bytes, size_t size)
{
    size_t mark = t->used;
    raw(t, bytes, size);
    for (; mark < t->used; mark++)
        if ((unsigned char)t->text[mark] < 0x20 && t->text[mark] != '\n')
            t->text[mark] = ' ';
}

void speech_puts(struct speech *t, const char *text)
{
    speech_say(t, text, strlen(text));
}

void speech_mark(struct speech *t, enum rich_kind kind, const char *text, const char *target)
{
    char mark[16];
    if (t->rich_count == SPEECH_RICH)
        return;
    int size = snprintf(mark, sizeof mark, "%c%zu%c", MARK_OPEN, t->rich_count, MARK_CLOSE);
    t->rich[t->rich_count++] = (struct rich){.kind = kind, .text = text, .target = target};
    raw(t, mark, (size_t)size);
}

size_t speech_solid(const struct speech *t, size_t mark)
{
    size_t solid = 0;
    for (size_t i = mark; i < t->used; i++)
        solid += !isspace((unsigned char)t->text[i]);
    return solid;
}

const char *speech_taken(struct speech *t, size_t mark)
{
    size_t size = t->used - mark, to = 0;
    bool in_mark = false;
    char *out = NULL;
    if (speech_spend(t, size + PIECE_BYTES))
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

static void say_text(struct speech *t, struct scene *s, const struct image_op *op)
{
    (void)s;
    speech_say(t, t->a->text + op->text, op->size);
}

/* --- stars --- */

static void say_star(struct speech *t, const struct scene *s, long n, int part)
{
    if (n < 1 || (size_t)n > s->match.star_count[part])
        return;
    const struct match_star *star = &s->match.stars[part][n - 1];
    const struct heard *h = &s->part[part];
    if (star->member != 0) {
        speech_puts(t, t->a->text + t->a->members[star->member - 1].text);
    } else if (star->count > 0) {
        const struct heard_word *first = &h->words[star->at], *last = first + star->count - 1;
        speech_say(t, h->text + first->at, last->at + last->size - first->at);
    }
}

static void say_star_of(struct speech *t, struct scene *s, const struct image_op *op, int part)
{
    const char *index = speech_param(t, s, op, PARAM_INDEX);
    say_star(t, s, index != NULL ? strtol(index, NULL, 10) : 1, part);
}

const char *speech_star(struct speech *t, struct scene *s)
{
    size_t mark = t->used;
    say_star(t, s, 1, PART_PATTERN);
    return speech_taken(t, mark);
}

static void say_pattern_star(struct speech *t, struct scene *s, const struct image_op *op)
{
    say_star_of(t, s, op, PART_PATTERN);
}

static void say_that_star(struct speech *t, struct scene *s, const struct image_op *op)
{
    say_star_of(t, s, op, PART_THAT);
}

static void say_topic_star(struct speech *t, struct scene *s, const struct image_op *op)
{
    say_star_of(t, s, op, PART_TOPIC);
}

/* --- one category asks for another --- */

static void ask(struct speech *t, struct scene *s, const char *text)
{
    size_t mark = t->used, category;
    bool by_default;
    if (++t->srais > AIML_SRAI || t->depth >= AIML_DEPTH) {
        speech_fault(t, AIML_FAULT_DEPTH);
        return;
    }
    if (speech_answer(t, text, &category, &by_default) && by_default)
        s->from_default += speech_solid(t, mark);
}

static void say_srai(struct speech *t, struct scene *s, const struct image_op *op)
{
    ask(t, s, speech_content(t, s, op));
}

static void say_sr(struct speech *t, struct scene *s, const struct image_op *op)
{
    (void)op;
    ask(t, s, speech_star(t, s));
}

/* --- the rest --- */

static void say_random(struct speech *t, struct scene *s, const struct image_op *op)
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
            speech_inner(t, s, &a->ops[i]);
            return;
        }
}

/* Everything happens, nothing is said. */
static void say_nothing(struct speech *t, struct scene *s, const struct image_op *op)
{
    size_t mark = t->used, options = t->option_count, from_default = s->from_default;
    speech_inner(t, s, op);
    t->used = mark < t->used ? mark : t->used;
    t->option_count = options;
    s->from_default = from_default;
}

static void say_loop(struct speech *t, struct scene *s, const struct image_op *op)
{
    (void)s, (void)op;
    t->loop = true;
}

static void say_number(struct speech *t, size_t n)
{
    char text[24];
    snprintf(text, sizeof text, "%zu", n);
    speech_puts(t, text);
}

static void say_size(struct speech *t, struct scene *s, const struct image_op *op)
{
    (void)s, (void)op;
    say_number(t, aiml_categories(t->a));
}

static void say_vocabulary(struct speech *t, struct scene *s, const struct image_op *op)
{
    (void)s, (void)op;
    say_number(t, image_count(t->a, SECTION_WORDS) - 1);
}

static void say_program(struct speech *t, struct scene *s, const struct image_op *op)
{
    (void)s, (void)op;
    speech_puts(t, "Sportello");
}

static void say_id(struct speech *t, struct scene *s, const struct image_op *op)
{
    (void)s, (void)op;
    speech_puts(t, "unknown"); /* who a visitor is belongs to nobody's template */
}

static speech_element *const elements[TAGS] = {
    [TAG_TEXT] = say_text,
    [TAG_GROUP] = speech_inner,
    [TAG_BOT] = speech_bot,
    [TAG_CONDITION] = speech_condition,
    [TAG_DATE] = speech_date,
    [TAG_DENORMALIZE] = speech_denormalize,
    [TAG_EXPLODE] = speech_explode,
    [TAG_FIRST] = speech_first,
    [TAG_FORMAL] = speech_formal,
    [TAG_GENDER] = speech_gender,
    [TAG_GET] = speech_get,
    [TAG_ID] = say_id,
    [TAG_IMPLODE] = speech_implode,
    [TAG_INPUT] = speech_input,
    [TAG_INTERVAL] = speech_interval,
    [TAG_LI] = speech_item,
    [TAG_LOOP] = say_loop,
    [TAG_LOWERCASE] = speech_lowercase,
    [TAG_MAP] = speech_map,
    [TAG_NORMALIZE] = speech_normalize,
    [TAG_PERSON] = speech_person,
    [TAG_PERSON2] = speech_person2,
    [TAG_PROGRAM] = say_program,
    [TAG_RANDOM] = say_random,
    [TAG_REQUEST] = speech_request,
    [TAG_RESPONSE] = speech_response,
    [TAG_REST] = speech_rest,
    [TAG_SENTENCE] = speech_sentence,
    [TAG_SET] = speech_set,
    [TAG_SIZE] = say_size,
    [TAG_SR] = say_sr,
    [TAG_SRAI] = say_srai,
    [TAG_STAR] = say_pattern_star,
    [TAG_THAT] = speech_that,
    [TAG_THATSTAR] = say_that_star,
    [TAG_THINK] = say_nothing,
    [TAG_TOPICSTAR] = say_topic_star,
    [TAG_UPPERCASE] = speech_uppercase,
    [TAG_VOCABULARY] = say_vocabulary,
    [TAG_BREAK] = speech_break,
    [TAG_BUTTON] = speech_button,
    [TAG_CARD] = speech_card,
    [TAG_IMAGE] = speech_image,
    [TAG_ITEM] = speech_item,
    [TAG_LINK] = speech_link,
    [TAG_LIST] = speech_list,
    [TAG_OLIST] = speech_olist,
    [TAG_PARAGRAPH] = speech_paragraph,
    [TAG_REPLY] = speech_reply,
    [TAG_STRONG] = speech_strong,
    [TAG_EMPHASIS] = speech_emphasis,
    [TAG_VIDEO] = speech_video,
};

void speech_inner(struct speech *t, struct scene *s, const struct image_op *op)
{
    const struct aiml *a = t->a;
    if (++t->nest > SPEECH_NEST)
        speech_fault(t, AIML_FAULT_DEPTH);
    for (uint32_t i = op->child; i != 0 && t->fault == AIML_FAULT_NONE && !t->no_memory; i = a->ops[i].next)
        if (elements[a->ops[i].tag] != NULL)
            elements[a->ops[i].tag](t, s, &a->ops[i]);
    t->nest--;
}

const char *speech_content(struct speech *t, struct scene *s, const struct image_op *op)
{
    size_t mark = t->used, options = t->option_count, from_default = s->from_default;
    speech_inner(t, s, op);
    t->option_count = options;
    s->from_default = from_default;
    return speech_taken(t, mark < t->used ? mark : t->used);
}

const char *speech_param(struct speech *t, struct scene *s, const struct image_op *op, enum element_param param)
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
        return speech_content(t, s, &a->ops[i]);
    }
    return NULL;
}

static void hear_topic(struct speech *t)
{
    if (t->topic_known)
        return;
    const char *topic = speech_predicate(t, "topic");
    topic = topic != NULL && strcmp(topic, "*") != 0 ? topic : "";
    t->no_memory = match_hear(t->a, topic, strlen(topic), t->arena, &t->topic) < 0;
    if (t->topic.count == 0)
        t->topic = match_nothing();
    t->topic_known = true;
}

static void note(struct speech *t, uint32_t category)
{
    if (t->trail_count < AIML_TRAIL)
        t->trail[t->trail_count++] = category;
}

bool speech_answer(struct speech *t, const char *text, size_t *ret_category, bool *ret_default)
{
    struct heard *part = arena_array(t->arena, PARTS, sizeof *part);
    struct scene s = {.part = part};
    if (part == NULL || match_hear(t->a, text, strlen(text), t->arena, &part[PART_PATTERN]) < 0) {
        t->no_memory = true;
        return false;
    }
    speech_spend(t, sizeof *part * PARTS + part->count * (sizeof *part->words + sizeof(struct match_star)) +
                        6 * PIECE_BYTES);
    hear_topic(t);
    part[PART_THAT] = t->that;
    part[PART_TOPIC] = t->topic;
    if (t->no_memory || t->fault != AIML_FAULT_NONE)
        return false;
    if (match_find(t->a, part, &t->scratch, t->arena, &s.match) < 0) {
        speech_fault(t, AIML_FAULT_STEPS);
        return false;
    }
    if (s.match.category == 0)
        return false;
    const struct image_category *c = &t->a->categories[s.match.category - 1];
    size_t mark = t->used;
    note(t, s.match.category - 1);
    t->depth++;
    speech_inner(t, &s, &t->a->ops[c->template]);
    t->depth--;
    size_t solid = t->used > mark ? speech_solid(t, mark) : 0;
    *ret_category = s.match.category - 1;
    *ret_default = (c->flags & CATEGORY_DEFAULT) != 0 || (solid > 0 && s.from_default >= solid);
    return true;
}
