/* Expressions whose matches all have a digit, told from the others by their syntax; what PCRE2 finds has the last word.
 */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "entity/regex_digit.h"

#include <pcre2.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void expressions_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *match;
        bool needs;
    } rows[] = {
        {"OL-[0-9]{6}", true},
        {"[A-Z]{2}-\\d+", true},
        {"[A-Z]{2}[0-9]?", false},
        {"[0-9]*[A-Z]", false},
        {"[0-9]{0,3}", false},
        {"[0-9]{,3}", false},
        {"[1-9][0-9]*", true},
        {"[0-9A-F]+", false},
        {"[^0-9]+", false},
        {"[0-9-]+", false},
        {"[\\d]", true},
        {"\\D", false},
        {"A1", true},
        {"A1?", false},
        {"(A-[0-9]+|B-[0-9]{4})", true},
        {"(A-[0-9]+|B)", false},
        {"(?:[0-9]{2}|x7)-?", true},
        {"([0-9]{2})?x", false},
        {"[0-9]+|x", false},
        {"|[0-9]", false},
        {"(?i)[0-9]", false}, /* options are not looked into */
        {"(?x) a # 1", false},
        {"(?!1)a", false},
        {"\\x41", false},
        {"\\Q1\\E", false},
        {"(a)\\1", false},
        {"[[:alpha:]1]", false},
        {"[]1]", false},
        {"5{2}", true},
        {"a{2}1", true},
        {"5+?", false}, /* "?" might make it optional; nobody asks which */
        {"x{a1}", true},
        {"", false},
        {"[1", false},
        {"(1", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (regex_needs_digit(rows[i].match) != rows[i].needs)
            fail_msg("%s: expected %d", rows[i].match, rows[i].needs);
}

static uint32_t chance(void)
{
    static uint64_t state = 42;
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(state >> 33);
}

static void random_text(const char *const *parts, size_t count, size_t most, char *ret, size_t room)
{
    size_t size = 0;
    for (size_t left = chance() % (most + 1); left > 0; left--) {
        const char *part = parts[chance() % count];
        if (size + strlen(part) + 1 < room)
            size += (size_t)snprintf(ret + size, room - size, "%s", part);
    }
    ret[size] = '\0';
}

/* Whether the expression matches something in the text; false also where it cannot be compiled. */
static bool matches(const char *match, const char *text, bool *ret_compiles)
{
    int error;
    size_t offset;
    pcre2_code *code =
        pcre2_compile((PCRE2_SPTR)match, PCRE2_ZERO_TERMINATED, PCRE2_UTF | PCRE2_CASELESS, &error, &offset, NULL);
    *ret_compiles = code != NULL;
    if (code == NULL)
        return false;
    pcre2_match_data *data = pcre2_match_data_create(1, NULL);
    int found = pcre2_match(code, (PCRE2_SPTR)text, strlen(text), 0, PCRE2_NOTEMPTY, data, NULL);
    pcre2_match_data_free(data);
    pcre2_code_free(code);
    return found >= 0;
}

static void nothing_without_a_digit_matches_what_needs_one(void **state)
{
    (void)state;
    static const char *const syntax[] = {
        "0",   "1",   "[0-9]", "[1-9]", "\\d",  "\\D",  "[0-9a]", "[a-z]", "[^a]",  "a",     "b",      "-",    ".",
        "(",   "(?:", ")",     "|",     "?",    "*",    "+",      "{2}",   "{0,2}", "{1,}",  "{",      "}",    "[",
        "]",   "[]",  "^",     "$",     "\\b",  "\\w",  "\\s",    "\\-",   "\\\\",  "\\x41", "\\1",    "(?i)", "(?=",
        "\\Q", "\\E", "[\\d]", "[-9]",  "[9-]", "{,2}", " ",      "#",     "(a|1)", "(1|2)", "[\\w5]", "è",
    };
    static const char *const letters[] = {"a", "b", "A", "-", ".", " ", "è", "\\", "(", "x", "{", "}", "?", "]", "Q"};
    size_t tried = 0, needed = 0;
    for (int i = 0; i < 60000; i++) {
        char match[200], text[40];
        bool compiles;
        random_text(syntax, sizeof syntax / sizeof *syntax, 8, match, sizeof match);
        random_text(letters, sizeof letters / sizeof *letters, 10, text, sizeof text);
        bool needs = regex_needs_digit(match), found = matches(match, text, &compiles);
        tried += compiles;
        needed += compiles && needs;
        if (compiles && needs && found)
            fail_msg("“%s” is said to need a digit, but matches “%s”", match, text);
    }
    /* Otherwise the trial would show nothing. */
    assert_true(tried > 10000 && needed > 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(expressions_are_read),
        cmocka_unit_test(nothing_without_a_digit_matches_what_needs_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
