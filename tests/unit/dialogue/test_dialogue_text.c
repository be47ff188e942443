/* Every sentence of the assistant's own stands in every language, and says something. */
#include "base/embed.h"
#include "dialogue/dialogue.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char *const langs[] = {"it", "en"};

/* Calls `check` with each key of texts.txt. */
static size_t each_key(void (*check)(const char *key))
{
    const struct embedded *file = embed_find("dialogue/data/texts.txt");
    size_t keys = 0;
    assert_non_null(file);
    for (const char *p = file->data; (p = strstr(p, "\n[")) != NULL;) {
        char key[80];
        p += 2;
        snprintf(key, sizeof key, "%.*s", (int)strcspn(p, "]"), p);
        check(key);
        keys++;
    }
    return keys;
}

static void check_key(const char *key)
{
    assert_string_not_equal(dialogue_text(key, "it"), "");
    /* "No" is no in both. */
    if (strcmp(key, "no_option") != 0)
        assert_string_not_equal(dialogue_text(key, "it"), dialogue_text(key, "en"));
    for (size_t l = 0; l < 2; l++)
        for (const char *name = strchr(dialogue_text(key, langs[l]), '{'); name != NULL; name = strchr(name + 1, '{')) {
            char word[32];
            snprintf(word, sizeof word, "%.*s", (int)strcspn(name, "}") + 1, name);
            if (strstr(dialogue_text(key, langs[1 - l]), word) == NULL)
                fail_msg("[%s]: %s stands in one language only", key, word);
        }
}

static void every_key_has_every_language(void **state)
{
    assert_true(each_key(check_key) > 40);
    (void)state;
}

static void what_is_unknown_is_empty_or_english(void **state)
{
    assert_string_equal(dialogue_text("no such key", "it"), "");
    assert_string_equal(dialogue_text("rephrase", "fi"), dialogue_text("rephrase", "en"));
    assert_string_not_equal(dialogue_text("rephrase", "fi"), "");
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_key_has_every_language),
        cmocka_unit_test(what_is_unknown_is_empty_or_english),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
