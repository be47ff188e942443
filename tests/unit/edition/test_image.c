/* Sections, strings and ordinals of an edition are checked before they are used. */
#include "edition/image.h"
#include "unit/edition/small_site.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct buf image;
static struct arena *arena;

static struct edition_header *make(void)
{
    struct problems *problems = problems_new();
    arena = arena_new(16 << 20);
    buf_init(&image, EDITION_IMAGE_BYTES);
    assert_int_equal(edition_compile(small_site(arena, NULL), &image, problems, NULL), 0);
    problems_free(problems);
    return (struct edition_header *)image.data;
}

static int check(struct edition_header *h)
{
    struct edition_image i;
    const char *why = "";
    h->checksum = edition_image_checksum(h, h + 1, image.size - sizeof *h);
    return edition_image_check(image.data, image.size, &i, &why);
}

static void what_does_not_agree_is_refused(void **state)
{
    struct edition_header *h = make();
    assert_int_equal(check(h), 0);
    struct image_entry *entries = (struct image_entry *)(image.data + h->sections[EDITION_ENTRIES].at);
    struct image_block *blocks = (struct image_block *)(image.data + h->sections[EDITION_BLOCKS].at);
    struct image_option *options = (struct image_option *)(image.data + h->sections[EDITION_OPTIONS].at);
    struct image_index *indexes = (struct image_index *)(image.data + h->sections[EDITION_INDEXES].at);
    uint32_t *fields[] = {&entries[0].kind, &entries[1].id,     &entries[2].say_count,   &entries[3].option_at,
                          &blocks[0].kind,  &blocks[0].text,    &options[0].kind,        &options[0].title,
                          &indexes[0].lang, &indexes[0].map_at, &entries[1].follow_count};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        uint32_t old = *fields[i];
        *fields[i] = 0x7fffffff;
        assert_int_equal(check(h), -1);
        *fields[i] = old;
    }
    uint32_t next = blocks[0].next;
    blocks[0].next = 0; /* a circle */
    assert_int_equal(check(h), -1);
    blocks[0].next = next;
    h->sections[EDITION_MAP].at += 8;
    assert_int_equal(check(h), -1);
    h->sections[EDITION_MAP].at -= 8;
    image.data[h->sections[EDITION_STRINGS].at + h->sections[EDITION_STRINGS].count - 1] = 'x';
    assert_int_equal(check(h), -1);
    buf_free(&image);
    arena_free(arena);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_does_not_agree_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
