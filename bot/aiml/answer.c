/* One message, sentence by sentence: see aiml.h. */
#include "aiml/change.h"
#include "aiml/speech.h"
#include "aiml/words.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

const char *aiml_fault_name(enum aiml_fault fault)
{
    static const char *const names[] = {
        [AIML_FAULT_NONE] = "none",
        [AIML_FAULT_DEPTH] = "one category asks for another without end",
        [AIML_FAULT_STEPS] = "too many categories had to be looked at",
        [AIML_FAULT_LOOP] = "a condition loops without end",
        [AIML_FAULT_LENGTH] = "the answer became too long",
    };
    return names[fault];
}

/* What the bot said last, its last sentence. */
static int hear_that(struct speech *t)
{
    const char *said = t->past_count > 0 ? t->past[0].response : "";
    size_t size = strlen(said), from = 0, end = size;
    for (size_t at = 0; at < size;) {
        struct words_reader r = {said, words_sentence(said, size, at), at};
        struct word w;
        size_t begin = at;
        at = r.size;
        if (words_next(&r, &w)) {
            from = begin;
            end = at;
        }
    }
    int result = match_hear(t->a, said + from, end - from, t->arena, &t->that);
    if (result == 0 && t->that.count == 0)
        t->that = match_nothing();
    return result;
}

static struct speech *speech_new(const struct aiml *a, const struct aiml_heard *heard, const struct aiml_memory *memory,
                                 struct arena *arena)
{
    struct speech *t = arena_alloc(arena, sizeof *t);
    if (t == NULL || (t->text = arena_alloc_raw(arena, SPEECH_ROOM)) == NULL)
        return NULL;
    t->a = a;
    t->heard = heard;
    t->arena = arena;
    t->scratch.steps = AIML_STEPS;
    t->work = AIML_WORK_BYTES;
    t->earlier = "";
    t->past = memory->past;
    t->past_count = memory->past_count < AIML_PAST ? memory->past_count : AIML_PAST;
    size_t over = memory->predicate_count > AIML_PREDICATES ? memory->predicate_count - AIML_PREDICATES : 0;
    t->predicate_count = memory->predicate_count - over;
    if (t->predicate_count > 0)
        memcpy(t->predicates, memory->predicates + over, t->predicate_count * sizeof *t->predicates);
    return hear_that(t) == 0 ? t : NULL;
}

/* What has been found out about the message as a whole. */
struct verdict {
    bool matched, understood; /* understood: something but a default answered */
    size_t first;             /* category of the first sentence that had one */
};

/* Something was said before: its sentence ends before the next begins. */
static void part_answers(struct speech *t, size_t mark)
{
    size_t end = mark;
    while (end > 0 && isspace((unsigned char)t->text[end - 1]))
        end--;
    bool closed = end == 0 || strchr(".!?:;,)", t->text[end - 1]) != NULL || (unsigned char)t->text[end - 1] >= 0x80 ||
                  t->text[end - 1] == MARK_CLOSE;
    size_t room = closed ? 1 : 2;
    if (t->used == mark || end == 0 || t->used + room >= SPEECH_ROOM)
        return;
    memmove(t->text + end + room, t->text + mark, t->used - mark);
    memcpy(t->text + end, closed ? " " : ". ", room);
    t->used = t->used - mark + end + room;
}

static void answer_sentence(struct speech *t, const char *sentence, struct verdict *v)
{
    size_t mark = t->used, category;
    bool by_default;
    t->sentence = sentence;
    if (!speech_answer(t, sentence, &category, &by_default))
        return;
    if (!v->matched)
        v->first = category;
    v->matched = true;
    v->understood = v->understood || !by_default;
    if (t->used > mark && speech_solid(t, mark) > 0)
        part_answers(t, mark);
    else
        t->used = mark < t->used ? mark : t->used;
}

static bool has_words(const char *text, size_t size)
{
    struct words_reader r = {text, size, 0};
    struct word w;
    return words_next(&r, &w);
}

