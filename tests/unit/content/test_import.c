/* Import: from entries to knowledge files and back; tables are the plainest source of entries. */
#include "folder_test.h"

#include "content/answer.h"
#include "content/csv_entries.h"
#include "content/import.h"
#include "content/site.h"

static const char *write_table(struct fixture *f, const char *folder, const char *text)
{
    const char *path = arena_printf(f->arena, "%s/table.csv", folder);
    assert_int_equal(file_write_atomic(path, text, strlen(text), 0644), 0);
    return path;
}

/* A table's entries in `ret`; -1 with problems. */
static int read_list(struct fixture *f, const char *source, const char *lang, struct import_list *ret)
{
    size_t size, errors = problems_count(f->problems, SEVERITY_ERROR);
    struct csv_table table;
    char *bytes = file_read(source, 1 << 24, &size);
    assert_non_null(bytes);
    assert_int_equal(import_list_open(ret, f->arena, source, lang, false, f->problems), 0);
    int result = csv_table_read(f->arena, source, bytes, size, f->problems, &table);
    if (result == 0)
        result = csv_entries(ret, &table);
    free(bytes);
    return problems_count(f->problems, SEVERITY_ERROR) > errors ? -1 : result;
}

static int import(struct fixture *f, const char *source, const char *folder, const char *lang, enum import_mode mode,
                  const char **ret_told)
{
    char *told = NULL;
    size_t size = 0;
    struct import_list list;
    FILE *out = open_memstream(&told, &size);
    int result = read_list(f, source, lang, &list);
    if (result == 0)
        result = import_write(&list, arena_printf(f->arena, "%s/knowledge/it", folder), mode, out);
    import_list_close(&list);
    fclose(out);
    *ret_told = arena_strdup(f->arena, told);
    free(told);
    return result;
}

static void writes_once_then_shows_differences(void **state)
{
    struct fixture *f = *state;
    const char *folder = work_folder(f), *told;
    const char *table = write_table(f, folder,
                                    "Domanda,Risposta,Argomento,Altre domande,Note\n"
                                    "Quanto costa?,\"Costa 5 €.\nTanto.\",Prezzi & sconti,\"il prezzo|i costi\",x\n"
                                    "Quanto costa?,Dipende.,Prezzi & sconti,,\n"
                                    "Dove siete?,A Bologna.,,,\n");
    assert_int_equal(import(f, table, folder, NULL, IMPORT_PLAIN, &told), 0);
    assert_non_null(strstr(told, "prezzi-sconti.md: 2 entries"));
    size_t size;
    char *text = file_read(arena_printf(f->arena, "%s/knowledge/it/prezzi-sconti.md", folder), 1 << 20, &size);
    assert_string_equal(
        text, "---\ntopic: \"Prezzi & sconti\"\n---\n\n## Quanto costa? {#quanto-costa}\n- il prezzo\n- i costi\n\n"
              "Costa 5 €.\\\nTanto.\n\n## Quanto costa? {#quanto-costa-2}\n\nDipende.\n");
    free(text);
    assert_int_equal(import(f, table, folder, NULL, IMPORT_PLAIN, &told), 0);
    assert_string_equal(told, "");
    table = write_table(f, folder, "domanda,risposta\nDove siete?,A Modena.\nChi siete?,Noi.\n");
    assert_int_equal(import(f, table, folder, NULL, IMPORT_PLAIN, &told), 1);
    assert_non_null(strstr(told, "-A Bologna.\n+A Modena.\n"));
    assert_int_equal(import(f, table, folder, NULL, IMPORT_PLAIN, &told), 1);
    assert_int_equal(import(f, table, folder, NULL, IMPORT_UPDATE, &told), 0);
    assert_int_equal(import(f, table, folder, NULL, IMPORT_PLAIN, &told), 0);
    assert_string_equal(told, "");
    assert_int_equal(problems_count(f->problems, SEVERITY_ERROR), 0);
    remove_folder(f, folder);
}

static void buttons_reviews_and_bars_are_read(void **state)
{
    struct fixture *f = *state;
    const char *folder = work_folder(f), *told;
    const char *table =
        write_table(f, folder,
                    "id,question,answer,topic,buttons,revisione,wordings\n"
                    "a,Uno?,\"1\n\n- x\",T,\"[Due?](#b)\n- [Sito](https://a.example/x)\",2027-03-31,uno|a\\|b\n"
                    "b,Due?,2,T,[Persona](agent:),2027-03-31,\n"
                    "c,Tre?,3,T,,,\n");
    assert_int_equal(import(f, table, folder, NULL, IMPORT_PLAIN, &told), 0);
    size_t size;
    char *text = file_read(arena_printf(f->arena, "%s/knowledge/it/t.md", folder), 1 << 20, &size);
    assert_string_equal(text, "---\ntopic: T\nreview: 2027-03-31\n---\n\n## Uno? {#a}\n- uno\n- a|b\n\n1\n\n- x\n\n"
                              "* [Due?](#b)\n* [Sito](https://a.example/x)\n\n## Due? {#b}\n\n2\n\n"
                              "- [Persona](agent:)\n");
    free(text);
    text = file_read(arena_printf(f->arena, "%s/knowledge/it/t-2.md", folder), 1 << 20, &size);
    assert_string_equal(text, "---\ntopic: T\n---\n\n## Tre? {#c}\n\n3\n");
    free(text);
    remove_folder(f, folder);
}

