/* Any text as an expression: where it is said to need a digit, PCRE2 finds nothing in a text without. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "entity/regex_digit.h"

#include <pcre2.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { EXPRESSION_MOST = 200, STEPS = 3000 };

/* Behind a line break stands what is searched; its digits are taken for letters. */
static void search(const char *match, char *text)
{
    int error;
    size_t offset;
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)match, PCRE2_ZERO_TERMINATED,
                                     PCRE2_UTF | PCRE2_CASELESS | PCRE2_MATCH_INVALID_UTF, &error, &offset, NULL);
    if (code == NULL)
        return;
    for (char *c = text; *c != '\0'; c++)
        *c = *c >= '0' && *c <= '9' ? (char)(*c - '0' + 'a') : *c;
    pcre2_match_data *data = pcre2_match_data_create(1, NULL);
    pcre2_match_context *limits = pcre2_match_context_create(NULL);
    pcre2_set_match_limit(limits, STEPS);
    if (pcre2_match(code, (PCRE2_SPTR)text, strlen(text), 0, PCRE2_NOTEMPTY, data, limits) >= 0)
        abort();
    pcre2_match_context_free(limits);
    pcre2_match_data_free(data);
    pcre2_code_free(code);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    char *match = malloc(size + 1);
    if (match == NULL)
        return 0;
    memcpy(match, bytes, size);
    match[size] = '\0';
    char *text = strchr(match, '\n');
    if (text != NULL)
        *text++ = '\0';
    if (strlen(match) <= EXPRESSION_MOST && regex_needs_digit(match) && text != NULL)
        search(match, text);
    free(match);
    return 0;
}
