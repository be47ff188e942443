/* Reading a text in the language it is in: see lookup.h. */
#include "dialogue/lookup.h"

#include <string.h>

double lookup_best(const struct understanding *u)
{
    return u->count > 0 ? (double)u->candidates[0].confidence : 0;
}

int lookup_doubting(struct step *s, const char *text, bool *ret_found)
{
    struct understand_options doubting = s->reading;
    struct understanding again;
    doubting.doubt = true;
    if (view_understand(s->view, s->lang, text, &doubting, s->arena, &again) < 0)
        return -1;
    *ret_found = lookup_best(&again) >= s->settings->offer;
    if (*ret_found)
        s->out->understood = again;
    return 0;
}

/* Where all its words are known in a language and the entry is as good as certain, nobody need ask which
 * language it is. */
static const double evident = 0.9;

static bool is_evident(const struct understanding *u)
{
    return lookup_best(u) >= evident && u->known_words == u->word_count;
}

/* Reads the text in a language that it seems to be in by its letters, and goes over to it where more of its words are
 * known there, or what is asked: nonsense resembles every language a little. */
static int try_language(struct step *s, const char *text, const char *seems)
{
    struct understanding *u = &s->out->understood, other;
    if (view_understand(s->view, seems, text, &s->reading, s->arena, &other) < 0)
        return -1;
    if (other.known_words > u->known_words || lookup_best(&other) >= s->settings->offer) {
        *u = other;
        s->lang = s->out->lang = seems;
    }
    return 0;
}

/* Reads the text in the usual language, then, unless that is evident, in the one it seems to be in, and in
 * the site's others where that finds nothing to be sure of, another does, and no word says that it is this one: "cook"
 * is no cookie of the other's. */
int lookup_text(struct step *s, const char *text, bool tell_language)
{
    struct understanding *u = &s->out->understood;
    if (view_understand(s->view, s->lang, text, &s->reading, s->arena, u) < 0)
        return -1;
    const char *seems = tell_language && !is_evident(u) ? view_language(s->view, text, s->lang) : s->lang;
    if (strcmp(seems, s->lang) != 0 && try_language(s, text, seems) < 0)
        return -1;
    for (size_t i = 0; i < s->settings->languages.count && lookup_best(u) < s->settings->answer; i++) {
        struct understanding other;
        const char *lang = s->settings->languages.items[i];
        if (strcmp(lang, s->lang) == 0)
            continue;
        if (view_understand(s->view, lang, text, &s->reading, s->arena, &other) < 0)
            return -1;
        if (lookup_best(&other) >= s->settings->answer && !view_own_word(s->view, text, s->lang)) {
            *u = other;
            s->lang = s->out->lang = lang;
        }
    }
    s->out->in_scope = u->in_scope;
    s->out->confidence = lookup_best(u);
    return 0;
}
