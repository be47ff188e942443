/* Labelled questions are read as they stand, and every mistake is told with its line. */
#include "cli/corpus.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

struct fixture {
    struct corpus *corpus;
    struct problems *problems;
    char paths[4][64];
    int files;
};

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    f->corpus = corpus_new();
    f->problems = problems_new();
    *state = f;
    return f->corpus != NULL && f->problems != NULL ? 0 : -1;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    for (int i = 0; i < f->files; i++)
        unlink(f->paths[i]);
    corpus_free(f->corpus);
    problems_free(f->problems);
    free(f);
    return 0;
}

static const char *file_of(struct fixture *f, const char *bytes, size_t size)
{
    char *path = f->paths[f->files++];
    snprintf(path, sizeof f->paths[0], "/tmp/sportello-corpus-XXXXXX");
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes, size), size);
    close(fd);
    return path;
}

static const char *text_file(struct fixture *f, const char *text)
{
    return file_of(f, text, strlen(text));
}

static int train(struct fixture *f, const char *text)
{
    return corpus_read(f->corpus, &f->corpus->train, text_file(f, text), f->problems);
}

static const char *label_of(const struct fixture *f, size_t line)
{
    return f->corpus->labels[f->corpus->train.lines[line].label].name;
}

/* The one problem there is: its severity, line, and a part of what it says. */
static void assert_told(struct fixture *f, enum severity severity, int line, const char *part)
{
    size_t count;
    const struct problem *list = problems_sorted(f->problems, &count);
    assert_int_equal(count, 1);
    assert_int_equal(list[0].severity, severity);
    assert_int_equal(list[0].line, line);
    if (strstr(list[0].message, part) == NULL)
        fail_msg("“%s” does not say “%s”", list[0].message, part);
}

static void lines_come_in_order_with_their_labels(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(train(f, "\xEF\xBB\xBFwhere are you\tplace\r\nwho are you\tname \r\nwhere\tplace"), 0);
    assert_int_equal(f->corpus->train.count, 3);
    assert_int_equal(f->corpus->label_count, 2);
    assert_string_equal(f->corpus->train.lines[0].text, "where are you");
    assert_string_equal(f->corpus->train.lines[2].text, "where");
    assert_string_equal(label_of(f, 0), "place");
    assert_string_equal(label_of(f, 1), "name");
    assert_int_equal(f->corpus->train.lines[0].label, f->corpus->train.lines[2].label);
    assert_int_equal(problems_count(f->problems, SEVERITY_WARNING), 0);
}

static void only_oos_and_None_are_out_of_scope(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(train(f, "a\toos\nb\tNone\nc\tnone\nd\tOOS\n"), 0);
    const bool out[] = {true, true, false, false};
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(f->corpus->labels[f->corpus->train.lines[i].label].out_of_scope, out[i]);
}

static void several_files_are_one_part(void **state)
{
    struct fixture *f = *state;
    char both[200];
    snprintf(both, sizeof both, "%s,%s", text_file(f, "a\tx\n"), text_file(f, "b\ty\n"));
    assert_int_equal(corpus_read(f->corpus, &f->corpus->train, both, f->problems), 0);
    assert_int_equal(f->corpus->train.count, 2);
    assert_string_equal(label_of(f, 1), "y");
}

static void a_missing_tab_is_an_error_with_its_line(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(train(f, "a\tx\nno label here\nc\tx\n"), -1);
    assert_told(f, SEVERITY_ERROR, 2, "no tab");
    assert_int_equal(f->corpus->train.count, 2);
}

static void a_second_tab_is_an_error(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(train(f, "a\tx\tmore\n"), -1);
    assert_told(f, SEVERITY_ERROR, 1, "more than one tab");
}

static void a_missing_label_is_an_error(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(train(f, "a\tx\nb\t \n"), -1);
    assert_told(f, SEVERITY_ERROR, 2, "no label");
}

static void empty_lines_are_skipped_with_one_warning(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(train(f, "a\tx\n\nb\ty\n  \n"), 0);
    assert_int_equal(f->corpus->train.count, 2);
    assert_told(f, SEVERITY_WARNING, 2, "the first of 2");
}

