/* Editions are written, opened, held and let go; what is damaged is refused with a reason. */
#include "base/file.h"
#include "base/hash.h"
#include "edition/image.h"
#include "unistd.h"
#include "unit/edition/small_site.h"
#include "unit/understand/vectors_test.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct understand_options explained = {.explain = true};

static struct arena *arena;
static struct buf image;
static char folder[64];

static void make_image(void)
{
    struct problems *problems = problems_new();
    arena = arena_new(16 << 20);
    buf_init(&image, EDITION_IMAGE_BYTES);
    assert_int_equal(edition_compile(small_site(arena, NULL), &image, problems, NULL), 0);
    problems_free(problems);
    snprintf(folder, sizeof folder, "/tmp/sportello-edition-XXXXXX");
    assert_non_null(mkdtemp(folder));
}

static void drop_image(void)
{
    char path[128];
    for (int i = 1; i < 10; i++) {
        snprintf(path, sizeof path, "%s/%d.img", folder, i);
        unlink(path);
    }
    assert_int_equal(rmdir(folder), 0);
    buf_free(&image);
    arena_free(arena);
}

static struct buf compile_with(const struct meaning_maker *maker)
{
    struct problems *problems = problems_new();
    struct arena *own = arena_new(16 << 20);
    struct edition_options options = {.makers[MEANING_WORDS] = maker};
    struct buf with;
    buf_init(&with, EDITION_IMAGE_BYTES);
    assert_int_equal(edition_compile(small_site(own, NULL), &with, problems, &options), 0);
    problems_free(problems);
    arena_free(own);
    return with;
}

static void notes_the_vectors_it_was_made_with(void **state)
{
    struct vectors *v = open_text(shop_vec), *other = open_text("1 2\nuno 1 2\n");
    struct meaning_maker maker = vectors_maker(v);
    struct buf with = compile_with(&maker), without = compile_with(NULL);
    const char *why = NULL;
    struct edition *e = edition_from_image(&with, &why), *plain = edition_from_image(&without, &why);
    assert_non_null(e);
    assert_non_null(plain);
    assert_int_equal(edition_meaning_source(e, MEANING_WORDS), vectors_source(v));
    assert_int_equal(edition_meaning_source(e, MEANING_EMBEDDED), 0);
    assert_int_equal(edition_meaning_source(plain, MEANING_WORDS), 0);
    edition_use_vectors(e, NULL);
    edition_use_vectors(e, other); /* of no use to it */
    edition_use_vectors(plain, v);
    edition_use_vectors(e, v);
    edition_use_vectors(e, v);
    vectors_close(v); /* the edition is its owner now */
    vectors_close(other);
    struct arena *turn = arena_new(16 << 20);
    struct understanding u;
    assert_int_equal(view_understand(edition_view(e), "it", "a che ora abbassate la saracinesca", NULL, turn, &u), 0);
    arena_free(turn);
    edition_unpin(e);
    edition_unpin(plain);
    buf_free(&with);
    buf_free(&without);
    (void)state;
}

static void is_written_and_opened(void **state)
{
    const char *why = NULL;
    make_image();
    assert_int_equal(edition_write(folder, 7, &image), 0);
    struct edition *e = edition_open(folder, 7, &why);
    assert_non_null(e);
    assert_int_equal(edition_number(e), 7);
    assert_int_equal(view_count(edition_view(e)), SMALL_ARTICLES + SMALL_INTENTS);
    assert_ptr_equal(edition_pin(e), e);
    edition_unpin(e);
    assert_string_equal(view_entry(edition_view(e), 0).id, small_articles[0].id);
    edition_unpin(e);
    edition_unpin(NULL);
    drop_image();
    (void)state;
}

static void expect_refusal(const struct buf *bytes, const char *part)
{
    const char *why = NULL;
    assert_null(edition_from_image(bytes, &why));
    assert_non_null(why);
    assert_non_null(strstr(why, part));
    why = NULL;
    assert_int_equal(edition_write(folder, 3, bytes), 0);
    assert_null(edition_open(folder, 3, &why));
    assert_non_null(strstr(why, part));
}

