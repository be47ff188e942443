/* Qna: .qna files and QnA Maker's tables. */
#include "import_test.h"

#include "content/qna.h"

static void file_gives(struct fixture *f, const char *text, const char *kind, const char *entries)
{
    struct import_list list;
    open_list(f, &list, NULL);
    const char *name = qna_read(&list, (struct span){text, strlen(text)});
    assert_string_equal(name != NULL ? name : "none", kind);
    assert_string_equal(entries_of(f, &list), entries);
    import_list_close(&list);
}

static void pairs_with_all_that_belongs_to_them(void **state)
{
    struct fixture *f = *state;
    file_gives(f,
               "> # QnA pairs\n> !# @qna.pair.source = faq.tsv\n\n<a id = \"7\"></a>\n\n## ? Quanto costa?\n- prezzo\n"
               "* il costo\n\n**Filters:**\n- Topic = Spedizioni\n- shop = nord\n\n```markdown\nSei **euro**.\n\n- "
               "uno\n```\n\n"
               "**Prompts:**\n- [Quando arriva?](#8) `context-only`\n- [Dove?](#?dove-siete)\n- [Perso](#99)\n\n"
               "<a id = \"8\"></a>\n# ? Quando arriva?\n```\nPresto.\n```\n"
               "# ? Dove siete?\n````markdown\nQui:\n```\nx\n```\n````\n"
               "# ? [altro](./altro.qna)\n- perso\n```\nno\n```\n[importa](b.qna)\n",
               "a .qna file",
               "Spedizioni/7: Quanto costa? | prezzo | il costo = Sei **euro**.//- uno/ [Quando arriva?>8] "
               "[Dove?>dove-siete]\n/8: Quando arriva? = Presto./\n/dove-siete: Dove siete? = Qui:/```/x/```/\n");
    assert_non_null(strstr(printed(f), "source:12: warning: this filter is left out"));
    assert_non_null(strstr(printed(f), "the prompt “Perso” leads nowhere"));
    assert_non_null(strstr(printed(f), "a question in another file is not read"));
    assert_non_null(strstr(printed(f), "this line is not read: [importa](b.qna)"));
}

static void an_open_answer_is_an_error(void **state)
{
    struct fixture *f = *state;
    file_gives(f, "# ? Uno?\n```\nuno\n", "a .qna file", "");
    assert_non_null(strstr(printed(f), "source:2: error: the answer that begins here has no ``` below it"));
}

static void tables_with_a_row_for_each_question(void **state)
{
    file_gives(*state,
               "Question\tAnswer\tSource\tMetadata\tSuggestedQuestions\tIsContextOnly\tPrompts\tQnaId\n"
               "Uno?\tuno\\n\\n**due**\tEditorial\tTopic:Resi|x:y\t[]\tFalse\t[]\t3\n"
               "E uno?\tuno\\n\\n**due**\tEditorial\tTopic:Resi|x:y\t[]\tFalse\t[]\t3\n"
               "Due?\tdue\t\t\t\t\t\t4\r\n",
               "a QnA Maker table", "Resi/3: Uno? | E uno? = uno//**due**\n/4: Due? = due\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(pairs_with_all_that_belongs_to_them), TEST(an_open_answer_is_an_error),
                                       TEST(tables_with_a_row_for_each_question)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
