/* Any bytes as a .qna file or a QnA Maker table: no crash, and what is read can be written as knowledge. */
#include "content/qna.h"
#include "fuzz_import.h"

static void read_qna(struct import_list *list, struct span text)
{
    qna_read(list, text);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    fuzz_import(CHARSET_TEXT, bytes, size, read_qna);
    return 0;
}
