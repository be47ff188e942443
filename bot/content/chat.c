/* The reader of dialogue tests: see chat.h. */
#include "content/chat.h"

#include "content/chat_world.h"
#include "content/gesture.h"
#include "content/ident.h"
#include "content/lines.h"
#include "content/mood.h"
#include "content/suggest.h"

#include <stdlib.h>
#include <string.h>

enum { LINES_MAX = 2000, LINE_BYTES = 4096 };

struct reader {
    struct arena *arena;
    struct problems *problems;
    const char *file;
    struct chat_line *lines;
    size_t count, room;
    int line;        /* number of the line at work */
    struct span raw; /* the line at work */
    bool told_full;
};

static int column_of(const struct reader *r, const char *text)
{
    return lines_column(r->raw.text, (size_t)(text - r->raw.text));
}

static void complain(const struct reader *r, const char *at, const char *message)
{
    problem_add(r->problems, SEVERITY_ERROR, r->file, r->line, column_of(r, at), "%s", message);
}

static struct chat_line *add(struct reader *r, enum chat_line_kind kind, const char *at)
{
    if (r->count == LINES_MAX) {
        if (!r->told_full)
            complain(r, at, "more than 2000 lines in one dialogue; split it");
        r->told_full = true;
        return NULL;
    }
    if (r->count == r->room) {
        size_t room = r->room > 0 ? r->room * 2 : 16;
        void *wider = arena_grow(r->arena, r->lines, r->count * sizeof *r->lines, room * sizeof *r->lines);
        if (wider == NULL)
            return NULL;
        r->lines = wider;
        r->room = room;
    }
    struct chat_line *line = &r->lines[r->count++];
    *line = (struct chat_line){.kind = kind, .line = r->line, .column = column_of(r, at), .text = ""};
    return line;
}

/* --- conditions ---------------------------------------------------------------------------- */

static bool is_known_kind(const char *text)
{
    static const char *const kinds[] = {"answer", "offer", "rephrase", "handoff", "rule", "flow", "silent"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i], text) == 0)
            return true;
    return false;
}

static bool is_id(const char *text)
{
    return ident_valid(text, strlen(text));
}

static bool is_id_or_none(const char *text)
{
    return text[0] == '\0' || is_id(text);
}

static bool is_none(const char *text)
{
    return text[0] == '\0';
}

static bool is_some(const char *text)
{
    return text[0] != '\0';
}

static bool is_gesture(const char *text)
{
    return gesture_named(text, strlen(text)) != NULL;
}

static const struct condition {
    const char *word;
    enum chat_check check;
    bool (*is_good)(const char *argument);
    const char *remedy;
} conditions[] = {
    {"article", CHECK_ARTICLE, is_id, "write “article” and the id of an entry"},
    {"intent", CHECK_INTENT, is_id, "write “intent” and the id of an intent"},
    {"flow", CHECK_FLOW, is_id, "write “flow” and the id of an intent with steps"},
    {"asks", CHECK_ASKS, is_some, "write “asks” and the name of a slot, or “asks confirm”"},
    {"slot", CHECK_SLOT, is_some, "write “slot NAME = VALUE”, or “slot NAME”"},
    {"calls", CHECK_CALLS, is_some, "write “calls” and the name of a webhook"},
    {"handoff", CHECK_HANDOFF, is_id_or_none, "write “handoff”, or “handoff” and the id of a department"},
    {"fallback", CHECK_FALLBACK, is_none, "“fallback” stands alone"},
    {"kind", CHECK_KIND, is_known_kind, "a kind is answer, offer, rephrase, handoff, rule, flow or silent"},
    {"offers", CHECK_OFFERS, is_id, "write “offers” and the id of an entry or intent"},
    {"confidence", CHECK_CONFIDENCE, is_some, "write for example “confidence >= 0.60”, with <, <=, >= or >"},
    {"mood", CHECK_MOOD, mood_is, "a mood is neutral, warm, glad, sorry or serious"},
    {"gesture", CHECK_GESTURE, is_gesture, "a gesture is nod, shake, wave, look or pause"},
    {"says", CHECK_SAYS, is_some, "write “says” and a text in which * stands for anything"},
};
enum { CONDITIONS = sizeof conditions / sizeof *conditions };

static const struct condition *find_condition(struct span text)
{
    text = lines_trim(text);
    size_t size = 0;
    while (size < text.size && text.text[size] != ' ' && text.text[size] != ',' && text.text[size] != '\t')
        size++;
    for (size_t i = 0; i < CONDITIONS; i++)
        if (strlen(conditions[i].word) == size && memcmp(conditions[i].word, text.text, size) == 0)
            return &conditions[i];
    return NULL;
}

