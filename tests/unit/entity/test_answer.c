/* What a text is to a question: each row is a text, the signal, and what remains of the text. */
#include "entity/answer.h"
#include "entity/grammar_file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct row {
    const char *text;
    enum answer_kind kind;
    int ordinal;
    const char *rest; /* NULL: nothing else was said */
};

static void check(const char *lang, const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct answer a = answer_signal(lang, rows[i].text);
        bool whole = rows[i].rest == NULL && rows[i].kind != ANSWER_OTHER;
        if (a.kind != rows[i].kind || a.ordinal != rows[i].ordinal || a.whole != whole ||
            (rows[i].rest != NULL && strcmp(rows[i].text + a.rest, rows[i].rest) != 0))
            fail_msg("\"%s\": kind %d, ordinal %d, whole %d, rest \"%s\"", rows[i].text, (int)a.kind, a.ordinal,
                     a.whole, rows[i].text + a.rest);
    }
}

#define CHECK(lang, rows) check(lang, rows, sizeof(rows) / sizeof *(rows))

static void italian_answers_are_heard(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"sì", ANSWER_YES, 0, NULL},
        {"Si", ANSWER_YES, 0, NULL},
        {"sì grazie!", ANSWER_YES, 0, NULL},
        {"certo", ANSWER_YES, 0, NULL},
        {"certo che sì", ANSWER_YES, 0, NULL},
        {"ok", ANSWER_YES, 0, NULL},
        {"va bene", ANSWER_YES, 0, NULL},
        {"👍", ANSWER_YES, 0, NULL},
        {"👍🏽", ANSWER_YES, 0, NULL},
        {"ok perfetto, grazie mille", ANSWER_YES, 0, NULL},
        {"d'accordo", ANSWER_YES, 0, NULL},
        {"sì sì", ANSWER_YES, 0, NULL},
        {"sì, ma quanto costa?", ANSWER_YES, 0, "ma quanto costa?"},
        {"si può pagare con carta?", ANSWER_OTHER, 0, NULL},
        {"no", ANSWER_NO, 0, NULL},
        {"No grazie", ANSWER_NO, 0, NULL},
        {"no no, grazie lo stesso", ANSWER_NO, 0, NULL},
        {"non mi serve", ANSWER_NO, 0, NULL},
        {"per ora no", ANSWER_NO, 0, NULL},
        {"👎", ANSWER_NO, 0, NULL},
        {"no, voglio il rosso", ANSWER_NO, 0, "voglio il rosso"},
        {"annulla", ANSWER_CANCEL, 0, NULL},
        {"basta così", ANSWER_CANCEL, 0, NULL},
        {"lascia stare", ANSWER_CANCEL, 0, NULL},
        {"no, lascia perdere", ANSWER_CANCEL, 0, NULL},
        {"ho cambiato idea", ANSWER_CANCEL, 0, NULL},
        {"non importa, grazie", ANSWER_CANCEL, 0, NULL},
        {"guardi, lasci stare", ANSWER_CANCEL, 0, ""},
        {"annulla l'ordine", ANSWER_CANCEL, 0, "l'ordine"},
        {"no, il numero è AB-1234", ANSWER_CORRECTION, 0, "il numero è AB-1234"},
        {"anzi il 25", ANSWER_CORRECTION, 0, "il 25"},
        {"il 24, anzi il 25", ANSWER_CORRECTION, 0, "il 25"},
        {"AB-1234, no scusa AB-1235", ANSWER_CORRECTION, 0, "AB-1235"},
        {"volevo dire domani", ANSWER_CORRECTION, 0, "domani"},
        {"mi sono sbagliato, è il 25", ANSWER_CORRECTION, 0, "è il 25"},
        {"la seconda", ANSWER_ORDINAL, 2, NULL},
        {"il primo", ANSWER_ORDINAL, 1, NULL},
        {"2", ANSWER_ORDINAL, 2, NULL},
        {"2)", ANSWER_ORDINAL, 2, NULL},
        {"il numero 3", ANSWER_ORDINAL, 3, NULL},
        {"opzione due", ANSWER_ORDINAL, 2, NULL},
        {"l'ultima", ANSWER_ORDINAL, -1, NULL},
        {"la penultima", ANSWER_ORDINAL, -2, NULL},
        {"vorrei la prima opzione, grazie", ANSWER_ORDINAL, 1, NULL},
        {"la prima volta che compro", ANSWER_OTHER, 0, NULL},
        {"5 dicembre", ANSWER_OTHER, 0, NULL},
        {"anzi no", ANSWER_NO, 0, NULL},
        {"anzi no, il 25", ANSWER_CORRECTION, 0, "il 25"},
        {"no è sbagliato", ANSWER_NO, 0, NULL},
        {"Sì, tutto ok", ANSWER_YES, 0, NULL},
        {"mi può ripetere la domanda?", ANSWER_REPEAT, 0, NULL},
        {"non ho lo scontrino", ANSWER_SKIP, 0, NULL},
        {"vorrei cambiare la data", ANSWER_CORRECTION, 0, "la data"},
        {"basta che arrivi domani", ANSWER_CANCEL, 0, "che arrivi domani"},
        {"nessuna di queste", ANSWER_NONE_OF, 0, NULL},
        {"non lo so", ANSWER_SKIP, 0, NULL},
        {"nn ce l'ho", ANSWER_SKIP, 0, NULL},
        {"boh", ANSWER_SKIP, 0, NULL},
        {"torna indietro", ANSWER_BACK, 0, NULL},
        {"come?", ANSWER_REPEAT, 0, NULL},
        {"??", ANSWER_REPEAT, 0, NULL},
        {"cosa mi hai chiesto?", ANSWER_REPEAT, 0, NULL},
        {"non ho capito la domanda", ANSWER_REPEAT, 0, NULL},
        {"come faccio a pagare?", ANSWER_OTHER, 0, NULL},
        {"quanto costa la spedizione?", ANSWER_OTHER, 0, NULL},
        {"", ANSWER_OTHER, 0, NULL},
        {"...", ANSWER_OTHER, 0, NULL},
        {"nota di credito", ANSWER_OTHER, 0, NULL},
        {"0", ANSWER_OTHER, 0, NULL},
    };
    CHECK("it", rows);
}

