/* Any bytes as labelled questions and as entries: no crash, no overrun; a text and its label never hold a tab or
 * the end of a line. */
#include "cli/corpus.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static void assert_cell(const char *cell)
{
    if (strpbrk(cell, "\t\n\r") != NULL)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    char path[64];
    int fd = memfd_create("corpus", 0);
    if (fd < 0 || write(fd, bytes, size) != (ssize_t)size)
        return 0;
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    struct corpus *c = corpus_new();
    struct problems *problems = problems_new();
    corpus_read(c, &c->train, path, problems);
    corpus_read_answers(c, path, problems);
    corpus_read(c, &c->test, path, problems);
    for (size_t i = 0; i < c->train.count; i++) {
        assert_cell(c->train.lines[i].text);
        assert_cell(c->labels[c->train.lines[i].label].name);
    }
    for (size_t i = 0; i < c->label_count; i++)
        if (corpus_words(c, c->labels[i].name) == NULL)
            abort();
    corpus_free(c);
    problems_free(problems);
    close(fd);
    return 0;
}
