/* Export: what goes out as a table comes in again as the same entries, and goes out the same. */
#include "folder_test.h"

#include "content/csv_entries.h"
#include "content/export.h"
#include "content/import.h"

static const char *table_of(struct fixture *f, const struct site *site, const char *lang)
{
    struct export_row *rows;
    size_t count;
    struct buf out;
    struct arena *scratch = arena_new((size_t)1 << 24);
    buf_init(&out, (size_t)1 << 26);
    assert_int_equal(export_rows(f->arena, site, lang, f->problems, &rows, &count), 0);
    export_csv(rows, count, scratch, &out);
    assert_false(out.failed);
    const char *copy = arena_strndup(f->arena, out.data, out.size);
    buf_free(&out);
    arena_free(scratch);
    return copy;
}

static void import(struct fixture *f, const char *bytes, const char *lang, const char *folder)
{
    struct import_list list;
    struct csv_table table;
    FILE *out = fopen("/dev/null", "w");
    assert_int_equal(import_list_open(&list, f->arena, "table.csv", lang, false, f->problems), 0);
    assert_int_equal(csv_table_read(f->arena, "table.csv", bytes, strlen(bytes), f->problems, &table), 0);
    assert_int_equal(csv_entries(&list, &table), 0);
    int result = import_write(&list, arena_printf(f->arena, "%s/knowledge/%s", folder, lang), IMPORT_PLAIN, out);
    if (result != 0)
        fail_msg("%s", printed(f));
    import_list_close(&list);
    fclose(out);
}

static const struct article *find(const struct site *site, const char *id, const char *lang)
{
    for (size_t i = 0; i < site->article_count; i++)
        if (strcmp(site->articles[i].id, id) == 0 && strcmp(site->articles[i].lang, lang) == 0)
            return &site->articles[i];
    fail_msg("no entry %s", id);
    return NULL;
}

static void same_article(const struct article *a, const struct article *b)
{
    assert_string_equal(a->question, b->question);
    assert_string_equal(a->topic, b->topic);
    assert_string_equal(a->review != NULL ? a->review : "", b->review != NULL ? b->review : "");
    assert_true(block_equal(a->answer, b->answer));
    assert_int_equal(a->wording_count, b->wording_count);
    for (size_t i = 0; i < a->wording_count; i++)
        assert_string_equal(a->wordings[i].text, b->wordings[i].text);
    assert_string_equal(a->mood != NULL ? a->mood : "", b->mood != NULL ? b->mood : "");
    assert_int_equal(a->follow_count, b->follow_count);
    for (size_t i = 0; i < a->follow_count; i++)
        assert_string_equal(a->follows[i], b->follows[i]);
    assert_int_equal(a->option_count, b->option_count);
    for (size_t i = 0; i < a->option_count; i++) {
        assert_int_equal(a->options[i].kind, b->options[i].kind);
        assert_string_equal(a->options[i].title, b->options[i].title);
        assert_string_equal(a->options[i].target, b->options[i].target);
    }
}

/* Out, in, and out again. */
static void comes_back(struct fixture *f, const char *folder)
{
    struct site *site = site_read(f->arena, folder, "2026-11-22", f->problems);
    assert_non_null(site);
    assert_true(site->article_count > 0);
    const char *table = table_of(f, site, NULL), *again = work_folder(f);
    for (size_t i = 0; i < site->settings->languages.count; i++)
        import(f, table, site->settings->languages.items[i], again);
    size_t size;
    char *settings = file_read(arena_printf(f->arena, "%s/sportello.yaml", folder), 1 << 20, &size);
    if (settings != NULL)
        assert_int_equal(file_write_atomic(arena_printf(f->arena, "%s/sportello.yaml", again), settings, size, 0644),
                         0);
    free(settings);
    struct problems *ignored = problems_new(); /* buttons lead to intents that were not brought along */
    struct site *back = site_read(f->arena, again, "2026-11-22", ignored);
    problems_free(ignored);
    assert_int_equal(back->article_count, site->article_count);
    for (size_t i = 0; i < site->article_count; i++)
        same_article(&site->articles[i], find(back, site->articles[i].id, site->articles[i].lang));
    assert_string_equal(table_of(f, back, NULL), table);
    assert_int_equal(problems_count(f->problems, SEVERITY_ERROR), 0);
    remove_folder(f, again);
}

static void the_demo_comes_back(void **state)
{
    comes_back(*state, ".");
}

static void a_real_faq_comes_back(void **state)
{
    struct fixture *f = *state;
    const char *shared = getenv("SHARED"), *folder = work_folder(f);
    static const char *const langs[] = {"it", "en"};
    static const char settings[] = "name: X\nlanguages: [it, en]\n";
    const char *path = arena_printf(f->arena, "%s/sportello.yaml", folder);
    assert_int_equal(file_write_atomic(path, settings, strlen(settings), 0644), 0);
    for (int i = 0; i < 2; i++) {
        size_t size;
        char *bytes =
            file_read(arena_printf(f->arena, "%s/data/io-faq/%s.csv", shared != NULL ? shared : "../shared", langs[i]),
                      1 << 24, &size);
        if (bytes == NULL) {
            print_message("the shared data is not there\n");
            remove_folder(f, folder);
            skip();
        }
        import(f, bytes, langs[i], folder);
        free(bytes);
    }
    comes_back(f, folder);
    remove_folder(f, folder);
}

static void what_is_awkward_comes_back(void **state)
{
    struct fixture *f = *state;
    const char *folder = work_folder(f);
    static const char page[] =
        "---\ntopic: \"a; b, \\\"c\\\"\"\nreview: 2027-01-02\n---\n\n## Uno | \\*due\\* \"tre\"? {#uno}\n- a|b\n- c "
        "\\\\| d, e\n\n"
        "Due righe\nche sono una;\\\nterza.\n\n```\n  codice  \n\n  x\n```\n\n- [Vai | "
        "\\[qui\\]](https://a.example/x(y))\n- [Tu](#uno)\n\n"
        "## Due? {#due follows=uno,tre mood=sorry}\n\n{wave} Ciao \\{nod}\n\n---\n\n- uno\n- due\n\n---\n\n- "
        "[x](https://a.example/)\n\n## Tre? "
        "{#tre}\n\n    codice\n\n"
        "testo <!-- nota --> e\nfine\n\n1) uno\n2) due\n\n- [a](https://a.example/)\n\n* [b](#due)\n";
    const char *path = arena_printf(f->arena, "%s/knowledge/it/p.md", folder);
    static const char settings[] = "name: X\nlanguages: [it]\n";
    assert_int_equal(
        file_write_atomic(arena_printf(f->arena, "%s/sportello.yaml", folder), settings, strlen(settings), 0644), 0);
    assert_int_equal(file_make_folders(arena_printf(f->arena, "%s/knowledge/it", folder), 0755), 0);
    assert_int_equal(file_write_atomic(path, page, strlen(page), 0644), 0);
    comes_back(f, folder);
    remove_folder(f, folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(the_demo_comes_back), TEST(a_real_faq_comes_back),
                                       TEST(what_is_awkward_comes_back)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
