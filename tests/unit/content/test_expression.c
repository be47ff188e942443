/* Expression: conditions, their values and their mistakes. */
#include "content_test.h"

#include "content/expression.h"

struct pair {
    const char *name, *value;
};

static const struct pair set[] = {
    {"numero", "AB-1234"},
    {"stato", "Spedito"},
    {"importo", "70.50 EUR"},
    {"dollari", "70.50 USD"},
    {"pezzi", "12"},
    {"giorno", "2026-12-24"},
    {"ora", "9:30"},
    {"momento", "2026-12-24T15:00"},
    {"citta", "Forlì"},
    {"no", "No"},
    {"zero", "0"},
    {"vuoto", ""},
    {"o.trovato", "true"},
    {"o.falso", "false"},
    {"o.righe.count", "3"},
    {"o.voci.1", "a"},
    {"o.voci.2", "b"},
    {"nome-cognome", "Ada Rossi"},
    {"testo", "è URGENTE, grazie"},
    {"spazi", "  due   parole "},
};

static const char *look_up(void *context, const char *name)
{
    (*(int *)context)++;
    for (size_t i = 0; i < sizeof set / sizeof *set; i++)
        if (strcmp(set[i].name, name) == 0)
            return set[i].value;
    return NULL;
}

static const struct expression *read(struct fixture *f, const char *text)
{
    return expression_read(f->arena, "a.yaml", 3, 10, text, f->problems);
}

static const char *value(struct fixture *f, const char *text)
{
    int asked = 0;
    const struct expression *e = read(f, text);
    if (e == NULL)
        fail_msg("%s: %s", text, printed(f));
    return expression_value(e, look_up, &asked, f->arena);
}

static void conditions_hold_or_not(void **state)
{
    static const struct {
        const char *text;
        bool holds;
    } rows[] = {
        {"numero", true},
        {"nessuno", false},
        {"no", false},
        {"zero", false},
        {"vuoto", false},
        {"o.trovato", true},
        {"o.falso", false},
        {"not nessuno", true},
        {"empty(zero)", false},
        {"empty(no)", false},
        {"empty(vuoto) and empty(nessuno)", true},
        /* texts: blind to case, accents and extra blanks, not to punctuation */
        {"stato == \"SPEDITO\"", true},
        {"citta == 'forli'", true},
        {"numero == \"AB 1234\"", false},
        {"spazi == \"due parole\"", true},
        {"stato != \"consegnato\"", true},
        {"stato < \"tutto\"", true},
        {"testo contains \"urgente\"", true},
        {"testo contains \"E urg\"", true},
        {"testo contains \"prego\"", false},
        {"nessuno contains \"a\"", false},
        {"citta in [\"Asti\", \"forlì\"]", true},
        {"citta in [\"Asti\"]", false},
        {"citta in []", false},
        /* of a name that nobody set nothing holds but that it is empty */
        {"nessuno == \"x\"", false},
        {"nessuno != \"x\"", false},
        {"nessuno == \"\"", true},
        {"nessuno != \"\"", false},
        {"numero != \"\"", true},
        {"nessuno < 3", false},
        {"nessuno > 3", false},
        {"nessuno in [\"x\"]", false},
        {"nessuno == altro", true},
        /* numbers and sums by value */
        {"pezzi == 12.0", true},
        {"pezzi > 9", true},
        {"pezzi >= 12 and pezzi <= 12", true},
        {"importo >= 70", true},
        {"importo == 70.5", true},
        {"importo == dollari", false},
        {"importo < dollari or importo >= dollari", false},
        {"pezzi > \"molti\"", false},
        {"-pezzi < 0", true},
        /* dates, moments and times */
        {"giorno < \"2027-01-01\"", true},
        {"giorno == momento", true},
        {"momento > \"2026-12-24T14:59\"", true},
        {"momento > giorno", false},
        {"ora < \"15:00\"", true},
        {"ora == \"09:30\"", true},
        /* precedence and brackets */
        {"nessuno and nessuno or numero", true},
        {"nessuno and (nessuno or numero)", false},
        {"not nessuno and numero", true},
        {"not (numero and stato)", false},
        {"1 + 2 * 3 == 7", true},
        {"(1 + 2) * 3 == 9", true},
        {"8 - 2 - 1 == 5", true},
        {"8 / 4 / 2 == 1", true},
        {"length(citta) == 5", true},
        {"count(o.righe) == 3", true},
        {"count(o.voci) == 2", true},
        {"count(o.nulla) == 0", true},
        {"nome-cognome == \"ada rossi\"", true},
        {"true and not false", true},
    };
    struct fixture *f = *state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int asked = 0;
        const struct expression *e = read(f, rows[i].text);
        if (e == NULL || expression_holds(e, look_up, &asked) != rows[i].holds)
            fail_msg("%s should %shold %s", rows[i].text, rows[i].holds ? "" : "not ", printed(f));
    }
}