static void what_is_wrong_is_told(void **state)
{
    const char *why = NULL;
    make_image();
    assert_null(edition_open(folder, 1, &why));
    assert_non_null(strstr(why, "missing"));
    struct buf other;
    buf_init(&other, EDITION_IMAGE_BYTES);
    expect_refusal(&other, "not an edition");
    buf_puts(&other, "some other file that is long enough to be looked at, and then some more words, to be sure of it; "
                     "the header of an edition is a couple of hundred bytes long, so this has to be long, too, and on "
                     "and on it goes until there is more of it than of the header of an edition.");
    expect_refusal(&other, "not an edition");
    buf_clear(&other);
    buf_add(&other, image.data, image.size - 8);
    expect_refusal(&other, "cut short");
    buf_clear(&other);
    buf_add(&other, image.data, image.size);
    ((struct edition_header *)other.data)->format++;
    expect_refusal(&other, "another version");
    buf_free(&other);
    drop_image();
    (void)state;
}

static void any_flipped_bit_is_noticed(void **state)
{
    uint64_t chance = 3;
    const char *why;
    make_image();
    for (int round = 0; round < 400; round++) {
        chance = hash_mix(chance + 1);
        size_t at = round < 250 ? (size_t)round : chance % image.size;
        image.data[at] ^= (char)(1 << chance % 8);
        why = NULL;
        struct edition *e = edition_from_image(&image, &why);
        if (e != NULL)
            fail_msg("a bit of byte %zu was not noticed", at);
        assert_non_null(why);
        image.data[at] ^= (char)(1 << chance % 8);
    }
    drop_image();
    (void)state;
}

/* Walks all that a view gives. */
static void walk(struct edition *e)
{
    const struct view *v = edition_view(e);
    struct arena *turn = arena_new(64 << 20);
    struct understanding u;
    struct buf text;
    buf_init(&text, 1 << 20);
    for (uint32_t i = 0; i < view_count(v); i++) {
        struct view_entry n = view_entry(v, i);
        for (size_t k = 0; k < n.say_count && k < 100; k++)
            block_to_text(view_say(v, i, k, turn), &text);
        for (size_t k = 0; k < n.option_count; k++)
            buf_puts(&text, view_option(v, i, k).title);
        view_find(v, n.kind, n.lang, n.id);
    }
    view_understand(v, "it", "quanto costa la spedizione in negozio", &explained, turn, &u);
    buf_free(&text);
    arena_free(turn);
}

/* A file made to hurt has a good checksum: it is refused, or reading it stays inside. */
static void a_sealed_forgery_never_leads_outside(void **state)
{
    uint64_t chance = 11;
    const char *why;
    size_t opened = 0;
    make_image();
    struct edition_header *h = (struct edition_header *)image.data;
    for (int round = 0; round < 600; round++) {
        chance = hash_mix(chance + 1);
        size_t room = round % 3 == 0   ? 300
                      : round % 3 == 1 ? 8000
                                       : image.size - sizeof *h,
               at = sizeof *h + chance % room;
        if (round % 6 == 0)
            at = 32 + chance % (sizeof *h - 32);
        char old = image.data[at];
        image.data[at] = (char)(chance >> 40);
        h->checksum = edition_image_checksum(h, h + 1, image.size - sizeof *h);
        struct edition *e = edition_from_image(&image, &why);
        if (e != NULL) {
            walk(e);
            opened++;
        }
        edition_unpin(e);
        image.data[at] = old;
    }
    assert_in_range(opened, 1, 599);
    drop_image();
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(is_written_and_opened),
        cmocka_unit_test(notes_the_vectors_it_was_made_with),
        cmocka_unit_test(what_is_wrong_is_told),
        cmocka_unit_test(any_flipped_bit_is_noticed),
        cmocka_unit_test(a_sealed_forgery_never_leads_outside),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