static void english_answers_are_heard(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"yes", ANSWER_YES, 0, NULL},
        {"yes please", ANSWER_YES, 0, NULL},
        {"Yeah, sure", ANSWER_YES, 0, NULL},
        {"sounds good", ANSWER_YES, 0, NULL},
        {"that's right", ANSWER_YES, 0, NULL},
        {"of course", ANSWER_YES, 0, NULL},
        {"Actually yes", ANSWER_YES, 0, NULL},
        {"ok where is my order", ANSWER_OTHER, 0, NULL},
        {"no", ANSWER_NO, 0, NULL},
        {"no thanks", ANSWER_NO, 0, NULL},
        {"nope", ANSWER_NO, 0, NULL},
        {"no it isn't", ANSWER_NO, 0, NULL},
        {"that's wrong", ANSWER_NO, 0, NULL},
        {"no, that's all", ANSWER_NO, 0, NULL},
        {"I don't have the receipt", ANSWER_SKIP, 0, NULL},
        {"can I change the date?", ANSWER_CORRECTION, 0, "the date?"},
        {"not really", ANSWER_NO, 0, NULL},
        {"I don't think so", ANSWER_NO, 0, NULL},
        {"never mind", ANSWER_CANCEL, 0, NULL},
        {"No, forget it", ANSWER_CANCEL, 0, NULL},
        {"cancel", ANSWER_CANCEL, 0, NULL},
        {"cancel my order", ANSWER_CANCEL, 0, "my order"},
        {"I changed my mind", ANSWER_CANCEL, 0, NULL},
        {"no, the number is AB-1234", ANSWER_CORRECTION, 0, "the number is AB-1234"},
        {"I meant Tuesday", ANSWER_CORRECTION, 0, "Tuesday"},
        {"sorry, I meant the 25th", ANSWER_CORRECTION, 0, "the 25th"},
        {"the 24th, actually the 25th", ANSWER_CORRECTION, 0, "the 25th"},
        {"actually make that 3", ANSWER_CORRECTION, 0, "3"},
        {"the second one", ANSWER_ORDINAL, 2, NULL},
        {"first", ANSWER_ORDINAL, 1, NULL},
        {"option 2", ANSWER_ORDINAL, 2, NULL},
        {"#3", ANSWER_ORDINAL, 3, NULL},
        {"the last one", ANSWER_ORDINAL, -1, NULL},
        {"I'll take the first one please", ANSWER_ORDINAL, 1, NULL},
        {"none of these", ANSWER_NONE_OF, 0, NULL},
        {"neither", ANSWER_NONE_OF, 0, NULL},
        {"I don't know", ANSWER_SKIP, 0, NULL},
        {"skip", ANSWER_SKIP, 0, NULL},
        {"go back", ANSWER_BACK, 0, NULL},
        {"what did you ask?", ANSWER_REPEAT, 0, NULL},
        {"pardon?", ANSWER_REPEAT, 0, NULL},
        {"what is the price?", ANSWER_OTHER, 0, NULL},
        {"my order is late", ANSWER_OTHER, 0, NULL},
    };
    CHECK("en", rows);
}

static void a_long_text_is_no_answer_alone(void **state)
{
    (void)state;
    char *text = malloc(10001);
    memset(text, ' ', 10000);
    memcpy(text, "no", 2);
    memcpy(text + 9990, "aaaaaaaaa", 10);
    assert_false(answer_signal("it", text).whole);
    memset(text, '?', 9999);
    answer_signal("it", text);
    free(text);
    assert_int_equal(answer_signal("fr", "oui").kind, ANSWER_OTHER);
}

static void the_languages_have_no_mistake(void **state)
{
    (void)state;
    static const char *const langs[] = {"it", "en", "fr"};
    for (size_t i = 0; i < sizeof langs / sizeof *langs; i++)
        if (grammar_mistake(langs[i]) != NULL)
            fail_msg("%s: %.80s", langs[i], grammar_mistake(langs[i]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(italian_answers_are_heard),
        cmocka_unit_test(english_answers_are_heard),
        cmocka_unit_test(a_long_text_is_no_answer_alone),
        cmocka_unit_test(the_languages_have_no_mistake),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
