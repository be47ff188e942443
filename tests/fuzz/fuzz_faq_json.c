/* Any bytes as JSON-LD, as a corpus of NLP.js and as Botpress's questions: no crash, and what is read can be written.
 */
#include "fuzz_import.h"
#include "wire/faq_json.h"

static void read_json_ld(struct import_list *list, struct span text)
{
    faq_json_ld(list, &(struct html_context){"t", "https://a.example/"}, text);
}

static void read_nlpjs(struct import_list *list, struct span text)
{
    faq_json_nlpjs(list, text);
}

static void read_botpress(struct import_list *list, struct span text)
{
    faq_json_botpress(list, text);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    fuzz_import(CHARSET_TEXT, bytes, size, read_json_ld);
    fuzz_import(CHARSET_TEXT, bytes, size, read_nlpjs);
    fuzz_import(CHARSET_TEXT, bytes, size, read_botpress);
    return 0;
}
