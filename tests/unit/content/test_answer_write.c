/* Answer_write: blocks as an editor would write them, and as they read back. */
#include "content_test.h"

#include "content/answer_write.h"

static const struct block *blocks_of(struct fixture *f, const char *markdown)
{
    struct collect c = {.arena = f->arena, .problems = f->problems};
    const struct answer_source source = {
        .collect = &c, .file = "a.md", .lang = "it", .text = {markdown, strlen(markdown)}, .line = 1};
    return answer_read(&source);
}

static void every_kind_is_written_plainly(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *markdown, *written; /* NULL = the same */
    } cases[] = {
        {"Costa **6,50 €**, *forse*.", NULL},
        {"riga\nche segue", "riga che segue"},
        {"uno\\\ndue", NULL},
        {"- a\n- b\n  - c", NULL},
        {"* a\n\n* b", "- a\n- b"},
        {"1. a\n\n   altro\n\n2. b", NULL},
        {"- a\n\n* b\n\n- c", NULL},
        {"1. a\n\n1) b", NULL},
        {"> a\n>\n> > b", NULL},
        {"```\n## no\n```", NULL},
        {"````\n```\n````", NULL},
        {"    rientrato", "```\nrientrato\n```"},
        {"a\n\n---\n\nb", "a\n\n***\n\nb"},
        {"# Titolo\n\n#### Quarto", "### Titolo\n\n#### Quarto"},
        {"[qui](https://a.example/x(y)) e `codice`", "[qui](https://a.example/x\\(y\\)) e `codice`"},
        {"![alt \\[x\\]](https://a.example/i.png)", NULL},
        {"{nod} Ciao a **te {pausa}**", "{nod}Ciao a **te{pause}**"},
        {"Ciao \\{nod\\} {nod} a", "Ciao \\{nod\\}{nod} a"},
        {"5\\. non una lista \\*né\\* corsivo \\<b\\>", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bool exact = false;
        const struct block *blocks = blocks_of(f, cases[i].markdown);
        const char *written = answer_write(f->arena, blocks, &exact);
        assert_string_equal(written, cases[i].written != NULL ? cases[i].written : cases[i].markdown);
        assert_true(exact);
        assert_true(answer_reads_as(f->arena, written, blocks));
    }
    assert_false(answer_reads_as(f->arena, "a *b*", blocks_of(f, "a b")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(every_kind_is_written_plainly)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
