/* Canned replies belong to one user, have names of their own, and are not too many. */
#include "unit/store/fixture.h"

#include "store/snippet.h"

static int64_t save(int64_t user, struct snippet snippet, bool removed, enum store_result expected)
{
    struct store_snippet_save *s = NEW_JOB(store_snippet_save);
    s->user = user;
    s->snippet = snippet;
    s->remove = removed;
    run_for(store, s, expected);
    int64_t id = s->snippet.id;
    store_job_free(&s->job);
    return id;
}

static size_t count_of(int64_t user, char first[64])
{
    struct store_snippets *l = NEW_JOB(store_snippets);
    l->user = user;
    run_for(store, l, STORE_OK);
    size_t count = l->count;
    snprintf(first, 64, "%s=%s", count > 0 ? l->rows[0].name : "", count > 0 ? l->rows[0].text : "");
    store_job_free(&l->job);
    return count;
}

static void each_has_their_own(void **state)
{
    (void)state;
    char first[64];
    int64_t anna = user_now(store, "anna"), ugo = user_now(store, "ugo");
    int64_t id = save(anna, (struct snippet){.name = "saluto", .text = "Buongiorno {visitor.name}"}, false, STORE_OK);
    save(anna, (struct snippet){.name = "Saluto", .text = "x"}, false, STORE_REFUSED);
    save(ugo, (struct snippet){.name = "Saluto", .text = "Ciao"}, false, STORE_OK);
    save(ugo, (struct snippet){.id = id, .name = "preso", .text = "x"}, false, STORE_MISSING);
    save(ugo, (struct snippet){.id = id}, true, STORE_MISSING);
    save(anna, (struct snippet){.id = id, .name = "SALUTO", .text = "Salve"}, false, STORE_OK);
    save(anna, (struct snippet){.name = "addio", .text = "A presto"}, false, STORE_OK);
    assert_int_equal(count_of(anna, first), 2);
    assert_string_equal(first, "addio=A presto");
    save(anna, (struct snippet){.id = id}, true, STORE_OK);
    save(anna, (struct snippet){.id = id}, true, STORE_MISSING);
    assert_int_equal(count_of(anna, first), 1);
    assert_int_equal(count_of(ugo, first), 1);
    assert_string_equal(first, "Saluto=Ciao");
}

static void sizes_and_number_are_bounded(void **state)
{
    (void)state;
    char name[SNIPPET_NAME_BYTES + 2], first[64];
    static char text[SNIPPET_TEXT_BYTES + 2];
    int64_t anna = user_now(store, "anna");
    memset(name, 'n', sizeof name - 1);
    memset(text, 't', sizeof text - 1);
    name[sizeof name - 1] = text[sizeof text - 1] = '\0';
    save(anna, (struct snippet){.name = name, .text = "x"}, false, STORE_REFUSED);
    save(anna, (struct snippet){.name = "x", .text = text}, false, STORE_REFUSED);
    save(anna, (struct snippet){.name = "", .text = "x"}, false, STORE_REFUSED);
    save(anna, (struct snippet){.name = "x", .text = ""}, false, STORE_REFUSED);
    int64_t id = save(anna, (struct snippet){.name = name + 1, .text = text + 1}, false, STORE_OK);
    for (int i = 1; i < SNIPPETS_MAX; i++) {
        snprintf(name, sizeof name, "n%d", i);
        save(anna, (struct snippet){.name = name, .text = "x"}, false, STORE_OK);
    }
    save(anna, (struct snippet){.name = "one more", .text = "x"}, false, STORE_REFUSED);
    save(anna, (struct snippet){.id = id, .name = "changed", .text = "x"}, false, STORE_OK);
    assert_int_equal(count_of(anna, first), SNIPPETS_MAX);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {TEST(each_has_their_own), TEST(sizes_and_number_are_bounded)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
