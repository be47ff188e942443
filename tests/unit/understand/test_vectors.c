/* A text's meaning by its words, and files that are not what they should be. */
#include "understand/vectors_format.h"
#include "vectors_test.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static float likeness(const struct vectors *v, const char *a, const char *b)
{
    float x[8], y[8];
    assert_true(vectors_size(v) <= 8);
    assert_true(vectors_text(v, "it", a, strlen(a), x));
    assert_true(vectors_text(v, "it", b, strlen(b), y));
    assert_true(fabsf(cosine_of(x, x, vectors_size(v)) - 1) < 1e-4f);
    return cosine_of(x, y, vectors_size(v));
}

static void texts_of_like_words_are_alike(void **state)
{
    struct vectors *v = open_text(shop_vec);
    const char *asked = "A che ora abbassate la saracinesca?";
    float hours = likeness(v, asked, "Quali sono gli orari di chiusura?");
    assert_true(hours > 0.9f);
    assert_true(hours > likeness(v, asked, "Quanto costa la spedizione?") + 0.3f);
    assert_true(hours > likeness(v, asked, "Posso pagare con la carta?") + 0.3f);
    vectors_close(v);
    (void)state;
}

static void case_and_accents_do_not_hide_a_word(void **state)
{
    struct vectors *v = open_text(shop_vec);
    static const char *const same[][2] = {{"SPEDIZIONE", "spedizione"},
                                          {"perche", "perch\xc3\xa9"},
                                          {"perch\xc3\xa8", "perch\xc3\xa9"},
                                          {"l'orari, \xe2\x80\x9corari\xe2\x80\x9d!", "orari"}};
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        assert_true(likeness(v, same[i][0], same[i][1]) > 0.9999f);
    /* “Roma” comes first in the file, but “roma” is how it is written in lower case. */
    float roma[4];
    assert_true(vectors_text(v, "it", "ROMA", 4, roma));
    assert_true(roma[1] > roma[0]);
    vectors_close(v);
    (void)state;
}

static void unknown_words_have_no_meaning(void **state)
{
    struct vectors *v = open_text(shop_vec);
    static const char *const none[] = {"", "   ", "zzyzx qwfp", "\xf0\x9f\x98\x80", "?!"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        float f[4] = {1, 1, 1, 1};
        assert_false(vectors_text(v, "it", none[i], strlen(none[i]), f));
        assert_true(f[0] == 0 && f[1] == 0 && f[2] == 0 && f[3] == 0);
    }
    assert_true(likeness(v, "zzyzx pacco", "pacco") > 0.9999f);
    vectors_close(v);
    (void)state;
}

static void a_file_a_language(void **state)
{
    struct vectors_report r;
    const char *why;
    static const char english[] = "2 2\nhours 1 0\nparcel 0 1\n";
    int it = convert_bytes(shop_vec, strlen(shop_vec), &r), en = convert_bytes(english, strlen(english), &r);
    struct vectors_part parts[] = {{"it", it}, {"en", en}};
    struct vectors *v = vectors_open(parts, 2, &why), *only = vectors_open(parts, 1, &why);
    assert_non_null(v);
    assert_non_null(only);
    assert_int_equal(vectors_size(v), 4);
    assert_int_not_equal(vectors_source(v), vectors_source(only));
    float f[4];
    assert_true(vectors_text(v, "en", "hours", 5, f));
    assert_true(f[0] > 0.99f && f[2] == 0 && f[3] == 0);
    assert_false(vectors_text(v, "it", "hours", 5, f));
    assert_false(vectors_text(v, "de", "orari", 5, f));
    assert_false(vectors_text(only, "en", "hours", 5, f));
    vectors_close(v);
    vectors_close(only);
    close(it);
    close(en);
    (void)state;
}

static void the_source_names_the_content(void **state)
{
    static const char *const texts[] = {"2 2\nuno 1 2\ndue 3 4\n", "2 2\nuno 1 2\ndue 3 5\n",
                                        "2 2\nuno 1 2\ntre 3 4\n"};
    struct vectors *a = open_text(texts[0]), *b = open_text(texts[1]), *c = open_text(texts[2]);
    struct vectors *again = open_text("2 2\r\nuno 1.0 2 \r\ndue 3 4\r\n");
    assert_int_not_equal(vectors_source(a), vectors_source(b));
    assert_int_not_equal(vectors_source(a), vectors_source(c));
    assert_int_equal(vectors_source(a), vectors_source(again));
    vectors_close(a);
    vectors_close(b);
    vectors_close(c);
    vectors_close(again);
    (void)state;
}

