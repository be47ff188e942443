/* A site read from its folder and compiled in memory: see sitefiles.h. */
#include "cli/sitefiles.h"

#include "cli/progress.h"
#include "cli/siteembeddings.h"
#include "cli/sitevectors.h"

#include <string.h>
#include <time.h>

void sitefiles_today(char ret_today[16])
{
    time_t now = time(NULL);
    struct tm local;
    localtime_r(&now, &local);
    strftime(ret_today, 16, "%Y-%m-%d", &local);
}

int sitefiles_read(const struct call *call, struct sitefiles *ret)
{
    char today[16];
    sitefiles_today(today);
    ret->arena = arena_new(SITEFILES_ARENA);
    ret->problems = problems_new();
    ret->site = NULL;
    ret->offline = false;
    ret->kept = false;
    ret->vectors = NULL;
    buf_init(&ret->image, EDITION_IMAGE_BYTES);
    if (ret->arena != NULL && ret->problems != NULL) {
        ret->site = site_read(ret->arena, call->site, today, ret->problems);
        if (ret->site != NULL || problems_count(ret->problems, SEVERITY_ERROR) > 0)
            return 0;
    }
    fputs("sportello: no memory\n", call->err);
    sitefiles_free(ret);
    return -1;
}

/* What was shown of the compiling, in percent; -1 = nothing yet. */
struct shown {
    const struct call *call;
    int percent;
};

static void show_progress(void *context, double share)
{
    struct shown *s = context;
    int percent = (int)(share * 100);
    if (percent != s->percent)
        progress_line(s->call, "compiling … %2d %%", percent);
    s->percent = percent;
}

int sitefiles_compile(const struct call *call, struct sitefiles *s)
{
    if (s->site == NULL)
        return -1;
    if (problems_count(s->problems, SEVERITY_ERROR) > 0) {
        sitevectors_look(call, s->site->settings, s->problems);
        return -1;
    }
    if (s->vectors == NULL)
        s->vectors =
            sitevectors_open(call, s->site->settings, s->kept ? SEVERITY_WARNING : SEVERITY_ERROR, s->problems);
    if (problems_count(s->problems, SEVERITY_ERROR) > 0)
        return -1;
    struct meaning_maker words = s->vectors != NULL ? vectors_maker(s->vectors) : (struct meaning_maker){0};
    struct siteembeddings embeddings = {0};
    if (!s->offline)
        siteembeddings_open(&embeddings, call, s->site->settings);
    struct shown shown = {call, -1};
    const struct edition_options options = {.makers[MEANING_WORDS] = s->vectors != NULL ? &words : NULL,
                                            .makers[MEANING_EMBEDDED] = siteembeddings_maker(&embeddings),
                                            .progress = show_progress,
                                            .context = &shown};
    int result = edition_compile(s->site, &s->image, s->problems, &options);
    progress_end(call);
    s->words_alone = siteembeddings_failed(&embeddings);
    siteembeddings_close(&embeddings, s->problems);
    return problems_count(s->problems, SEVERITY_ERROR) > 0 ? -1 : result;
}

void sitefiles_free(struct sitefiles *s)
{
    buf_free(&s->image);
    vectors_close(s->vectors);
    problems_free(s->problems);
    arena_free(s->arena);
    *s = (struct sitefiles){0};
}

struct edition *sitefiles_edition(const struct call *call, struct sitefiles *s)
{
    const char *why = "";
    struct edition *e = edition_from_image(&s->image, &why);
    if (e == NULL)
        fprintf(call->err, "sportello: the compiled site cannot be opened: %s\n", why);
    else
        edition_use_vectors(e, s->vectors);
    return e;
}

void sitefiles_sum(const struct problems *p, FILE *out)
{
    size_t errors = problems_count(p, SEVERITY_ERROR), warnings = problems_count(p, SEVERITY_WARNING);
    fprintf(out, "%zu error%s, %zu warning%s\n", errors, errors == 1 ? "" : "s", warnings, warnings == 1 ? "" : "s");
}