/* Up to the comma before the next condition: a text after `says` may have commas of its own. */
static size_t condition_size(struct span rest, bool is_text)
{
    for (size_t i = 0; i < rest.size; i++)
        if (rest.text[i] == ',' &&
            (!is_text || find_condition((struct span){rest.text + i + 1, rest.size - i - 1}) != NULL))
            return i;
    return rest.size;
}

static bool read_comparison(const char *text, struct chat_line *line)
{
    static const struct {
        const char *sign;
        int comparison;
    } signs[] = {{"<=", -1}, {">=", 1}, {"<", -2}, {">", 2}};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        size_t size = strlen(signs[i].sign);
        if (strncmp(text, signs[i].sign, size) != 0)
            continue;
        const char *digits = text + size + strspn(text + size, " ");
        char *end;
        line->number = strtod(digits, &end);
        line->comparison = signs[i].comparison;
        return digits[0] >= '0' && digits[0] <= '9' && strspn(digits, "0123456789.") == strlen(digits) &&
               *end == '\0' && line->number <= 1;
    }
    return false;
}

/* "numero = AB-1234" is the slot's name and the glob of its value. */
static void cut_at_equals(char *text, struct chat_line *line)
{
    char *equals = strchr(text, '=');
    if (equals == NULL)
        return;
    char *end = equals;
    while (end > text && end[-1] == ' ')
        end--;
    *end = '\0';
    line->argument = equals + 1 + strspn(equals + 1, " ");
}

static void complain_condition(struct reader *r, struct span text)
{
    char word[65] = "";
    size_t size = 0;
    while (size < text.size && size < sizeof word - 1 && text.text[size] != ' ')
        size++;
    memcpy(word, text.text, size);
    struct suggest near = suggest_start(word);
    for (size_t i = 0; i < CONDITIONS; i++)
        suggest_offer(&near, conditions[i].word);
    problem_add(r->problems, SEVERITY_ERROR, r->file, r->line, column_of(r, text.text),
                "unknown condition “%s”; there are article, intent, flow, asks, slot, calls, handoff, fallback, kind, "
                "offers, confidence, mood, gesture and says%s",
                word, suggest_phrase(&near, r->arena));
}

static void read_condition(struct reader *r, struct span text)
{
    const struct condition *c = find_condition(text);
    if (c == NULL) {
        complain_condition(r, text);
        return;
    }
    size_t word = strlen(c->word);
    struct span argument = lines_trim((struct span){text.text + word, text.size - word});
    struct chat_line *line = add(r, CHAT_EXPECT, text.text);
    char *copy = line != NULL ? arena_strndup(r->arena, argument.text, argument.size) : NULL;
    if (copy == NULL)
        return;
    line->check = c->check;
    line->text = copy;
    if (c->check == CHECK_SLOT)
        cut_at_equals(copy, line);
    if (!c->is_good(copy) || (c->check == CHECK_CONFIDENCE && !read_comparison(copy, line))) {
        complain(r, text.text, c->remedy);
        r->count--;
    }
}

static bool has_said(const struct reader *r)
{
    for (size_t i = 0; i < r->count; i++)
        if (r->lines[i].kind == CHAT_VISITOR || r->lines[i].kind == CHAT_PICK)
            return true;
    return false;
}

static void read_expect(struct reader *r, struct span rest, const char *at)
{
    if (!has_said(r)) {
        complain(r, at, "“expect” before anything was said; put a “visitor:” line above it");
        return;
    }
    rest = lines_trim(rest);
    if (rest.size == 0)
        complain(r, at, "“expect” without a condition, such as “expect article ID”");
    while (rest.size > 0) {
        const struct condition *c = find_condition(rest);
        size_t size = condition_size(rest, c != NULL && c->check == CHECK_SAYS);
        read_condition(r, lines_trim((struct span){rest.text, size}));
        size += size < rest.size;
        rest = lines_trim((struct span){rest.text + size, rest.size - size});
    }
}

/* --- lines --------------------------------------------------------------------------------- */

static bool begins_with(struct span text, const char *word)
{
    size_t size = strlen(word);
    return text.size >= size && memcmp(text.text, word, size) == 0;
}