static void a_text_may_be_empty_where_it_is_asked_but_not_where_it_is_learned(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(corpus_read(f->corpus, &f->corpus->test, text_file(f, "\tx\n"), f->problems), 0);
    assert_int_equal(f->corpus->test.count, 1);
    assert_string_equal(f->corpus->test.lines[0].text, "");
    assert_int_equal(train(f, "\tx\na\tx\n"), 0);
    assert_int_equal(f->corpus->train.count, 1);
    assert_told(f, SEVERITY_WARNING, 1, "nothing to learn");
}

static void what_is_no_utf8_is_told_with_its_line(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(train(f, "a\tx\ncaff\xE8\tx\n"), -1);
    assert_told(f, SEVERITY_ERROR, 2, "UTF-8");
}

static void a_nul_byte_is_told(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(corpus_read(f->corpus, &f->corpus->train, file_of(f, "a\tx\nb\0\ty\n", 10), f->problems), -1);
    assert_told(f, SEVERITY_ERROR, 2, "NUL");
}

static void a_file_that_is_not_there_is_named(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(corpus_read(f->corpus, &f->corpus->train, "/nowhere/x.tsv", f->problems), -1);
    assert_told(f, SEVERITY_ERROR, 0, "No such file");
}

static void an_empty_file_is_an_error(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(train(f, ""), -1);
    assert_told(f, SEVERITY_ERROR, 0, "empty");
}

static void one_line_too_many_is_told_with_its_number(void **state)
{
    struct fixture *f = *state;
    size_t lines = CORPUS_LINES + 1;
    char *text = malloc(lines * 4 + 1);
    assert_non_null(text);
    for (size_t i = 0; i < lines; i++)
        memcpy(text + i * 4, "a\tx\n", 4);
    assert_int_equal(corpus_read(f->corpus, &f->corpus->train, file_of(f, text, lines * 4), f->problems), -1);
    free(text);
    assert_told(f, SEVERITY_ERROR, CORPUS_LINES + 1, "more than 2000000 lines");
    assert_int_equal(f->corpus->train.count, CORPUS_LINES);
}

static void entries_give_their_question_and_answer_to_a_label(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(train(f, "how do I pay\t7\n"), 0);
    const char *faq = text_file(f, "id\tquestion\tanswer\n7\tHow can I pay?\tBy card.\tmore\n8\tWhere are you?\n");
    assert_int_equal(corpus_read_answers(f->corpus, faq, f->problems), 0);
    assert_int_equal(f->corpus->label_count, 2);
    assert_string_equal(f->corpus->labels[0].question, "How can I pay?");
    assert_string_equal(f->corpus->labels[0].answer, "By card.");
    assert_string_equal(f->corpus->labels[1].name, "8");
    assert_string_equal(f->corpus->labels[1].answer, "");
}

static void an_id_given_twice_names_both_places(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(corpus_read_answers(f->corpus, text_file(f, "1\ta\tb\n2\tc\td\n1\te\tf\n"), f->problems), -1);
    assert_told(f, SEVERITY_ERROR, 3, ":1 already");
}

static void an_entry_without_a_question_is_an_error(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(corpus_read_answers(f->corpus, text_file(f, "1\ta\tb\n2\n"), f->problems), -1);
    assert_told(f, SEVERITY_ERROR, 2, "no question");
}

static void a_name_in_words(void **state)
{
    struct fixture *f = *state;
    assert_string_equal(corpus_words(f->corpus, "support.about_us-now"), "support about us now");
    assert_string_equal(corpus_words(f->corpus, "_x_"), "x");
    assert_string_equal(corpus_words(f->corpus, "Find Alternative"), "Find Alternative");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(lines_come_in_order_with_their_labels),
        TEST(only_oos_and_None_are_out_of_scope),
        TEST(several_files_are_one_part),
        TEST(a_missing_tab_is_an_error_with_its_line),
        TEST(a_second_tab_is_an_error),
        TEST(a_missing_label_is_an_error),
        TEST(empty_lines_are_skipped_with_one_warning),
        TEST(a_text_may_be_empty_where_it_is_asked_but_not_where_it_is_learned),
        TEST(what_is_no_utf8_is_told_with_its_line),
        TEST(a_nul_byte_is_told),
        TEST(a_file_that_is_not_there_is_named),
        TEST(an_empty_file_is_an_error),
        TEST(one_line_too_many_is_told_with_its_number),
        TEST(entries_give_their_question_and_answer_to_a_label),
        TEST(an_id_given_twice_names_both_places),
        TEST(an_entry_without_a_question_is_an_error),
        TEST(a_name_in_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
