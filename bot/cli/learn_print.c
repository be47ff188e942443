/* Questions and proposals, as editors and scripts see them: see learn.h. */
#include "cli/learn.h"

#include "cli/publish.h"
#include "edition/edition.h"
#include "wire/json.h"

#include <string.h>
#include <time.h>

enum { MEMBERS_SHOWN = 8, UNDERSTAND_BYTES = 8 << 20, LINE_BYTES = 4 << 20 };

struct printing {
    struct call *call;
    struct edition *edition; /* NULL = nothing is published */
    const struct view *view;
    struct arena *arena; /* of one group's understanding */
};

static const struct learn_question *first_of(const struct learn_group *g)
{
    return g->members[0];
}

static int64_t sum(const struct learn_group *g, enum learn_outcome outcome)
{
    int64_t total = 0;
    for (size_t i = 0; i < g->count; i++)
        for (size_t k = 0; k < g->members[i]->count_count; k++)
            total += g->members[i]->counts[k].outcome == outcome ? g->members[i]->counts[k].count : 0;
    return total;
}

/* What the live edition makes of the group's most frequent question. */
static void understand_group(struct printing *p, const struct learn_group *g, struct understanding *ret)
{
    *ret = (struct understanding){0};
    arena_reset(p->arena);
    if (p->view != NULL && view_understand(p->view, first_of(g)->lang, first_of(g)->text, NULL, p->arena, ret) < 0)
        *ret = (struct understanding){0};
    ret->count = ret->count < LEARN_CANDIDATES ? ret->count : LEARN_CANDIDATES;
}

static const char *name_of(struct arena *arena, const struct view_entry *e)
{
    const char *name = arena_printf(arena, "%s%s", e->kind == VIEW_INTENT ? "intent:" : "entry:", e->id);
    return name != NULL ? name : "";
}

/* The live edition's entry of a name such as "entry:ID", or VIEW_NONE. */
static uint32_t find_named(const struct printing *p, const char *lang, const char *name)
{
    const char *id = strchr(name, ':');
    if (p->view == NULL || id == NULL)
        return VIEW_NONE;
    return view_find(p->view, name[0] == 'i' ? VIEW_INTENT : VIEW_ARTICLE, lang, id + 1);
}

static const char *day(int64_t ms, char ret[24])
{
    time_t seconds = (time_t)(ms / 1000);
    struct tm local;
    localtime_r(&seconds, &local);
    strftime(ret, 24, "%Y-%m-%d %H:%M", &local);
    return ret;
}

static int64_t last_of(const struct learn_group *g)
{
    int64_t last = 0;
    for (size_t i = 0; i < g->count; i++)
        last = g->members[i]->last_ms > last ? g->members[i]->last_ms : last;
    return last;
}

/* --- for people --------------------------------------------------------------------------------- */

static const struct {
    enum learn_outcome outcome;
    const char *words, *key;
} kinds[] = {
    {LEARN_UNANSWERED, "not answered", "unanswered"},
    {LEARN_OFFERED, "did you mean", "offered"},
    {LEARN_REFUSED, "none of these", "refused"},
    {LEARN_THUMB_DOWN, "thumb down", "thumb_down"},
    {LEARN_PICKED, "picked", "picked"},
    {LEARN_HELPFUL, "found helpful", "helpful"},
    {LEARN_TAUGHT, "answered by an agent", "taught"},
};
enum { KINDS = sizeof kinds / sizeof *kinds };

static void print_head(const struct printing *p, const struct learn_group *g)
{
    char when[24];
    const char *comma = "";
    FILE *out = p->call->out;
    fprintf(out, "%lld. asked %lld time%s (", (long long)g->number, (long long)g->times, g->times == 1 ? "" : "s");
    for (size_t i = 0; i < KINDS; i++) {
        int64_t count = sum(g, kinds[i].outcome);
        if (count == 0)
            continue;
        fprintf(out, "%s%s %lld", comma, kinds[i].words, (long long)count);
        comma = ", ";
    }
    fprintf(out, "), last %s, %s\n", day(last_of(g), when), first_of(g)->lang);
}

static void print_wordings(const struct printing *p, const struct learn_group *g)
{
    for (size_t i = 0; i < g->count && i < MEMBERS_SHOWN; i++) {
        fprintf(p->call->out, "     “%s”", g->members[i]->text);
        if (g->count > 1)
            fprintf(p->call->out, "  (no. %lld, %lld×)", (long long)g->members[i]->id,
                    (long long)learn_list_times(g->members[i]));
        fputc('\n', p->call->out);
    }
    if (g->count > MEMBERS_SHOWN)
        fprintf(p->call->out, "     … and %zu more like these\n", g->count - MEMBERS_SHOWN);
}

