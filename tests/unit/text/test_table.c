/* A binary table is read only if its head, its size and its checksum are what they must be. */
#include "text/table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char magic[4] = {'T', 'E', 'S', 'T'};
static const uint32_t counts[3] = {7, 8, 9};

static int write_one(void **state)
{
    static struct buf out;
    buf_init(&out, 4096);
    *state = &out;
    return table_write(&out, magic, 3, "it", counts, "sixteen bytes...", 16);
}

static int free_one(void **state)
{
    buf_free(*state);
    return 0;
}

static void reads_what_was_written(void **state)
{
    const struct buf *b = *state;
    const char *body = table_body(b->data, b->size, magic, 3, "it");
    assert_non_null(body);
    assert_memory_equal(body, "sixteen bytes...", 16);
    const struct table_head *h = (const struct table_head *)b->data;
    assert_memory_equal(h->counts, counts, sizeof counts);
    assert_int_equal(h->body, 16);
}

static void refuses_another_kind_version_or_language(void **state)
{
    const struct buf *b = *state;
    assert_null(table_body(b->data, b->size, "TSET", 3, "it"));
    assert_null(table_body(b->data, b->size, magic, 4, "it"));
    assert_null(table_body(b->data, b->size, magic, 3, "en"));
    assert_null(table_body(b->data, b->size, magic, 3, "i"));
}

static void refuses_each_cut_and_each_changed_byte(void **state)
{
    struct buf *b = *state;
    for (size_t size = 0; size < b->size; size++)
        assert_null(table_body(b->data, size, magic, 3, "it"));
    for (size_t i = 0; i < b->size; i++) {
        b->data[i] ^= 4;
        assert_null(table_body(b->data, b->size, magic, 3, "it"));
        b->data[i] ^= 4;
    }
    assert_non_null(table_body(b->data, b->size, magic, 3, "it"));
}

/* --- files of a language --- */

static size_t opened;

static void *open_counted(const void *bytes, size_t size, const char *lang)
{
    opened++;
    (void)bytes, (void)size, (void)lang;
    return NULL;
}

static void close_none(void *table)
{
    (void)table;
}

static void an_absent_file_is_told_from_a_damaged_one(void **state)
{
    static const struct table_kind absent = {"nothing-of-the-kind", "tab", open_counted, close_none};
    assert_null(table_of(&absent, "it"));
    assert_int_equal(table_state(&absent, "it"), TABLE_ABSENT);
    assert_int_equal(opened, 0);
    assert_null(table_of(&absent, "a-long-name-of-a-language"));
    char folder[] = "/tmp/table-XXXXXX", path[64];
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/damaged.it.tab", folder);
    FILE *f = fopen(path, "w");
    assert_true(f != NULL && fputs("x", f) >= 0 && fclose(f) == 0);
    assert_int_equal(setenv("SPORTELLO_SHARE", folder, 1), 0);
    static const struct table_kind damaged = {"damaged", "tab", open_counted, close_none};
    assert_null(table_of(&damaged, "it"));
    assert_int_equal(table_state(&damaged, "it"), TABLE_DAMAGED);
    assert_int_equal(opened, 1);
    assert_int_equal(remove(path), 0);
    assert_int_equal(remove(folder), 0);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_what_was_written),
        cmocka_unit_test(refuses_another_kind_version_or_language),
        cmocka_unit_test(refuses_each_cut_and_each_changed_byte),
        cmocka_unit_test(an_absent_file_is_told_from_a_damaged_one),
    };
    return cmocka_run_group_tests(tests, write_one, free_one);
}
