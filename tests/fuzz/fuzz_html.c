/* Any bytes as a web page, in any charset: no crash, and what is read can be written as knowledge. */
#include "content/charset.h"
#include "content/html_page.h"
#include "fuzz_import.h"

static void json_ld(struct import_list *list, const struct html_context *context, struct span json)
{
    (void)list, (void)context, (void)json;
}

static void read_page(struct import_list *list, struct span text)
{
    html_page_read(list, text, "https://a.example/faq/", json_ld);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    fuzz_import(CHARSET_HTML, bytes, size, read_page);
    return 0;
}
