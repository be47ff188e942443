/* Reading fastText's text format: see vectors_read.h. */
#include "understand/vectors_read.h"

#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FORMAT_REMEDY "give a .vec file in fastText's text format, whose first line is “COUNT DIMENSIONS”"

static int wrong(struct vectors_reader *r, const char *format, ...) __attribute__((format(printf, 2, 3)));
static int wrong(struct vectors_reader *r, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    vsnprintf(r->report->why, sizeof r->report->why, format, list);
    va_end(list);
    return -1;
}

/* Moves what is unread to the front and reads more behind it. */
static int refill(struct vectors_reader *r)
{
    memmove(r->buffer, r->buffer + r->at, r->filled - r->at);
    r->filled -= r->at;
    r->at = 0;
    while (!r->ended && r->filled < VECTORS_BUFFER_BYTES) {
        ssize_t n = read(r->file, r->buffer + r->filled, VECTORS_BUFFER_BYTES - r->filled);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return wrong(r, "it cannot be read: %s", strerror(errno));
        r->ended = n == 0;
        r->filled += (size_t)n;
        r->read += (size_t)n;
    }
    return 0;
}

/* The next line, which ends in a NUL instead of its newline. 1, 0 at the end, -1. */
static int next_line(struct vectors_reader *r, char **ret_line, size_t *ret_size, bool *ret_whole)
{
    char *end = memchr(r->buffer + r->at, '\n', r->filled - r->at);
    if (end == NULL) {
        if (refill(r) < 0)
            return -1;
        end = memchr(r->buffer, '\n', r->filled);
    }
    if (r->filled == r->at)
        return 0;
    r->report->line++;
    if (end == NULL && r->filled == VECTORS_BUFFER_BYTES)
        return wrong(r, "the line is longer than %d bytes; " FORMAT_REMEDY, VECTORS_BUFFER_BYTES);
    *ret_whole = end != NULL;
    *ret_line = r->buffer + r->at;
    *ret_size = end != NULL ? (size_t)(end - *ret_line) : r->filled - r->at;
    r->at += *ret_size + *ret_whole;
    if (memchr(*ret_line, '\0', *ret_size) != NULL)
        return wrong(r, "a zero byte stands in the line: this is no text; " FORMAT_REMEDY);
    while (*ret_size > 0 && strchr(" \t\r", (*ret_line)[*ret_size - 1]) != NULL)
        --*ret_size;
    (*ret_line)[*ret_size] = '\0'; /* the buffer has a byte more than it reads */
    return 1;
}

int vectors_reader_init(struct vectors_reader *r, int file, struct vectors_report *report)
{
    struct stat st;
    char *line, *end;
    size_t size;
    bool whole;
    *r = (struct vectors_reader){.file = file, .report = report, .buffer = malloc(VECTORS_BUFFER_BYTES + 1)};
    if (r->buffer == NULL)
        return wrong(r, "there is not enough memory");
    if (fstat(file, &st) < 0 || !S_ISREG(st.st_mode))
        return wrong(r, "it is no regular file; " FORMAT_REMEDY);
    r->total = (uint64_t)st.st_size;
    if (refill(r) < 0)
        return -1;
    if (r->filled >= 2 && memcmp(r->buffer, "\x1f\x8b", 2) == 0)
        return wrong(r, "it is compressed; unpack it with gunzip first");
    int found = next_line(r, &line, &size, &whole);
    if (found <= 0)
        return found < 0 ? -1 : wrong(r, "the file is empty; " FORMAT_REMEDY);
    unsigned long long count = strtoull(line, &end, 10);
    bool good = line[0] >= '0' && line[0] <= '9' && *end == ' ';
    unsigned long long dimensions = good && end[1] >= '0' && end[1] <= '9' ? strtoull(end + 1, &end, 10) : 0;
    if (!good || *end != '\0')
        return wrong(r, "the first line is not “COUNT DIMENSIONS”; " FORMAT_REMEDY);
    if (dimensions < 1 || dimensions > MEANING_SIZE_MAX)
        return wrong(r, "the vectors have %llu dimensions; from 1 to %d can be used", dimensions, MEANING_SIZE_MAX);
    if (count < 1 || count > VECTORS_WORDS_MAX)
        return wrong(r,
                     "the first line promises %llu words; from 1 to %d can be used (the first lines are the most "
                     "frequent words: keep those, and write their number into the first line)",
                     count, VECTORS_WORDS_MAX);
    r->count = count;
    r->size = dimensions;
    return 0;
}

