/* Word vectors made for a test: text files in memory, converted and opened. */
#ifndef TESTS_VECTORS_TEST_H
#define TESTS_VECTORS_TEST_H

#include "understand/vectors.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* Opening hours lie along the first axis, sending along the second, paying along the third. */
static const char shop_vec[] = "22 4\n"
                               "di 0.1 0.1 0.1 0.9\n"
                               "a 0.1 0.1 0.05 0.9\n"
                               "la 0.05 0.1 0.1 0.95\n"
                               "che 0.1 0.1 0.1 0.85\n"
                               "sono 0.1 0.05 0.1 0.9\n"
                               "ora 0.9 0.05 0 0.2\n"
                               "orari 0.95 0.02 0.01 0.1\n"
                               "apertura 0.9 0 0.05 0.05\n"
                               "chiusura 0.93 0.03 0 0.02\n"
                               "saracinesca 0.88 0.1 0.02 -0.05\n"
                               "abbassate 0.7 0.15 0.2 0.1\n"
                               "spedizione 0.05 0.95 0.1 0.05\n"
                               "pacco 0.02 0.9 0.05 0\n"
                               "consegna 0.1 0.92 0.05 0.1\n"
                               "quanto 0.1 0.1 0.4 0.6\n"
                               "costa 0.02 0.1 0.9 0.1\n"
                               "pagare 0 0.05 0.97 0.05\n"
                               "carta -0.05 0.1 0.9 0\n"
                               "Roma 0.5 0.5 0 0\n"
                               "perch\xc3\xa9 0.1 0.2 0.3 0.9\n"
                               ", 0.2 0.2 0.2 0.2\n"
                               "roma 0.4 0.6 0 0\n";

static inline int file_of(const char *bytes, size_t size)
{
    int file = memfd_create("test", MFD_CLOEXEC);
    if (file < 0 || write(file, bytes, size) != (ssize_t)size || lseek(file, 0, SEEK_SET) != 0)
        abort();
    return file;
}

/* Converts a text; the descriptor of the result, or -1 with the report. */
static inline int convert_bytes(const char *bytes, size_t size, struct vectors_report *ret)
{
    int from = file_of(bytes, size), to = memfd_create("quantised", MFD_CLOEXEC);
    int result = vectors_convert(from, to, NULL, NULL, ret);
    close(from);
    if (result == 0)
        return to;
    close(to);
    return -1;
}

static inline struct vectors *open_text(const char *text)
{
    struct vectors_report report;
    const char *why = NULL;
    int file = convert_bytes(text, strlen(text), &report);
    if (file < 0) {
        fprintf(stderr, "%zu: %s\n", report.line, report.why);
        abort();
    }
    struct vectors *v = vectors_open(&(struct vectors_part){"", file}, 1, &why);
    close(file);
    if (v == NULL) {
        fprintf(stderr, "%s\n", why);
        abort();
    }
    return v;
}

static inline float cosine_of(const float *a, const float *b, size_t size)
{
    float sum = 0;
    for (size_t i = 0; i < size; i++)
        sum += a[i] * b[i];
    return sum;
}

#endif
