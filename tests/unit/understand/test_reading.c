/* A text is read into words as they were meant, and good words are left alone. */
#include "text/spell.h"
#include "understand/reading.h"
#include "unit/understand/words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* A text and how it is read: its words, one that is an extra with a + before it. */
struct row {
    const char *text, *words, *corrected; /* corrected NULL = the text itself */
};

static const char *const italian[] = {
    "Buongiorno, siete aperti?",      "Avete il wi-fi in negozio?",  "Posso scrivere una e-mail?",
    "Come richiedo la fattura?",      "Quanto costa la spedizione?", "Avete le chiavi universali?",
    "Perché il pacco non è arrivato", "Fate sconti sul colore blu?",
};
static const char *const english[] = {
    "How much is shipping?",      "Where is my parcel?",         "Can I return a drill?",
    "How do I reset my password", "Do you have a sign-up page?", "Do you open tomorrow?",
};

static struct reading read_with(struct words *s, const char *text, struct reading_options how)
{
    struct reading r;
    assert_int_equal(reading_of(s->index, text, &how, s->arena, &r), 0);
    return r;
}

static void check(struct words *s, const struct row *row, struct reading_options how)
{
    struct reading r = read_with(s, row->text, how);
    struct buf words;
    buf_init(&words, 10000);
    for (size_t i = 0; i < r.count; i++)
        buf_printf(&words, "%s%s%.*s", i ? " " : "", r.words[i].extra ? "+" : "", (int)r.words[i].length,
                   r.words[i].letters);
    if (strcmp(words.data, row->words) != 0)
        fail_msg("“%s” is read as “%s”", row->text, words.data);
    buf_free(&words);
    const char *corrected = reading_corrected(&r, s->arena), *wanted = row->corrected ? row->corrected : row->text;
    if (strcmp(corrected, wanted) != 0)
        fail_msg("“%s” is corrected to “%s”", row->text, corrected);
}

static void check_all(const char *lang, const struct row *rows, size_t count, bool doubt)
{
    if (!spell_knows(lang))
        skip();
    bool it = strcmp(lang, "it") == 0;
    struct words s = words_new(lang, it ? italian : english, it ? 8 : 6);
    for (size_t i = 0; i < count; i++)
        check(&s, &rows[i], (struct reading_options){.doubt = doubt});
    words_free(&s);
}

#define CHECK(lang, rows)          check_all(lang, rows, sizeof(rows) / sizeof *(rows), false)
#define CHECK_DOUBTING(lang, rows) check_all(lang, rows, sizeof(rows) / sizeof *(rows), true)

static void slips_are_mended_in_their_place(void **state)
{
    static const struct row it[] = {
        {"  Quanto costa la spedizzione?", "quanto costa la spedizione", "  Quanto costa la spedizione?"},
        {"LA SPEDIIONE E IL PCCO", "la spedizione e il pacco", "LA Spedizione E IL Pacco"},
        {"Fattrua", "fattura", "Fattura"},
        {"l'ordine", "l ordine", NULL},
        {"la fsttura", "la fattura", "la fattura"},
        {"qaunto costa", "quanto costa", "quanto costa"},
        {"colore bluu", "colore blu", "colore blu"},
        {"colore bul", "colore blu", "colore blu"},
        {"colore blz", "colore blz", NULL},
        {"le chiavi univrsalii", "le chiavi universali", "le chiavi universali"},
    };
    static const struct row en[] = {
        {"Is shippng much?", "is shipping much", "Is shipping much?"},
        {"my pracel and passwrod", "my parcel and password", "my parcel and password"},
        {"tommorow", "tomorrow", "tomorrow"},
    };
    CHECK("it", it);
    CHECK("en", en);
    (void)state;
}