static void answer_all(struct speech *t, const char *text, size_t size, struct verdict *v)
{
    int sentences = 0;
    for (size_t at = 0; at < size && t->fault == AIML_FAULT_NONE && !t->no_memory;) {
        size_t end = sentences + 1 == AIML_SENTENCES ? size : words_sentence(text, size, at), from = at;
        at = end;
        if (!has_words(text + from, end - from))
            continue;
        while (from < end && isspace((unsigned char)text[from]))
            from++;
        while (end > from && isspace((unsigned char)text[end - 1]))
            end--;
        const char *sentence = arena_strndup(t->arena, text + from, end - from);
        const char *before = arena_strndup(t->arena, text, from);
        if (sentence == NULL || before == NULL) {
            t->no_memory = true;
            return;
        }
        t->earlier = before;
        answer_sentence(t, sentence, v);
        sentences++;
    }
    if (sentences == 0 && t->fault == AIML_FAULT_NONE)
        answer_sentence(t, "", v);
}

/* The exchange in front of those before, and the predicates as they are now. */
static int remember(struct speech *t, const struct aiml_memory *old, const char *request, struct aiml_reply *r)
{
    bool kept = t->fault == AIML_FAULT_NONE;
    size_t count = kept ? t->predicate_count : old->predicate_count, rest = t->past_count;
    struct aiml_pair *pairs = arena_array(t->arena, count > 0 ? count : 1, sizeof *pairs);
    struct aiml_exchange *past = arena_array(t->arena, AIML_PAST, sizeof *past);
    rest = rest < AIML_PAST ? rest : AIML_PAST - 1;
    if (pairs == NULL || past == NULL)
        return -1;
    if (count > 0)
        memcpy(pairs, kept ? t->predicates : old->predicates, count * sizeof *pairs);
    past[0] = (struct aiml_exchange){memory_cut(t->arena, request, AIML_PAST_BYTES),
                                     memory_cut(t->arena, r->text, AIML_PAST_BYTES)};
    if (rest > 0)
        memcpy(past + 1, t->past, rest * sizeof *past);
    r->memory = (struct aiml_memory){pairs, count, past, rest + 1};
    return past[0].request != NULL && past[0].response != NULL ? 0 : -1;
}

static void fill(struct speech *t, const struct verdict *v, struct aiml_reply *r)
{
    r->matched = v->matched;
    r->fallback = !v->understood;
    r->fault = t->fault;
    r->trail = t->trail;
    r->trail_count = t->trail_count;
    if (v->matched) {
        const struct image_category *c = &t->a->categories[v->first];
        r->file = t->a->text + c->file;
        r->line = (int)c->line;
    }
    if (t->fault != AIML_FAULT_NONE)
        return;
    r->text = speech_plain(t, t->text, t->used);
    r->blocks = speech_blocks(t, t->text, t->used);
    r->options = t->options;
    r->option_count = t->option_count;
    if (strlen(r->text) <= AIML_OUTPUT_BYTES)
        return;
    speech_fault(t, AIML_FAULT_LENGTH);
    *r = (struct aiml_reply){.text = "",
                             .matched = r->matched,
                             .fallback = r->fallback,
                             .fault = t->fault,
                             .file = r->file,
                             .line = r->line,
                             .trail = r->trail,
                             .trail_count = r->trail_count};
}

int aiml_answer(const struct aiml *a, const struct aiml_heard *heard, const struct aiml_memory *memory,
                struct arena *arena, struct aiml_reply *ret)
{
    struct speech *t = speech_new(a, heard, memory, arena);
    struct verdict v = {0};
    struct aiml_reply r = {.text = ""};
    size_t size = strlen(heard->text);
    if (t == NULL)
        return -1;
    const char *text = change_text(a, CHANGE_NORMAL, heard->text, size, SPEECH_ROOM, arena, &size);
    if (text == NULL)
        return -1;
    answer_all(t, text, size, &v);
    if (t->no_memory)
        return -1;
    fill(t, &v, &r);
    if (t->no_memory || remember(t, memory, heard->text, &r) < 0)
        return -1;
    *ret = r;
    return 0;
}
