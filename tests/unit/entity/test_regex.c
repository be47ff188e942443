/* Codes by an expression, and expressions that are wrong or explode. */
#include "unit/entity/table.h"

static void check(const char *match, const char *text, const char *value)
{
    struct entity_spec spec = {.type = ENTITY_REGEX, .match = match};
    struct entity *e = made(&spec, "it");
    check_row(e, &sunday, text, value);
    entity_free(e);
}

static void codes_are_read_as_people_type_them(void **state)
{
    (void)state;
    static const char order[] = "[A-Z]{2}-[0-9]{4}", joined[] = "[A-Z]{2}[0-9]{6}",
                      year[] = "[0-9]{4}/[A-Z]{2}-[0-9]{2}";
    static const struct {
        const char *match, *text, *value;
    } rows[] = {
        {order, "AB-1234", "AB-1234"},
        {order, "il mio è ab-1234.", "AB-1234"},
        {order, "ab1234", "AB-1234"},
        {order, "ab 1234", "AB-1234"},
        {order, "ordine Ab - 1234 grazie", "AB-1234"},
        {order, "ab_1234", "AB-1234"},
        {order, "perché l'ordine ab 1234 è in ritardo?", "AB-1234"},
        {order, "XAB-1234", NULL},
        {order, "AB-12345", NULL},
        {order, "AB-123", NULL},
        {order, "", NULL},
        {order, "èab-1234", NULL},
        {joined, "AB123456", "AB123456"},
        {joined, "ab 12 34 56", "AB123456"},
        {joined, "ordine ab-123456", "AB123456"},
        {joined, "ho 2 ab", NULL},
        {year, "2026/ab 12", "2026/AB-12"},
        {"#[0-9]+", "il #12", "#12"},
        {"[a-z]+[0-9]", "abc1", "abc1"},
        {"[a-z]+[0-9]", "ABC1", "ABC1"},
        {"a|bc", "bcd bc", "bc"},
        {"x*", "yyy", NULL},
        {"(?x) [A-Z]{2} # two letters", "AB", "AB"},
        {"caffè", "un CAFFÈ", "CAFFÈ"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        check(rows[i].match, rows[i].text, rows[i].value);
}

static void several_are_found(void **state)
{
    (void)state;
    static const struct row rows[] = {{"ab-1234 e CD-5678", "AB-1234|CD-5678"}, {"niente", ""}};
    struct entity_spec spec = {.type = ENTITY_REGEX, .match = "[A-Z]{2}-[0-9]{4}"};
    check_found(&spec, "it", ROWS(rows));
}

static void wrong_expressions_are_told_with_their_place(void **state)
{
    (void)state;
    static const struct {
        const char *match, *why;
    } rows[] = {
        {"[A-Z", "character 5"},      {"è(a", "character 4: missing closing parenthesis"},
        {"a)(b", "character 2"},      {"", "between 1 and 1000"},
        {NULL, "between 1 and 1000"}, {"(*UCP)a", "must not begin"},
        {"\\C", "character"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct entity_spec spec = {.type = ENTITY_REGEX, .match = rows[i].match};
        char why[ENTITY_WHY_BYTES];
        assert_null(entity_new(&spec, "it", why));
        if (strstr(why, rows[i].why) == NULL)
            fail_msg("%s: %s", rows[i].match ? rows[i].match : "NULL", why);
    }
}

static void an_explosion_ends_as_nothing(void **state)
{
    (void)state;
    char text[ENTITY_TEXT_BYTES + 1];
    memset(text, 'a', ENTITY_TEXT_BYTES);
    text[ENTITY_TEXT_BYTES] = '\0';
    check("(a+)+$b", text, NULL);
    check("(a|a)*c", text, NULL);
    check("(.*)*x(.*)*y", text, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_are_read_as_people_type_them),
        cmocka_unit_test(several_are_found),
        cmocka_unit_test(wrong_expressions_are_told_with_their_place),
        cmocka_unit_test(an_explosion_ends_as_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
