/* Word vectors from strangers: the text format, and the quantised file that is mapped. */
#include "understand/vectors.h"
#include "understand/vectors_format.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static const char asked[] = "Uno due, TR\xc3\x89 quattro e ora la saracinesca";

static void must(int holds)
{
    if (!holds)
        abort();
}

static void open_and_ask(int file)
{
    const char *why = NULL;
    struct vectors *v = vectors_open(&(struct vectors_part){"", file}, 1, &why);
    if (v == NULL) {
        must(why != NULL);
        return;
    }
    static float meaning[MEANING_SIZE_MAX];
    must(vectors_size(v) >= 1 && vectors_size(v) <= MEANING_SIZE_MAX);
    vectors_text(v, "it", asked, sizeof asked - 1, meaning);
    for (size_t i = 0; i < vectors_size(v); i++)
        must(fabsf(meaning[i]) <= 1.01f);
    vectors_close(v);
}

static void from_text(const uint8_t *data, size_t size)
{
    int from = memfd_create("text", MFD_CLOEXEC), to = memfd_create("quantised", MFD_CLOEXEC);
    must(write(from, data, size) == (ssize_t)size && lseek(from, 0, SEEK_SET) == 0);
    struct vectors_report r;
    if (vectors_convert(from, to, NULL, NULL, &r) == 0) {
        must(r.words >= 1 && r.why[0] == '\0');
        open_and_ask(to);
    } else {
        must(r.why[0] != '\0');
    }
    close(from);
    close(to);
}

/* The sums are put right, so that what lies behind them is reached. */
static void from_file(const uint8_t *data, size_t size)
{
    struct vectors_header h;
    int file = memfd_create("quantised", MFD_CLOEXEC);
    must(write(file, data, size) == (ssize_t)size);
    if (size >= sizeof h) {
        memcpy(&h, data, sizeof h);
        h.magic = VECTORS_MAGIC;
        h.version = VECTORS_VERSION;
        h.bytes = size;
        h.checksum = vectors_header_checksum(&h);
        must(pwrite(file, &h, sizeof h, 0) == (ssize_t)sizeof h);
    }
    open_and_ask(file);
    close(file);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    if (data[0] == 0)
        from_file(data + 1, size - 1);
    else
        from_text(data, size);
    return 0;
}
