/* Any bytes as a feed: no crash, no entity, and what is read can be written as knowledge. */
#include "content/feed.h"
#include "fuzz_import.h"

static void read_feed(struct import_list *list, struct span text)
{
    feed_read(list, text, "https://a.example/feed");
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    fuzz_import(CHARSET_XML, bytes, size, read_feed);
    return 0;
}