static void read_said(struct reader *r, enum chat_line_kind kind, struct span rest, const char *at)
{
    rest = lines_trim(rest);
    if (rest.size == 0 || rest.size > LINE_BYTES) {
        complain(r, at,
                 rest.size == 0 ? "nothing behind the colon; write what is said" : "longer than a message may be");
        return;
    }
    struct chat_line *line = add(r, kind, rest.text);
    char *copy = line != NULL ? arena_strndup(r->arena, rest.text, rest.size) : NULL;
    if (copy != NULL)
        line->text = copy;
}

static const struct world_line *world_line(struct span text)
{
    for (size_t i = 0; i < CHAT_WORLD_LINES; i++)
        if (begins_with(text, chat_world_lines[i].word))
            return &chat_world_lines[i];
    return NULL;
}

/* What the world is like: read where such lines are (chat_world.c). */
static void read_world(struct reader *r, const struct world_line *w, struct span text)
{
    size_t word = strlen(w->word);
    struct span rest = lines_trim((struct span){text.text + word, text.size - word});
    struct chat_line *line = add(r, w->kind, text.text);
    struct world_source source = {r->arena, r->problems, r->file, r->line, rest.size > 0 ? column_of(r, rest.text) : 1};
    if (line == NULL)
        return;
    const char *remedy = w->read(&source, rest, line);
    if (remedy == NULL)
        return;
    if (remedy[0] != '\0')
        complain(r, rest.size > 0 ? rest.text : text.text, remedy);
    r->count--;
}

static void read_line(struct reader *r)
{
    static const struct {
        const char *word;
        enum chat_line_kind kind;
    } speakers[] = {{"visitor:", CHAT_VISITOR}, {"pick:", CHAT_PICK}, {"bot:", CHAT_BOT}};
    struct span text = lines_trim(r->raw);
    if (text.size == 0 || text.text[0] == '#')
        return;
    bool indented = text.text > r->raw.text;
    if (begins_with(text, "expect") && (text.size == 6 || text.text[6] == ' ' || text.text[6] == '\t')) {
        if (!indented)
            complain(r, text.text, "“expect” belongs to the reply above it; indent it by two spaces");
        read_expect(r, (struct span){text.text + 6, text.size - 6}, text.text);
        return;
    }
    for (size_t i = 0; i < sizeof speakers / sizeof *speakers; i++) {
        size_t size = strlen(speakers[i].word);
        if (!begins_with(text, speakers[i].word))
            continue;
        if (speakers[i].kind == CHAT_BOT && !has_said(r))
            complain(r, text.text, "“bot:” before anything was said; put a “visitor:” line above it");
        else
            read_said(r, speakers[i].kind, (struct span){text.text + size, text.size - size}, text.text);
        return;
    }
    const struct world_line *w = world_line(text);
    if (w != NULL)
        read_world(r, w, text);
    else
        complain(r, text.text,
                 "a line begins with “visitor:”, “pick:”, “bot:”, an indented “expect”, “from:”, “clock:”, “later:”, "
                 "“chance:”, “signed-in:”, “webhook NAME:”, or “#” for a comment");
}

static const char *read_goal(struct reader *r)
{
    static const char sign[] = "# Goal:";
    struct span goal = {"", 0};
    if (begins_with(r->raw, sign))
        goal = lines_trim((struct span){r->raw.text + sizeof sign - 1, r->raw.size - sizeof sign + 1});
    if (goal.size == 0)
        complain(r, r->raw.text, "the first line must be “# Goal: ” and what the dialogue shows");
    return arena_strndup(r->arena, goal.text, goal.size);
}

struct chat *chat_read(struct arena *arena, const char *file, const char *lang, const char *bytes, size_t size,
                       struct problems *problems)
{
    struct chat *chat = arena_alloc(arena, sizeof *chat);
    if (chat == NULL)
        return NULL;
    *chat = (struct chat){.file = file, .lang = lang, .goal = ""};
    struct reader r = {.arena = arena, .problems = problems, .file = file, .line = 1, .raw = {"", 0}};
    struct span rest;
    if (lines_check(file, bytes, size, problems, &rest) < 0)
        return chat;
    lines_next(&rest, &r.raw);
    chat->goal = read_goal(&r);
    if (!begins_with(r.raw, "#"))
        read_line(&r);
    for (r.line = 2; lines_next(&rest, &r.raw); r.line++)
        read_line(&r);
    if (!has_said(&r))
        problem_add(problems, SEVERITY_ERROR, file, 1, 1, "nobody says anything; add a “visitor:” line");
    chat->lines = r.lines;
    chat->count = r.count;
    return arena_failed(arena) ? NULL : chat;
}
