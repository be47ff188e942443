/* What is to be learnt from a turn: which question was not answered well, and which entry the visitor took. */
#include "conversation/internal.h"
#include "conversation/kept.h"

#include <string.h>

static const char *entry_name(struct arena *arena, const struct view *view, uint32_t entry)
{
    if (entry == VIEW_NONE)
        return "";
    struct view_entry e = view_entry(view, entry);
    return arena_join(arena, e.kind == VIEW_INTENT ? "intent:" : "entry:", e.id);
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
        n->text = kept_line(arena, heard->text, NULL);
        n->fold = n->text != NULL ? kept_fold(arena, n->text) : NULL;
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