static void print_settled(const struct printing *p, const struct learn_group *g)
{
    const struct learn_question *q = first_of(g);
    char when[24];
    for (size_t i = 0; i < g->count; i++)
        q = g->members[i]->wording[0] != '\0' ? g->members[i] : q;
    day(q->settled_ms, when);
    if (q->state == LEARN_ACCEPTED)
        fprintf(p->call->out, "     accepted on %s for %s%s%s%s\n", when, q->entry, q->wording[0] != '\0' ? ": “" : "",
                q->wording, q->wording[0] != '\0' ? "”" : "");
    else
        fprintf(p->call->out, "     refused on %s%s%s\n", when, q->why[0] != '\0' ? ": " : "", q->why);
}

static void print_proposal(const struct printing *p, const struct learn_group *g)
{
    if (g->proposal == NULL)
        return;
    uint32_t entry = find_named(p, first_of(g)->lang, g->proposal);
    FILE *out = p->call->out;
    fprintf(out, "  => proposed as a wording of %s", g->proposal);
    if (entry != VIEW_NONE) {
        struct view_entry e = view_entry(p->view, entry);
        fprintf(out, " “%s” (%s:%d)", e.title, e.file, e.line);
    }
    fprintf(out, ": picked %lld time%s", (long long)g->picked, g->picked == 1 ? "" : "s");
    if (g->helpful > 0)
        fprintf(out, ", found helpful %lld", (long long)g->helpful);
    fputc('\n', out);
}

/* An answer's lines, each set off. */
static void print_answer(FILE *out, const char *answer)
{
    while (*answer != '\0') {
        size_t size = strcspn(answer, "\n");
        fprintf(out, "       | %.*s\n", (int)size, answer);
        answer += size + (answer[size] == '\n');
    }
}

/* What agents said of it, and who: nothing of it holds before an editor accepts. */
static void print_taught(const struct printing *p, const struct learn_group *g)
{
    char when[24];
    for (size_t i = 0; i < g->count; i++)
        for (size_t k = 0; k < g->members[i]->taught_count; k++) {
            const struct learn_taught *t = &g->members[i]->taught[k];
            bool draft = t->entry[0] == '\0';
            fprintf(p->call->out, "  => %s on %s, for no. %lld: %s%s\n", t->user, day(t->at_ms, when),
                    (long long)g->members[i]->id, draft ? "a new entry, with the answer" : "it is a wording of ",
                    t->entry);
            print_answer(p->call->out, t->answer);
        }
}

static void print_candidates(const struct printing *p, const struct understanding *u)
{
    for (size_t i = 0; i < u->count; i++) {
        struct view_entry e = view_entry(p->view, u->candidates[i].entry);
        fprintf(p->call->out, "     %zu) %2.0f %%  %s “%s” (%s:%d)\n", i + 1, (double)u->candidates[i].confidence * 100,
                name_of(p->arena, &e), e.title, e.file, e.line);
    }
    if (u->count > 0 && (double)u->candidates[0].confidence >= view_settings(p->view)->answer)
        fputs("     the live edition is sure enough to answer this with the first one\n", p->call->out);
}

static void print_group(struct printing *p, const struct learn_group *g)
{
    struct understanding u;
    print_head(p, g);
    print_wordings(p, g);
    if (first_of(g)->state != LEARN_OPEN) {
        print_settled(p, g);
    } else {
        understand_group(p, g, &u);
        print_proposal(p, g);
        print_taught(p, g);
        print_candidates(p, &u);
    }
    fputc('\n', p->call->out);
}

static void print_foot(const struct printing *p, const struct learn_list *l, size_t shown)
{
    char when[24];
    FILE *out = p->call->out;
    if (l->count == 0)
        fputs("nothing waits to be learnt\n", out);
    else if (shown < l->count)
        fprintf(out, "%zu of %zu groups are shown; --limit 0 shows all\n", shown, l->count);
    if (l->open > 0)
        fprintf(out,
                "%lld question%s wait%s: sportello learn accept NUMBER [--entry ID] [--wording TEXT], or sportello "
                "learn refuse NUMBER\n",
                (long long)l->open, l->open == 1 ? "" : "s", l->open == 1 ? "s" : "");
    if (l->missed > 0)
        fprintf(out,
                "%lld time%s a new question was NOT kept, last on %s, because %d were waiting: accept or refuse some\n",
                (long long)l->missed, l->missed == 1 ? "" : "s", day(l->missed_ms, when), LEARN_OPEN_MAX);
}

/* --- for scripts --------------------------------------------------------------------------------- */

static void json_entry(struct buf *line, const char *name, const struct view_entry *e, const char *key)
{
    json_open(line, key, '{');
    json_text(line, "entry", name);
    if (e != NULL) {
        json_text(line, "title", e->title);
        json_text(line, "file", e->file);
        json_number(line, "line", e->line);
    }
}

static void json_proposal(const struct printing *p, const struct learn_group *g, struct buf *line)
{
    if (g->proposal == NULL) {
        json_nothing(line, "proposal");
        return;
    }
    uint32_t entry = find_named(p, first_of(g)->lang, g->proposal);
    struct view_entry e = entry != VIEW_NONE ? view_entry(p->view, entry) : (struct view_entry){0};
    json_entry(line, g->proposal, entry != VIEW_NONE ? &e : NULL, "proposal");
    json_number(line, "picked", g->picked);
    json_number(line, "helpful", g->helpful);
    json_close(line, '}');
}