static void values_are_written_as_one_would(void **state)
{
    struct fixture *f = *state;
    assert_string_equal(value(f, "pezzi * 2"), "24");
    assert_string_equal(value(f, "importo * 2"), "141");
    assert_string_equal(value(f, "pezzi / 5"), "2.4");
    assert_string_equal(value(f, "0.1 + 0.2"), "0.3");
    assert_string_equal(value(f, "0 - 0.0000001"), "0");
    assert_string_equal(value(f, "1 / 0"), "");
    assert_string_equal(value(f, "numero * 2"), "");
    assert_string_equal(value(f, "nessuno + 1"), "");
    assert_string_equal(value(f, "numero"), "AB-1234");
    assert_string_equal(value(f, "pezzi > 3"), "true");
    assert_string_equal(value(f, "pezzi < 3"), "false");
    assert_string_equal(value(f, "importo"), "70.50 EUR");
}

static void mistakes_are_named_at_their_sign(void **state)
{
    static const struct {
        const char *text, *told;
    } rows[] = {
        {"numero = 3", "a.yaml:3:17: error: “=” does not compare; write “==”\n"},
        {"città && numero", "a.yaml:3:16: error: write “and” for “&&”\n"},
        {"numero ==", "a.yaml:3:19: error: it breaks off here: a name, a number or a text in quotes must follow\n"},
        {"(numero", "a.yaml:3:17: error: expected here: )\n"},
        {"numero)", "a.yaml:3:16: error: not expected here; conditions are joined by “and” or “or”\n"},
        {"stato == \"x", "a.yaml:3:19: error: the quotes are not closed\n"},
        {"stato == “x”", "a.yaml:3:19: error: write straight quotes: \"…\" or '…'\n"},
        {"stato spedito",
         "a.yaml:3:16: error: not expected here; texts stand in quotes, and conditions are joined by “and” or “or”\n"},
        {"citta in \"a\"", "a.yaml:3:19: error: behind “in” stands a list in square brackets: [\"a\", \"b\"]\n"},
        {"max(3)", "a.yaml:3:10: error: there is no such function; there are length, count and empty\n"},
        {"length numero", "a.yaml:3:17: error: this is a function: write its name with brackets, such as length(x)\n"},
        {"count(1)", "a.yaml:3:16: error: count() takes the name of a list, such as count(o.lines)\n"},
        {"and numero", "a.yaml:3:10: error: a value must stand here, before and\n"},
        {"", "a.yaml:3:10: error: it breaks off here: a name, a number or a text in quotes must follow\n"},
        {"{numero}", "a.yaml:3:10: error: a name stands without braces in a condition\n"},
        {"numero ? 1", "a.yaml:3:17: error: this sign has no meaning in a condition; texts stand in quotes\n"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        void *inner = NULL;
        set_up(&inner);
        struct fixture *f = inner;
        assert_null(read(f, rows[i].text));
        if (strcmp(printed(f), rows[i].told) != 0)
            fail_msg("%s\n%s%s", rows[i].text, rows[i].told, printed(f));
        tear_down(&inner);
    }
    (void)state;
}

static void ceilings_hold(void **state)
{
    struct fixture *f = *state;
    char text[EXPRESSION_BYTES + 200];
    memset(text, '(', EXPRESSION_DEPTH + 1);
    strcpy(text + EXPRESSION_DEPTH + 1, "a");
    assert_null(read(f, text));
    for (int i = 0; i < EXPRESSION_DEPTH + 1; i++)
        memcpy(text + 4 * i, "not ", 4);
    strcpy(text + 4 * (EXPRESSION_DEPTH + 1), "a");
    assert_null(read(f, text));
    memset(text, 'a', sizeof text);
    text[sizeof text - 1] = '\0';
    assert_null(read(f, text));
    text[EXPRESSION_NAME_BYTES] = '\0';
    assert_null(read(f, text));
    assert_int_equal(problems_count(f->problems, SEVERITY_ERROR), 4);
}

static const char *endless(void *context, const char *name)
{
    (*(int *)context)++;
    return strstr(name, ".count") != NULL ? NULL : "x";
}

static void an_endless_list_is_given_up(void **state)
{
    struct fixture *f = *state;
    int asked = 0;
    const struct expression *e = read(f, "count(a) > 3 or count(b) > 3");
    assert_non_null(e);
    expression_holds(e, endless, &asked);
    assert_true(asked <= EXPRESSION_STEPS + 10);
}

static void note(void *context, const char *name)
{
    strcat(strcat(context, name), " ");
}

static void all_names_are_told(void **state)
{
    struct fixture *f = *state;
    char names[200] = "";
    expression_names(read(f, "a.b in [c, 'x', d] and not (e - 1 > length(g)) or count(h.i)"), note, names);
    assert_string_equal(names, "a.b c d e g h.i ");
}

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(conditions_hold_or_not),           TEST(values_are_written_as_one_would),
                                       TEST(mistakes_are_named_at_their_sign), TEST(ceilings_hold),
                                       TEST(an_endless_list_is_given_up),      TEST(all_names_are_told)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
