/* Honest: greetings that say what speaks, and those that do not. */
#include "content_test.h"

#include "content/honest.h"

static void greetings_say_that_nobody_human_speaks(void **state)
{
    (void)state;
    static const struct {
        const char *lang, *greeting;
        bool honest;
    } cases[] = {
        {"it", "Ciao! Sono l'assistente AUTOMATICA di Olmo.", true},
        {"it", "Sono un chatbot: chiedi pure.", true},
        {"it", "L’assistente virtuale è qui.", true},
        {"it", "Usiamo l'IA per rispondere", true},
        {"it", "Ciao, sono Olma! Come posso aiutarti?", false},
        {"it", "Ciao, sono Maria di Aia Srl.", false},
        {"en", "Hello, I'm Olma, the automated assistant.", true},
        {"en", "I'm not a person, but ask me.", true},
        {"en", "Hi, this is an AI assistant", true},
        {"en", "Hello, how may I help you?", false},
        {"en", "I said hello to the bottom line", false},
        {"fr", "Bonjour !", true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (honest_greeting(cases[i].lang, cases[i].greeting) != cases[i].honest)
            fail_msg("%s", cases[i].greeting);
}

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(greetings_say_that_nobody_human_speaks)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