void vectors_reader_free(struct vectors_reader *r)
{
    free(r->buffer);
    r->buffer = NULL;
}

/* The digits at *p into *value, up to the 18 that a number of 64 bits surely holds. Returns how many were left
 * out; *digits counts all. */
static int read_digits(const char **p, uint64_t *value, int *digits)
{
    int left_out = 0;
    for (; **p >= '0' && **p <= '9'; ++*p, ++*digits)
        if (*value < 100000000000000000u)
            *value = *value * 10 + (uint64_t)(**p - '0');
        else
            left_out++;
    return left_out;
}

/* The exponent at p, which stands at “e”, into *ret. NULL where it is none. */
static const char *read_exponent(const char *p, int *ret)
{
    const char *digits = p + 1 + (p[1] == '-' || p[1] == '+');
    char *end;
    if (*digits < '0' || *digits > '9')
        return NULL;
    long exponent = strtol(p + 1, &end, 10);
    *ret = exponent < -1000 ? -1000 : exponent > 1000 ? 1000 : (int)exponent;
    return end;
}

/* A decimal number up to the next space or the end. NULL where it is none, or not finite as a float. As exact as
 * a float needs; strtof takes several times as long. */
static const char *read_number(const char *p, float *ret)
{
    static const double tens[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
    bool minus = *p == '-';
    p += *p == '-' || *p == '+';
    uint64_t whole = 0;
    int digits = 0, exponent = 0, scale = read_digits(&p, &whole, &digits);
    if (*p == '.') {
        const char *point = ++p;
        scale += read_digits(&p, &whole, &digits) - (int)(p - point);
    }
    if (digits == 0)
        return NULL;
    if (*p == 'e' || *p == 'E')
        p = read_exponent(p, &exponent);
    if (p == NULL || (*p != ' ' && *p != '\0'))
        return NULL;
    double value = (double)whole;
    scale += exponent;
    if (scale < 0 && scale >= -15)
        value /= tens[-scale];
    else if (scale != 0)
        value *= pow(10, scale);
    *ret = (float)(minus ? -value : value);
    return isfinite(*ret) ? p : NULL;
}

static int read_values(struct vectors_reader *r, const char *p, bool whole, float *ret_values)
{
    size_t count = 0;
    while (*p != '\0') {
        p += *p == ' ';
        if (count == r->size)
            return wrong(r, "the line has more than the %zu values that the first line promises; %s", r->size,
                         "a word must not hold a space");
        const char *end = read_number(p, &ret_values[count]);
        if (end == NULL)
            return wrong(r, "value %zu, “%.*s”, is no finite number", count + 1, (int)strnlen(p, strcspn(p, " ") & 31),
                         p);
        count++;
        p = end;
    }
    if (count < r->size)
        return wrong(r, "the line has %zu values instead of %zu%s", count, r->size,
                     whole ? "" : ": the file was cut in the middle; fetch it again");
    return 1;
}

static int check_end(struct vectors_reader *r, int found, size_t size)
{
    if (found < 0 || (found > 0 && size == 0))
        return found;
    if (found > 0)
        return wrong(r, "more words follow than the %zu that the first line promises; mend the first line", r->count);
    return 0;
}

int vectors_reader_next(struct vectors_reader *r, const char **ret_word, size_t *ret_word_size, float *ret_values)
{
    char *line;
    size_t size = 0;
    bool whole;
    int found = next_line(r, &line, &size, &whole);
    if (r->words == r->count) {
        while (found > 0 && size == 0) /* empty lines at the end are nobody's words */
            found = next_line(r, &line, &size, &whole);
        return check_end(r, found, size);
    }
    if (found < 0)
        return -1;
    if (found == 0) {
        r->report->line++;
        return wrong(r, "the file ends after %zu of %zu words: it was cut; fetch it again, or mend the first line",
                     r->words, r->count);
    }
    size_t word = strcspn(line, " ");
    if (word > VECTORS_WORD_MOST)
        return wrong(r, "the word is longer than %d bytes; " FORMAT_REMEDY, VECTORS_WORD_MOST);
    if (read_values(r, line + word, whole, ret_values) < 0)
        return -1;
    r->words++;
    *ret_word = line;
    *ret_word_size = word;
    return 1;
}
