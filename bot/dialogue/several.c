/* Whether a message asks several things: see several.h. */
#include "dialogue/several.h"

#include "dialogue/split.h"

#include <string.h>

/* Small talk is short: what is longer may have more in it than an intent's words. */
enum { SMALL_TALK_WORDS = 4 };

/* One way of cutting a message, as far as it has been read. */
struct reading {
    size_t count;
    struct candidate sure[SPLIT_PARTS_MAX]; /* articles, each once, in order */
    struct candidate handoff;               /* the entry of a part that asks for a person, or VIEW_NONE */
    double in_scope;
};

static void add_article(struct reading *r, struct candidate best, double in_scope)
{
    r->in_scope = r->count == 0 || in_scope < r->in_scope ? in_scope : r->in_scope;
    for (size_t i = 0; i < r->count; i++) {
        if (r->sure[i].entry == best.entry) {
            r->sure[i].confidence = best.confidence > r->sure[i].confidence ? best.confidence : r->sure[i].confidence;
            return;
        }
    }
    r->sure[r->count++] = best;
}

/* Reads one part; *ret_sure tells whether the message may be cut here. */
static int read_part(struct step *s, const char *text, bool outer, struct reading *r, bool *ret_sure)
{
    struct understanding u;
    struct understand_options reading = s->reading;
    /* A meaning is that of the whole message. */
    memset(reading.meanings, 0, sizeof reading.meanings);
    if (view_understand(s->view, s->lang, text, &reading, s->arena, &u) < 0)
        return -1;
    *ret_sure = u.count > 0 && (double)u.candidates[0].confidence >= s->settings->answer;
    if (!*ret_sure)
        return 0;
    struct view_entry e = view_entry(s->view, u.candidates[0].entry);
    if (e.kind == VIEW_ARTICLE)
        add_article(r, u.candidates[0], u.in_scope);
    else if (e.handoff != NULL)
        r->handoff = u.candidates[0];
    else
        *ret_sure = outer && u.word_count <= SMALL_TALK_WORDS;
    return 0;
}

/* Reads the message cut one way; the parts behind the first that is not sure are not looked at. */
static int read_parts(struct step *s, const char *text, bool sentences_only, struct reading *ret, bool *ret_joined,
                      bool *ret_sure)
{
    struct split_part parts[SPLIT_PARTS_MAX];
    size_t count = split_text(s->lang, text, sentences_only, parts, ret_joined);
    *ret = (struct reading){.handoff = {.entry = VIEW_NONE}};
    *ret_sure = count > 0;
    for (size_t i = 0; i < count && *ret_sure && ret->handoff.entry == VIEW_NONE; i++) {
        const char *part = arena_strndup(s->arena, text + parts[i].at, parts[i].size);
        if (part == NULL || read_part(s, part, i == 0 || i + 1 == count, ret, ret_sure) < 0)
            return -1;
    }
    return 0;
}

/* Whether the whole speaks for one entry as well as the part it came from, or as all parts for theirs: then
 * the words around belong to it ("I lost the receipt. Is the warranty still valid?"). */
static bool is_one(const struct step *s, const struct reading *r)
{
    const struct understanding *u = &s->out->understood;
    if (u->count == 0 || (double)u->candidates[0].confidence < s->settings->answer)
        return false;
    float least = r->sure[0].confidence;
    for (size_t i = 0; i < r->count; i++) {
        if (r->sure[i].entry == u->candidates[0].entry)
            return r->count == 1 || u->candidates[0].confidence >= r->sure[i].confidence;
        least = r->sure[i].confidence < least ? r->sure[i].confidence : least;
    }
    return view_entry(s->view, u->candidates[0].entry).kind == VIEW_ARTICLE && u->candidates[0].confidence >= least;
}

static bool asks_for_person(const struct step *s)
{
    const struct understanding *u = &s->out->understood;
    return u->count > 0 && (double)u->candidates[0].confidence >= s->settings->answer &&
           view_entry(s->view, u->candidates[0].entry).handoff != NULL;
}

int several_read(struct step *s, const char *text, struct several *ret)
{
    struct reading r;
    bool joined = false, sure = false;
    *ret = (struct several){0};
    if (asks_for_person(s))
        return 0;
    if (read_parts(s, text, false, &r, &joined, &sure) < 0)
        return -1;
    /* Sentences may hold as wholes where a comma or an "and" within one does not part anything. */
    if (!sure && joined && read_parts(s, text, true, &r, &joined, &sure) < 0)
        return -1;
    if (!sure)
        return 0;
    if (r.handoff.entry != VIEW_NONE) {
        /* The rest is for that person to answer. */
        r.sure[0] = r.handoff;
        r.count = 1;
    } else if (r.count == 0 || r.count > OUTCOME_ENTRIES_MAX || is_one(s, &r)) {
        return 0;
    }
    ret->confidence = 1;
    ret->in_scope = r.in_scope;
    for (; ret->count < r.count; ret->count++) {
        ret->entries[ret->count] = r.sure[ret->count].entry;
        if ((double)r.sure[ret->count].confidence < ret->confidence)
            ret->confidence = (double)r.sure[ret->count].confidence;
    }
    return 0;
}