static void a_maker_gives_what_the_texts_mean(void **state)
{
    struct vectors *v = open_text(shop_vec);
    struct meaning_maker m = vectors_maker(v);
    const char *texts[] = {"orari", "???", "pacco"};
    float all[12], one[4];
    assert_int_equal(m.size, 4);
    assert_int_equal(m.source, vectors_source(v));
    assert_int_equal(m.make(m.context, "it", texts, 3, all), 0);
    assert_true(vectors_text(v, "it", "pacco", 5, one));
    assert_memory_equal(all + 8, one, sizeof one);
    assert_true(all[4] == 0 && all[5] == 0 && all[6] == 0 && all[7] == 0);
    vectors_close(v);
    (void)state;
}

/* The quantised vector of one word against what the file says. */
static void quantising_moves_little(void **state)
{
    enum { SIZE = 300, WORDS = 40 };
    static float truth[WORDS][SIZE];
    char *text = malloc(WORDS * SIZE * 16);
    size_t used = (size_t)sprintf(text, "%d %d\n", WORDS, SIZE);
    uint64_t seed = 7;
    for (int w = 0; w < WORDS; w++) {
        used += (size_t)sprintf(text + used, "w%d", w);
        for (int i = 0; i < SIZE; i++) {
            float sum = 0; /* of twelve: nearly normal */
            for (int k = 0; k < 12; k++)
                sum += (float)((seed = seed * 6364136223846793005u + 1442695040888963407u) >> 40) / (1 << 24);
            truth[w][i] = (sum - 6) * 0.05f;
            used += (size_t)sprintf(text + used, " %.4f", (double)truth[w][i]);
        }
        text[used++] = '\n';
    }
    text[used] = '\0';
    struct vectors *v = open_text(text);
    for (int w = 0; w < WORDS; w++) {
        char word[16];
        float f[SIZE];
        assert_true(vectors_text(v, "it", word, (size_t)sprintf(word, "w%d", w), f));
        float cosine = cosine_of(f, truth[w], SIZE) / sqrtf(cosine_of(truth[w], truth[w], SIZE));
        assert_true(cosine > 0.9998f);
    }
    vectors_close(v);
    free(text);
    (void)state;
}

static void a_damaged_file_is_refused(void **state)
{
    struct vectors_report r;
    static char bytes[65536], copy[65536];
    const char *why;
    int file = convert_bytes(shop_vec, strlen(shop_vec), &r);
    size_t size = (size_t)pread(file, bytes, sizeof bytes, 0);
    close(file);
    static const struct {
        size_t at;
        const char *says;
    } cases[] = {{0, "no word vectors"},
                 {offsetof(struct vectors_header, version), "another version"},
                 {offsetof(struct vectors_header, stride), "damaged"},
                 {offsetof(struct vectors_header, rows), "damaged"},
                 {offsetof(struct vectors_header, source), "damaged"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        memcpy(copy, bytes, size);
        copy[cases[i].at] ^= 1;
        int bad = file_of(copy, size);
        assert_null(vectors_open(&(struct vectors_part){"", bad}, 1, &why));
        assert_non_null(strstr(why, cases[i].says));
        close(bad);
    }
    for (size_t cut = 0; cut < size; cut += 97) {
        int bad = file_of(bytes, cut);
        assert_null(vectors_open(&(struct vectors_part){"", bad}, 1, &why));
        close(bad);
    }
    (void)state;
}

/* Sections are not looked through at opening, so a look-up must bear anything in them. */
static void a_look_up_bears_nonsense(void **state)
{
    struct vectors_report r;
    static char bytes[65536];
    const char *why;
    int file = convert_bytes(shop_vec, strlen(shop_vec), &r);
    size_t size = (size_t)pread(file, bytes, sizeof bytes, 0);
    close(file);
    struct vectors_layout l = vectors_layout((const struct vectors_header *)bytes);
    for (int value = 1; value < 256; value += 2) {
        memset(bytes + l.gains, value, l.common - l.gains);
        memset(bytes + l.slots, value, size - l.slots);
        int bad = file_of(bytes, size);
        struct vectors *v = vectors_open(&(struct vectors_part){"", bad}, 1, &why);
        assert_non_null(v);
        float f[4];
        vectors_text(v, "it", "orari pacco", 11, f);
        for (int i = 0; i < 4; i++)
            assert_true(fabsf(f[i]) <= 1.001f);
        vectors_close(v);
        close(bad);
    }
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_of_like_words_are_alike), cmocka_unit_test(case_and_accents_do_not_hide_a_word),
        cmocka_unit_test(unknown_words_have_no_meaning), cmocka_unit_test(a_file_a_language),
        cmocka_unit_test(the_source_names_the_content),  cmocka_unit_test(a_maker_gives_what_the_texts_mean),
        cmocka_unit_test(quantising_moves_little),       cmocka_unit_test(a_damaged_file_is_refused),
        cmocka_unit_test(a_look_up_bears_nonsense),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