static void good_words_are_left_alone(void **state)
{
    static const struct row it[] = {
        {"pasta, pacca e chiave", "pasta pacca e chiave", NULL},
        {"la citta e l'universita", "la citta e l universita", NULL},
        {"roma Roma ROMA", "roma roma roma", NULL},
        {"AB-1234 fattura1", "ab 1234 fattura1", NULL},
        {"ikea", "ikea", NULL},
        {"il PCCO e il GPS", "il pcco e il gps", NULL},
        {"chi è Fatura", "chi e fattura", "chi è Fattura"},
        {"chi è Fxttura", "chi e fxttura", NULL},
        {"", "", NULL},
    };
    static const struct row en[] = {
        {"the skipping of parcels", "the skipping of parcels", NULL},
        {"london", "london", NULL},
    };
    CHECK("it", it);
    CHECK("en", en);
    (void)state;
}

static void good_words_may_be_doubted(void **state)
{
    static const struct row it[] = {
        {"il paco non è arrivato", "il pacco non e arrivato", "il pacco non è arrivato"},
        {"la citta di Roma e il signor Paco", "la citta di roma e il signor paco", NULL},
        {"la spedizione e le chiavi", "la spedizione e le chiavi", NULL},
        {"il PACO", "il paco", NULL},
    };
    static const struct row en[] = {
        {"the skipping of parcels", "the shipping of parcels", "the shipping of parcels"},
        {"london", "london", NULL},
        {"parcels", "parcels", NULL},
    };
    CHECK_DOUBTING("it", it);
    CHECK_DOUBTING("en", en);
    (void)state;
}

static void hurried_words_are_understood(void **state)
{
    static const struct row it[] = {
        {"nn è arrivato", "non e arrivato", "non è arrivato"},
        {"xké nn costa", "perche non costa", "perche non costa"},
        {"cmq x favore", "comunque per favore", "comunque per favore"},
        {"Xfavore", "per favore", "Per favore"},
        {"le kiavi", "le chiavi", "le chiavi"},
        {"costaaaa la fatturaaa", "costa la fattura", "costa la fattura"},
        {"3 x 2", "3 x 2", NULL},
        {"x", "x", NULL},
    };
    static const struct row en[] = {
        {"do u open tmrw pls", "do you open tomorrow please", "do you open tomorrow please"},
        {"thx", "thanks", "thanks"},
        {"i dont", "i do not", "i do not"},
        {"a 4 u 5", "a 4 u 5", NULL},
    };
    CHECK("it", it);
    CHECK("en", en);
    (void)state;
}

static void words_meet_together_and_apart(void **state)
{
    static const struct row it[] = {
        {"buon giorno", "buon giorno +buongiorno", NULL},
        {"il wifi", "il wi fi", "il wi fi"},
        {"il wi-fi", "il wi fi", NULL},
        {"la e mail", "la e mail +email", NULL},
        {"la E-Mail", "la email", NULL},
        {"email", "email", NULL},
        {"la fat-tura", "la fattura", NULL},
        {"la spedi zione", "la spedizione", NULL},
        {"quantocosta la spedizione", "quanto costa la spedizione", "quanto costa la spedizione"},
        {"ilpacco", "il pacco", "il pacco"},
        {"per che il pacco", "per che il pacco", NULL},
    };
    static const struct row en[] = {
        {"signup", "sign up", "sign up"},
        {"my pass word", "my pass word +password", NULL},
        {"howmuch is myparcel", "how much is my parcel", "how much is my parcel"},
    };
    CHECK("it", it);
    CHECK("en", en);
    (void)state;
}

static void suggestions_are_taken(void **state)
{
    if (!spell_knows("it"))
        skip();
    static const struct respelling all[] = {
        {"Fhatuura", "fattoria"},
        {"fhatuura", "fattura"},
        {"qxwertz", "a casa"},
        {"costa", "posta"},
    };
    static const struct row rows[] = {
        {"la fhatuura", "la fattura", "la fattura"},
        {"Qxwertz", "a casa", "A casa"},
        {"costa", "costa", NULL},
    };
    struct words s = words_new("it", italian, 8);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        check(&s, &rows[i], (struct reading_options){.respellings = all, .respelling_count = 4});
    words_free(&s);
    (void)state;
}

