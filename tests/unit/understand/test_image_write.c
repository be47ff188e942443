/* Postings are sorted into lists, heaviest first, and cut at their ceiling. */
#include "understand/image_write.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static uint64_t posting(uint64_t stem, uint64_t impact, uint64_t entry)
{
    return stem << 36 | (255 - impact) << 28 | entry;
}

static void postings_become_lists(void **state)
{
    uint64_t postings[] = {posting(2, 10, 7), posting(0, 5, 1), posting(2, 200, 9), posting(0, 5, 0)};
    struct image_parts p = {0};
    assert_int_equal(image_parts_postings(&p, postings, 4, 3), 0);
    const uint32_t at[] = {0, 2, 2, 4}, entries[] = {0, 1, 9, 7};
    assert_memory_equal(p.stem_entries_at.items, at, sizeof at);
    assert_memory_equal(p.stem_entries.items, entries, sizeof entries);
    assert_int_equal((unsigned char)p.impacts.data[2], 200);
    image_parts_free(&p);
    (void)state;
}

static void a_long_list_keeps_the_heaviest(void **state)
{
    size_t count = IMAGE_LIST_MAX + 100;
    uint64_t *postings = calloc(count, sizeof *postings);
    struct image_parts p = {0};
    for (size_t i = 0; i < count; i++)
        postings[i] = posting(0, i < 100 ? 1 : 50, i);
    assert_int_equal(image_parts_postings(&p, postings, count, 1), 0);
    assert_int_equal(p.stem_entries.count, IMAGE_LIST_MAX);
    assert_int_equal(p.stem_entries.items[0], 100);
    image_parts_free(&p);
    free(postings);
    (void)state;
}

static void a_full_buffer_is_told(void **state)
{
    struct vocabulary v;
    struct image_parts p = {0};
    struct buf out;
    vocabulary_init(&v, "it");
    assert_int_equal(vocabulary_number(&v), 0);
    buf_init(&out, 64);
    assert_int_equal(image_write(&p, &v, &out), -1);
    buf_free(&out);
    vocabulary_free(&v);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(postings_become_lists),
        cmocka_unit_test(a_long_list_keeps_the_heaviest),
        cmocka_unit_test(a_full_buffer_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
