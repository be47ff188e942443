/* Site: a folder read as a whole. */
#include "content_test.h"

#include "base/file.h"
#include "content/site.h"

#include <sys/stat.h>
#include <unistd.h>

static const char settings[] = "languages: [it]\n";
static const char faq[] = "## Quando aprite? {#orari}\n\nAlle 9.\n";
static const char chat[] = "# Goal: x.\nvisitor: ciao\n  expect article orari\n";

static struct site *from(struct fixture *f, const char *knowledge, const char *dialogue)
{
    struct source *sources = arena_array(f->arena, 3, sizeof *sources);
    sources[0] = (struct source){"knowledge/it/faq.md", knowledge, strlen(knowledge)};
    sources[1] = (struct source){"sportello.yaml", settings, strlen(settings)};
    sources[2] = (struct source){"tests/dialogues/it/a.chat", dialogue, strlen(dialogue)};
    return site_from_sources(f->arena, sources, 3, "2026-11-22", f->problems);
}

static void the_hash_is_that_of_what_is_published(void **state)
{
    struct fixture *f = *state;
    const struct site *site = from(f, faq, chat);
    assert_int_equal(site->article_count, 1);
    assert_int_equal(site->source_count, 3);
    assert_int_equal(site->hash, from(f, faq, "# Goal: y.\nvisitor: ciao\n")->hash);
    assert_int_not_equal(site->hash, from(f, "## Quando aprite? {#orari}\n\nAlle 8.\n", chat)->hash);
    assert_string_equal(printed(f), "");
}

static void a_new_site_is_valid_in_both_languages(void **state)
{
    struct fixture *f = *state;
    char folder[] = "/tmp/sportello-init-XXXXXX";
    assert_non_null(mkdtemp(folder));
    assert_int_equal(site_init(folder, f->problems), 0);
    const struct site *site = site_read(f->arena, folder, "2026-11-22", f->problems);
    assert_string_equal(printed(f), "");
    assert_int_equal(site->article_count, 8);
    assert_int_equal(site->intent_count, 14);
    assert_int_equal(site->settings->starters.count, 3);
    for (size_t i = 0; i < site->article_count; i++)
        assert_true(site->articles[i].wording_count > 0 && site->articles[i].option_count > 0);
    uint64_t hash = 0;
    assert_int_equal(site_hash(f->arena, folder, &hash), 0);
    assert_int_equal(hash, site->hash);
    assert_int_equal(site_init(folder, f->problems), -1);
    assert_non_null(strstr(printed(f), "there is a site already"));
    char *command[] = {"rm", "-rf", folder, NULL};
    if (fork() == 0)
        execvp("rm", command);
}

static void a_missing_folder_is_an_error(void **state)
{
    struct fixture *f = *state;
    uint64_t hash;
    assert_null(site_read(f->arena, "/nowhere/at/all", "2026-11-22", f->problems));
    assert_int_equal(site_hash(f->arena, "/nowhere/at/all", &hash), -1);
    assert_string_equal(printed(f), "/nowhere/at/all: error: no such folder\n");
}

static void a_site_without_settings_is_all_defaults(void **state)
{
    struct fixture *f = *state;
    char folder[] = "/tmp/sportello-begun-XXXXXX";
    assert_non_null(mkdtemp(folder));
    const char *knowledge = arena_printf(f->arena, "%s/knowledge", folder);
    assert_int_equal(mkdir(knowledge, 0700), 0);
    const struct site *site = site_read(f->arena, folder, "2026-11-22", f->problems);
    assert_int_equal(site->settings->languages.count, 2);
    assert_int_equal(problems_count(f->problems, SEVERITY_ERROR), 0);
    rmdir(knowledge);
    rmdir(folder);
}

static void a_folder_with_nothing_of_a_site_is_an_error(void **state)
{
    struct fixture *f = *state;
    char folder[] = "/tmp/sportello-empty-XXXXXX";
    assert_non_null(mkdtemp(folder));
    assert_null(site_read(f->arena, folder, "2026-11-22", f->problems));
    assert_non_null(strstr(printed(f), ": error: no site: "));
    rmdir(folder);
}

static void a_pipe_does_not_hang_it(void **state)
{
    struct fixture *f = *state;
    char folder[] = "/tmp/sportello-pipe-XXXXXX";
    assert_non_null(mkdtemp(folder));
    const char *pipe = arena_printf(f->arena, "%s/sportello.yaml", folder);
    assert_int_equal(mkfifo(pipe, 0600), 0);
    assert_non_null(site_read(f->arena, folder, "2026-11-22", f->problems));
    assert_non_null(strstr(printed(f), "sportello.yaml: error: no plain file"));
    unlink(pipe);
    rmdir(folder);
}

static void too_little_memory_is_said(void **state)
{
    struct fixture *f = *state;
    struct arena *small = arena_new(6000);
    assert_null(site_read(small, "tests/content/knowledge-html", "2026-11-22", f->problems));
    assert_non_null(strstr(printed(f), "larger than what may be read at once"));
    arena_free(small);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_hash_is_that_of_what_is_published),
        TEST(a_new_site_is_valid_in_both_languages),
        TEST(a_missing_folder_is_an_error),
        TEST(a_site_without_settings_is_all_defaults),
        TEST(a_folder_with_nothing_of_a_site_is_an_error),
        TEST(a_pipe_does_not_hang_it),
        TEST(too_little_memory_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