static void what_nobody_knows_is_named(void **state)
{
    if (!spell_knows("it"))
        skip();
    struct words s = words_new("it", italian, 8);
    const struct reading_options plain = {.hide_lonely = false};
    struct reading r = read_with(&s, "il Zyrtqo, casa fatturra zyx AB1234xx Zyrtqo vwxqp qqzzy bbqqx", plain);
    assert_int_equal(r.misspelt_count, MISSPELT_MAX);
    assert_string_equal(r.misspelt[0], "Zyrtqo");
    assert_string_equal(r.misspelt[1], "vwxqp");
    assert_string_equal(r.misspelt[2], "qqzzy");
    assert_int_equal(read_with(&s, "Quanto costa la spedizione?", plain).misspelt_count, 0);
    words_free(&s);
    (void)state;
}

static void a_hidden_entry_takes_its_words_along(void **state)
{
    static const char *const texts[] = {"la fattura", "il wi-fi", "il wi-fi di casa"};
    struct words s = words_new("it", texts, 3);
    const struct reading_options hide = {.hide_lonely = true}, show = {.hide_lonely = false};
    assert_true(read_with(&s, "fattura", show).words[0].id != IMAGE_NONE);
    assert_true(read_with(&s, "fattura", hide).words[0].id == IMAGE_NONE);
    assert_false(read_with(&s, "fattrua", hide).words[0].mended);
    assert_false(read_with(&s, "lafattura", hide).words[0].mended);
    assert_int_equal(read_with(&s, "wifi", hide).count, 2);
    words_free(&s);
    (void)state;
}

static void strange_text_is_read_in_order(void **state)
{
    static const char *const strange[] = {
        "",
        " ",
        "\xf0\x9f\x91\x8d\xf0\x9f\x91\x8d",
        "s\xe2\x80\x8dpedizione\xe2\x80\x8b",
        "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d \xd8\xb3\xd9\x84\xd8\xa7\xd9\x85",
        "<b onclick=\"x()\">fattura</b>",
        "1234567890 42 3,14",
        "a-b-c-d- -- ' '' e' - x",
        "\xff\xfe\xc3",
        "-",
    };
    struct words s = words_new("it", italian, 8);
    for (size_t i = 0; i < sizeof strange / sizeof *strange; i++) {
        struct reading r = read_with(&s, strange[i], (struct reading_options){.hide_lonely = false});
        for (size_t w = 0; w < r.count; w++)
            assert_true(r.words[w].length > 0 && r.words[w].at + r.words[w].size <= strlen(strange[i]));
        assert_non_null(reading_corrected(&r, s.arena));
    }
    assert_true(read_with(&s, strange[3], (struct reading_options){.hide_lonely = false}).words[0].id != IMAGE_NONE);
    words_free(&s);
    (void)state;
}

static void there_are_never_too_many_words(void **state)
{
    struct words s = words_new("it", italian, 8);
    char text[8000] = "";
    for (size_t i = 0; i + 8 < sizeof text; i += 8)
        memcpy(text + i, "xfavore ", 9);
    struct reading r = read_with(&s, text, (struct reading_options){.hide_lonely = false});
    assert_int_equal(r.count, READING_WORDS_MAX);
    for (size_t i = 0; i < r.count; i++)
        assert_true(r.words[i].length > 0);
    words_free(&s);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slips_are_mended_in_their_place), cmocka_unit_test(good_words_are_left_alone),
        cmocka_unit_test(good_words_may_be_doubted),       cmocka_unit_test(hurried_words_are_understood),
        cmocka_unit_test(words_meet_together_and_apart),   cmocka_unit_test(suggestions_are_taken),
        cmocka_unit_test(what_nobody_knows_is_named),      cmocka_unit_test(a_hidden_entry_takes_its_words_along),
        cmocka_unit_test(strange_text_is_read_in_order),   cmocka_unit_test(there_are_never_too_many_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