/* What cannot be written leaves what is there as it was, and nothing beside it. */
static void all_files_or_none(void **state)
{
    struct fixture *f = *state;
    const char *folder = work_folder(f), *told;
    const char *there = arena_printf(f->arena, "%s/knowledge/it", folder);
    /* A folder stands where the second file should. */
    assert_int_equal(file_make_folders(arena_printf(f->arena, "%s/b.md", there), 0755), 0);
    const char *table = write_table(f, folder, "question,answer,topic\nUno?,1,a\nDue?,2,b\n");
    assert_int_equal(import(f, table, folder, NULL, IMPORT_UPDATE, &told), -1);
    assert_string_equal(told, "");
    assert_int_not_equal(access(arena_printf(f->arena, "%s/a.md", there), F_OK), 0);
    remove_folder(f, folder);
}

static void takes_one_language(void **state)
{
    struct fixture *f = *state;
    const char *folder = work_folder(f), *told;
    const char *table = write_table(f, folder, "id;lingua;domanda;risposta\na;it;Uno?;1\nb;en;Two?;2\nc;;Tre?;3\n");
    assert_int_equal(import(f, table, folder, NULL, IMPORT_PLAIN, &told), -1);
    assert_non_null(strstr(printed(f), "table.csv:3: error: the rows are in several languages (it, en)"));
    assert_int_equal(import(f, table, folder, "it", IMPORT_PLAIN, &told), 0);
    assert_non_null(strstr(told, "faq.md: 2 entries"));
    remove_folder(f, folder);
}

static void any_mistake_writes_nothing(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *table, *told;
    } cases[] = {
        {"", "an empty table"},
        {"a;b\n1;2\n", "table.csv:1: error: the first line must name the columns"},
        {"domanda;question;risposta\na;b;c\n", "two columns mean the same: “domanda” and “question”"},
        {"domanda;risposta\n;x\n", "table.csv:2: error: the question is empty"},
        {"domanda;risposta\nx;\n", "the answer is empty"},
        {"id;domanda;risposta\na b;x;y\n", "table.csv:2: error: the id cannot be one"},
        {"id;domanda;risposta\na;x;y\n\na;z;w\n",
         "table.csv:4: error: the id “a” is already that of the row in line 2"},
        {"domanda;risposta\nx;y;z\n", "more cells than columns"},
        {"domanda;risposta\n", "no row to import"},
        {"domanda;risposta;review\nx;y;2027-02-30\n", "the review must be a day that exists"},
        {"domanda;risposta;buttons\nx;y;boh\n", "the buttons are not links"},
        {"domanda;risposta;buttons\nx;y;[a](b.html)\n", "dead link"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *folder = work_folder(f), *told;
        assert_int_equal(import(f, write_table(f, folder, cases[i].table), folder, NULL, IMPORT_PLAIN, &told), -1);
        if (strstr(printed(f), cases[i].told) == NULL)
            fail_msg("%s in\n%s", cases[i].told, printed(f));
        assert_int_not_equal(access(arena_printf(f->arena, "%s/knowledge", folder), F_OK), 0);
        remove_folder(f, folder);
    }
}

static const struct article *find(const struct site *site, const char *id)
{
    for (size_t i = 0; i < site->article_count; i++)
        if (strcmp(site->articles[i].id, id) == 0)
            return &site->articles[i];
    return NULL;
}

/* Every row of a real FAQ is an entry with its question and the meaning of its answer. */
static void check_real_table(struct fixture *f, const char *path)
{
    const char *folder = work_folder(f), *told;
    struct import_list list;
    assert_int_equal(read_list(f, path, NULL, &list), 0);
    assert_int_equal(import(f, path, folder, NULL, IMPORT_PLAIN, &told), 0);
    struct site *site = site_read(f->arena, folder, "2026-11-22", f->problems);
    assert_non_null(site);
    assert_int_equal(problems_count(f->problems, SEVERITY_ERROR), 0);
    assert_int_equal(site->article_count, list.count);
    for (size_t i = 0; i < list.count; i++) {
        const struct markdown_entry *e = &list.entries[i].entry;
        const struct article *a = find(site, e->id);
        struct collect c = {.arena = f->arena, .problems = f->problems};
        const struct answer_source source = {
            .collect = &c, .file = "", .lang = "it", .text = {e->answer, strlen(e->answer)}, .line_breaks = true};
        assert_non_null(a);
        assert_string_equal(a->question, e->question);
        assert_string_equal(a->topic, list.entries[i].topic);
        assert_true(block_equal(a->answer, answer_read(&source)));
        assert_int_equal(a->option_count, 0);
    }
    import_list_close(&list);
    remove_folder(f, folder);
}

static void a_real_faq_comes_through_exactly(void **state)
{
    struct fixture *f = *state;
    const char *shared = getenv("SHARED");
    const char *it = arena_printf(f->arena, "%s/data/io-faq/it.csv", shared != NULL ? shared : "../shared");
    if (access(it, R_OK) != 0) {
        print_message("%s is not there\n", it);
        skip();
    }
    check_real_table(f, it);
    check_real_table(f, arena_printf(f->arena, "%s/data/io-faq/en.csv", shared != NULL ? shared : "../shared"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(writes_once_then_shows_differences),
        TEST(buttons_reviews_and_bars_are_read),
        TEST(all_files_or_none),
        TEST(takes_one_language),
        TEST(any_mistake_writes_nothing),
        TEST(a_real_faq_comes_through_exactly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
