/* Front_matter: topic and review date at the top of a knowledge file. */
#include "content_test.h"

#include "content/front_matter.h"

static struct front_matter read(struct fixture *f, const char *bytes, struct span *ret_rest, int *ret_line)
{
    struct collect c = {.arena = f->arena, .problems = f->problems, .today = "2026-11-22"};
    *ret_rest = (struct span){bytes, strlen(bytes)};
    *ret_line = 1;
    return front_matter_read(&c, "knowledge/it/orari.md", ret_rest, ret_line);
}

static void takes_it_off_the_text(void **state)
{
    struct fixture *f = *state;
    struct span rest;
    int line;
    struct front_matter m =
        read(f, "---\r\ntopic: \"Orari # 1\"\r\nreview: 2027-01-31 # a date\r\n---\r\n## Q\r\n", &rest, &line);
    assert_string_equal(m.topic, "Orari # 1");
    assert_string_equal(m.review, "2027-01-31");
    assert_int_equal(line, 5);
    assert_int_equal(strncmp(rest.text, "## Q", 4), 0);
    assert_string_equal(printed(f), "");
}

static void may_be_missing_or_empty(void **state)
{
    struct fixture *f = *state;
    struct span rest;
    int line;
    struct front_matter m = read(f, "## Q\n\n---\n", &rest, &line);
    assert_string_equal(m.topic, "orari");
    assert_null(m.review);
    assert_int_equal(line, 1);
    assert_string_equal(read(f, "---\n---\n## Q\n", &rest, &line).topic, "orari");
    assert_int_equal(line, 3);
    assert_string_equal(printed(f), "");
}

static void a_review_is_due_the_day_after_its_date(void **state)
{
    struct fixture *f = *state;
    struct span rest;
    int line;
    read(f, "---\nreview: 2026-11-22\n---\n", &rest, &line);
    assert_int_equal(problems_count(f->problems, SEVERITY_WARNING), 0);
    read(f, "---\nreview: 2026-11-21\n---\n", &rest, &line);
    assert_int_equal(problems_count(f->problems, SEVERITY_WARNING), 1);
}

static void mistakes_have_the_line_of_the_file(void **state)
{
    struct fixture *f = *state;
    struct span rest;
    int line;
    read(f, "---\ntopic: uno # due\nreview: [a]\npassword: x\n---\n", &rest, &line);
    const char *told = printed(f);
    assert_non_null(strstr(told, "orari.md:2:12: error: “ #” begins a comment"));
    assert_non_null(strstr(told, "orari.md:3:9: error: “review” must be a day"));
    assert_non_null(strstr(told, "orari.md:4:11: error: “password” looks like a secret"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(takes_it_off_the_text),
        TEST(may_be_missing_or_empty),
        TEST(a_review_is_due_the_day_after_its_date),
        TEST(mistakes_have_the_line_of_the_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