static void json_members(const struct learn_group *g, struct buf *line)
{
    json_open(line, "wordings", '[');
    for (size_t i = 0; i < g->count; i++) {
        json_open(line, NULL, '{');
        json_number(line, "number", g->members[i]->id);
        json_text(line, "text", g->members[i]->text);
        json_number(line, "times", learn_list_times(g->members[i]));
        json_close(line, '}');
    }
    json_close(line, ']');
}

static void json_taught(const struct learn_group *g, struct buf *line)
{
    json_open(line, "taught_by", '[');
    for (size_t i = 0; i < g->count; i++)
        for (size_t k = 0; k < g->members[i]->taught_count; k++) {
            const struct learn_taught *t = &g->members[i]->taught[k];
            json_open(line, NULL, '{');
            json_number(line, "number", g->members[i]->id);
            json_text(line, "by", t->user);
            json_number(line, "at", t->at_ms);
            json_text(line, "entry", t->entry);
            json_text(line, "answer", t->answer);
            json_close(line, '}');
        }
    json_close(line, ']');
}

static void print_json(struct printing *p, const struct learn_group *g)
{
    static const char *const states[] = {"open", "accepted", "refused"};
    const struct learn_question *q = first_of(g);
    struct understanding u;
    struct buf line;
    buf_init(&line, LINE_BYTES);
    understand_group(p, g, &u);
    json_open(&line, NULL, '{');
    json_number(&line, "number", g->number);
    json_text(&line, "state", states[q->state]);
    json_text(&line, "lang", q->lang);
    json_number(&line, "times", g->times);
    for (size_t i = 0; i < KINDS; i++)
        json_number(&line, kinds[i].key, sum(g, kinds[i].outcome));
    json_number(&line, "last", last_of(g));
    json_members(g, &line);
    json_taught(g, &line);
    json_proposal(p, g, &line);
    json_open(&line, "candidates", '[');
    for (size_t i = 0; i < u.count; i++) {
        struct view_entry e = view_entry(p->view, u.candidates[i].entry);
        json_entry(&line, name_of(p->arena, &e), &e, NULL);
        json_share(&line, "confidence", (double)u.candidates[i].confidence);
        json_close(&line, '}');
    }
    json_close(&line, ']');
    json_text(&line, "entry", q->entry);
    json_text(&line, "why", q->why);
    json_close(&line, '}');
    if (line.failed)
        fprintf(p->call->err, "sportello learn: group %lld is too large to print\n", (long long)g->number);
    else
        fprintf(p->call->out, "%s\n", line.data);
    buf_free(&line);
}

static int open_printing(struct call *call, struct printing *ret)
{
    *ret = (struct printing){.call = call, .arena = arena_new(UNDERSTAND_BYTES)};
    if (ret->arena == NULL) {
        fputs("sportello learn: no memory\n", call->err);
        return -1;
    }
    ret->edition = publish_open_live(call);
    ret->view = ret->edition != NULL ? edition_view(ret->edition) : NULL;
    return 0;
}

static void close_printing(struct printing *p)
{
    edition_unpin(p->edition);
    arena_free(p->arena);
}

int learn_print(struct call *call, const struct learn_list *l, size_t limit, int64_t only)
{
    struct printing p;
    size_t shown = 0;
    if (open_printing(call, &p) < 0)
        return EXIT_SHORT;
    const struct learn_group *one = only != 0 ? learn_list_find(l, only) : NULL;
    for (size_t i = 0; i < l->count && (limit == 0 || shown < limit); i++) {
        if (only != 0 && &l->groups[i] != one)
            continue;
        call->json ? print_json(&p, &l->groups[i]) : print_group(&p, &l->groups[i]);
        shown++;
    }
    int seen = p.view != NULL ? learn_seen_files(call, p.view) : 0;
    if (only != 0 && one == NULL)
        fprintf(call->err, "sportello learn: no question %lld waits; --all shows settled ones too\n", (long long)only);
    else if (only == 0 && !call->json)
        print_foot(&p, l, shown);
    close_printing(&p);
    return seen == 0 && (only == 0 || one != NULL) ? EXIT_GOOD : EXIT_SHORT;
}

int learn_print_numbers(struct call *call, const struct learn_list *l)
{
    struct printing p;
    if (open_printing(call, &p) < 0)
        return EXIT_SHORT;
    for (size_t i = 0; i < l->count; i++) {
        struct understanding u;
        understand_group(&p, &l->groups[i], &u);
        fprintf(call->out, "%lld\t%s", (long long)l->groups[i].number,
                l->groups[i].proposal != NULL ? l->groups[i].proposal : "");
        for (size_t k = 0; k < u.count; k++) {
            struct view_entry e = view_entry(p.view, u.candidates[k].entry);
            fprintf(call->out, "\t%s", name_of(p.arena, &e));
        }
        fputc('\n', call->out);
    }
    close_printing(&p);
    return EXIT_GOOD;
}
