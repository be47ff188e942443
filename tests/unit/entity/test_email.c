/* E-mail addresses as they are typed and said. */
#include "unit/entity/table.h"

static const struct entity_spec email = {.type = ENTITY_EMAIL};

static void addresses_are_read(void **state)
{
    (void)state;
    static const struct row it[] = {
        {"maria.rossi@example.com", "maria.rossi@example.com"},
        {"maria.rossi @ example.com.", "maria.rossi@example.com"},
        {"Maria@Example.COM", "Maria@example.com"},
        {"la mia mail è maria_rossi+negozio@mail.example.co.uk, grazie!", "maria_rossi+negozio@mail.example.co.uk"},
        {"maria punto rossi chiocciola example punto com", "maria.rossi@example.com"},
        {"maria chiocciola example.com", "maria@example.com"},
        {"maria@gmail,com", "maria@gmail.com"},
        {"<maria@example.com>", "maria@example.com"},
        {"(maria99@example.it)", "maria99@example.it"},
        {"maria@example", "!impossible"},
        {"maria@-example.com", "!impossible"},
        {"marìa@example.com", "!impossible"},
        {"maria@example.c", "!impossible"},
        {"maria@", NULL},
        {"@example.com", NULL},
        {"example.com", NULL},
        {"a casa", NULL},
        {"", NULL},
    };
    static const struct row en[] = {
        {"john dot smith at example dot com", "john.smith@example.com"},
        {"it's john@example.org", "john@example.org"},
        {"meet me at home", NULL},
        {"john(at)example.com", "john@example.com"},
    };
    check_rows(&email, "it", &sunday, ROWS(it));
    check_rows(&email, "en", &sunday, ROWS(en));
}

static void addresses_nobody_asked_for_are_written_out(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"scrivete a a@b.it o a c-d@e.com.", "a@b.it|c-d@e.com"},
        {"maria chiocciola example punto com", ""},
        {"maria@example", ""},
    };
    check_found(&email, "it", ROWS(rows));
}

static void long_ones_are_refused(void **state)
{
    (void)state;
    char text[400];
    struct entity *e = made(&email, "it");
    memset(text, 'a', sizeof text);
    memcpy(text + 300, "@example.com", sizeof "@example.com");
    check_row(e, &sunday, text, NULL);
    entity_free(e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses_are_read),
        cmocka_unit_test(addresses_nobody_asked_for_are_written_out),
        cmocka_unit_test(long_ones_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
