/* Element: the table can be searched, and every row makes sense. */
#include "aiml/element.h"

#include "aiml/aiml.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <string.h>

static void every_name_is_found(void **state)
{
    (void)state;
    /* Those of AIML 2, of its rich answers, and of HTML; where the table is out of order a search misses some. */
    static const char *const names[] = {
        "a",         "addtriple", "b",        "bot",          "br",          "button",  "card",      "carousel",
        "condition", "date",      "delay",    "deletetriple", "denormalize", "em",      "eval",      "explode",
        "first",     "formal",    "gender",   "get",          "i",           "id",      "image",     "img",
        "implode",   "input",     "interval", "item",         "javascript",  "learn",   "learnf",    "li",
        "link",      "list",      "location", "loop",         "lowercase",   "map",     "normalize", "ol",
        "olist",     "oob",       "p",        "person",       "person2",     "program", "random",    "reply",
        "request",   "response",  "rest",     "select",       "sentence",    "set",     "size",      "split",
        "sr",        "srai",      "sraix",    "star",         "strong",      "system",  "table",     "td",
        "that",      "thatstar",  "think",    "topicstar",    "tr",          "ul",      "uniq",      "uppercase",
        "video",     "vocabulary"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const struct element *e = element_find(names[i]);
        if (e == NULL)
            fail_msg("<%s> is not found", names[i]);
        assert_string_equal(e->name, names[i]);
        assert_int_equal(e->tag == TAG_REFUSED, e->refused != NULL);
        assert_in_range(e->tag, TAG_GROUP, TAGS - 1);
    }
    assert_ptr_equal(element_find("SRAI"), element_find("srai"));
    assert_null(element_find("peron"));
    assert_null(element_find(""));
}

static void what_is_refused_belongs_to_a_use(void **state)
{
    (void)state;
    assert_int_equal(element_find("learnf")->uses, AIML_USE_LEARN);
    assert_int_equal(element_find("sraix")->uses, AIML_USE_OUTSIDE);
    assert_int_equal(element_find("oob")->uses, AIML_USE_OUT_OF_BAND);
    assert_int_equal(element_find("b")->uses, AIML_USE_MARKUP);
}

static void attributes_have_their_place(void **state)
{
    (void)state;
    assert_int_equal(element_param("name"), PARAM_NAME);
    assert_int_equal(element_param("SRC"), PARAM_URL);
    assert_int_equal(element_param("tail"), PARAMS);
    assert_true((element_find("set")->params & PARAM_BIT(PARAM_VAR)) != 0);
    assert_false((element_find("star")->params & PARAM_BIT(PARAM_VAR)) != 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_name_is_found),
        cmocka_unit_test(what_is_refused_belongs_to_a_use),
        cmocka_unit_test(attributes_have_their_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
