/* What is to be learnt from a turn: which question was not answered well, and which entry the visitor took. */
#include "conversation/internal.h"

#include "content/ident.h"
#include "text/mask.h"

#include <string.h>

/* The text on one line, single spaces, at most what is kept (whole characters). NULL without memory. */
static const char *one_line(struct arena *arena, const char *text)
{
    char *line = arena_alloc_raw(arena, LEARN_TEXT_BYTES + 1);
    size_t size = 0;
    bool gap = false, cut = false;
    for (const unsigned char *p = (const unsigned char *)text; line != NULL && *p != '\0'; p++) {
        if (*p <= ' ' || *p == 0x7f) {
            gap = size > 0;
            continue;
        }
        cut = size + gap + 1 > LEARN_TEXT_BYTES;
        if (cut)
            break;
        if (gap)
            line[size++] = ' ';
        gap = false;
        line[size++] = (char)*p;
    }
    /* A character cut in half would not be text any more: the last one goes. */
    while (cut && size > 0 && ((unsigned char)line[size - 1] & 0xc0) == 0x80)
        size--;
    if (cut && size > 0 && ((unsigned char)line[size - 1] & 0x80) != 0)
        size--;
    if (line != NULL)
        line[size] = '\0';
    return line;
}

/* What is kept of a text: it outlives the conversation, so it must not point at the visitor. */
static const char *kept_text(struct arena *arena, const char *text)
{
    struct buf masked;
    buf_init(&masked, FRAME_TEXT_BYTES * 4);
    const char *line = mask_text(text, &masked) == 0 ? one_line(arena, masked.data) : NULL;
    buf_free(&masked);
    return line;
}

static const char *folded(struct arena *arena, const char *line)
{
    char *fold = arena_alloc_raw(arena, LEARN_TEXT_BYTES + 1);
    if (fold != NULL)
        ident_fold(line, fold, LEARN_TEXT_BYTES + 1);
    return fold;
}

static const char *entry_name(struct arena *arena, const struct view *view, uint32_t entry)
{
    if (entry == VIEW_NONE)
        return "";
    struct view_entry e = view_entry(view, entry);
    return arena_printf(arena, "%s%s", e.kind == VIEW_INTENT ? "intent:" : "entry:", e.id);
}

/* What came of something that was said. Rules (a greeting, thanks) are nothing to learn from. */
static bool outcome_of_text(const struct outcome *o, const struct heard *heard, enum learn_outcome *ret)
{
    if (heard->who == WHO_AGENT || o->kind == OUTCOME_RULE || o->kind == OUTCOME_FLOW)
        return false;
    if (o->kind == OUTCOME_ANSWER)
        *ret = LEARN_ANSWERED;
    else if (o->kind == OUTCOME_OFFER)
        *ret = LEARN_OFFERED;
    else if (o->entry == VIEW_NONE)
        *ret = LEARN_UNANSWERED;
    else
        return false; /* an intent that hands off */
    return true;
}

static bool was_offered(const struct dialogue_memory *m, const char *option)
{
    for (int i = 0; i < m->shown_count; i++)
        if (strncmp(m->shown[i], option, DIALOGUE_ID_BYTES - 1) == 0)
            return true;
    return false;
}

/* Only a pick from "did you mean" says something about the question: other buttons are new questions. */
static bool outcome_of_pick(const struct dialogue_memory *before, const char *option, enum learn_outcome *ret)
{
    bool none = strcmp(option, "none") == 0;
    if (none ? before->shown_count == 0 : !was_offered(before, option))
        return false;
    *ret = none ? LEARN_REFUSED : LEARN_PICKED;
    return true;
}

/* The entry that the outcome is about; of several answers to one message none can be told. */
static const char *entry_of_text(struct arena *arena, const struct view *view, enum learn_outcome outcome,
                                 const struct outcome *o)
{
    if (outcome == LEARN_OFFERED && o->option_count > 0)
        return arena_strdup(arena, o->options[0].id);
    return outcome == LEARN_ANSWERED && o->entry_count <= 1 ? entry_name(arena, view, o->entry) : "";
}

const struct learn_note *learning_note(const struct edition *edition, struct arena *arena,
                                       const struct dialogue_memory *before, const struct heard *heard,
                                       const struct outcome *o, int event)
{
    const struct view *view = edition_view(edition);
    struct learn_note *n = arena_alloc(arena, sizeof *n);
    bool text = heard->kind == HEARD_TEXT && heard->text != NULL;
    if (n == NULL)
        return NULL;
    *n = (struct learn_note){.source = LEARN_BY_VISITOR, .edition = edition_number(edition), .event = event};
    if (text && outcome_of_text(o, heard, &n->outcome)) {
        n->text = kept_text(arena, heard->text);
        n->fold = n->text != NULL ? folded(arena, n->text) : NULL;
        n->lang = arena_strdup(arena, o->lang);
        n->entry = entry_of_text(arena, view, n->outcome, o);
        n->confidence = o->confidence;
        return n->text != NULL && n->text[0] != '\0' && n->fold != NULL ? n : NULL;
    }
    if (heard->kind != HEARD_PICK || heard->who == WHO_AGENT || heard->text == NULL ||
        !outcome_of_pick(before, heard->text, &n->outcome))
        return NULL;
    n->entry = n->outcome == LEARN_PICKED ? arena_strdup(arena, heard->text) : "";
    n->confidence = n->outcome == LEARN_PICKED ? 1 : 0;
    return n;
}
