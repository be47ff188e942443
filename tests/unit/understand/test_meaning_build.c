/* A section is made whole or not at all. */
#include "understand/meaning_format.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static const char *const phrasings[] = {"uno", "due", "tre", "quattro", "cinque"};
static const struct index_entry entries[] = {{&phrasings[0], 3, "", ""}, {&phrasings[3], 1, "", ""}};

static int make_axis(void *context, const char *lang, const char *const *texts, size_t count, float *ret)
{
    (void)lang;
    if (context != NULL)
        return -1;
    for (size_t i = 0; i < count; i++)
        ret[i * 3] = texts[i][0] == 'd' ? -1 : 1; /* “due” is the contrary of “uno” */
    return 0;
}

static void a_failure_leaves_the_buffer_as_it_was(void **state)
{
    struct {
        struct meaning_maker maker;
        size_t ceiling;
    } cases[] = {
        {{1, 3, make_axis, (void *)phrasings}, 1 << 20}, /* the maker cannot */
        {{1, 0, make_axis, NULL}, 1 << 20},
        {{1, MEANING_SIZE_MAX + 1, make_axis, NULL}, 1 << 20},
        {{1, 3, make_axis, NULL}, 100}, /* past the ceiling */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf out;
        buf_init(&out, cases[i].ceiling);
        buf_add(&out, "12345678", 8);
        assert_int_equal(meaning_build(&cases[i].maker, "it", entries, 2, NULL, NULL, &out), -1);
        assert_int_equal(out.size, 8);
        assert_string_equal(out.data, "12345678");
        buf_free(&out);
    }
    struct buf empty;
    buf_init(&empty, 8);
    assert_int_equal(meaning_build(&cases[0].maker, "it", entries, 2, NULL, NULL, &empty), -1);
    assert_int_equal(empty.size, 0);
    (void)state;
}

static void it_stands_behind_what_is_there(void **state)
{
    const struct meaning_maker maker = {1, 3, make_axis, NULL};
    struct buf out;
    struct meaning m;
    buf_init(&out, 1 << 20);
    buf_add(&out, "12345678", 8);
    assert_int_equal(meaning_build(&maker, "it", entries, 2, NULL, NULL, &out), 0);
    assert_int_equal(out.size % 8, 0);
    assert_int_equal(meaning_open(out.data + 8, out.size - 8, 2, &m), 0);
    struct meaning_query q;
    static const float contrary[] = {-2, 0, 0};
    float scores[2];
    meaning_ask(&m, contrary, &q);
    meaning_scores(&m, &q, NULL, 2, scores);
    assert_true(scores[0] > 0.999f && scores[1] < -0.999f);
    buf_free(&out);
    (void)state;
}

static void hear(void *context, double share)
{
    double *last = context;
    assert_true(share >= *last && share <= 1);
    *last = share;
}

static void nothing_at_all_is_a_section_too(void **state)
{
    const struct meaning_maker maker = {1, 3, make_axis, NULL};
    struct buf out;
    struct meaning m;
    struct meaning_query q;
    double last = 0;
    uint32_t best;
    float cosine;
    static const float any[] = {1, 0, 0};
    buf_init(&out, 1 << 20);
    assert_int_equal(meaning_build(&maker, "it", NULL, 0, hear, &last, &out), 0);
    assert_true(last == 1);
    assert_int_equal(meaning_open(out.data, out.size, 0, &m), 0);
    meaning_ask(&m, any, &q);
    assert_int_equal(meaning_best(&m, &q, 1, &best, &cosine), 0);
    buf_free(&out);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_failure_leaves_the_buffer_as_it_was),
        cmocka_unit_test(it_stands_behind_what_is_there),
        cmocka_unit_test(nothing_at_all_is_a_section_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
