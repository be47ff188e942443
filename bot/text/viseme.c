/* Phonemes to shapes of the mouth: see viseme.h. */
#include "text/viseme.h"

#include "base/embed.h"

#include <pthread.h>
#include <string.h>

enum { ROWS_MAX = 200, NAME_BYTES = 9, DIGIT_MOST = 35, UNIT_MS = 10 };

static const char *const names[VISEME_COUNT] = {"sil", "PP", "FF", "TH", "DD", "kk", "CH", "SS",
                                                "nn",  "RR", "aa", "E",  "ih", "oh", "ou"};

static struct row {
    char name[NAME_BYTES];
    unsigned char shapes[2];
    int count;
} rows[ROWS_MAX];
static size_t row_count;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static int shape_named(const char *name, size_t size)
{
    for (int i = 0; i < VISEME_COUNT; i++)
        if (strlen(names[i]) == size && memcmp(names[i], name, size) == 0)
            return i;
    return -1;
}

/* "aI aa ih": a phoneme and its shapes; "-" is none. */
static void add_row(const char *line, size_t size)
{
    size_t name = strcspn(line, " \n");
    if (name == 0 || name >= NAME_BYTES || row_count == ROWS_MAX)
        return;
    struct row *row = &rows[row_count++];
    memcpy(row->name, line, name);
    for (size_t at = name + 1; at < size && row->count < 2;) {
        size_t word = strcspn(line + at, " \n");
        int shape = shape_named(line + at, word);
        if (shape >= 0)
            row->shapes[row->count++] = (unsigned char)shape;
        at += word + 1;
    }
}

static void read_table(void)
{
    const struct embedded *file = embed_find("text/data/visemes");
    for (const char *line = file != NULL ? file->data : ""; *line != '\0';) {
        size_t size = strcspn(line, "\n");
        if (strncmp(line, "# ", 2) != 0)
            add_row(line, size);
        line += size + (line[size] == '\n');
    }
}

static const struct row *find_row(const char *name, size_t size)
{
    for (size_t i = 0; i < row_count; i++)
        if (strlen(rows[i].name) == size && memcmp(rows[i].name, name, size) == 0)
            return &rows[i];
    return NULL;
}

int viseme_of(const char *phoneme, size_t size, unsigned char ret[2])
{
    char bare[NAME_BYTES];
    size_t length = 0;
    pthread_once(&once, read_table);
    for (size_t i = 0; i < size; i++) {
        if (strchr("',%=", phoneme[i]) != NULL)
            continue;
        if (length == NAME_BYTES - 1)
            return 0;
        bare[length++] = phoneme[i];
    }
    const struct row *row = find_row(bare, length);
    if (row == NULL && length > 1 && bare[length - 1] == ':')
        row = find_row(bare, length - 1);
    if (row == NULL)
        return 0;
    memcpy(ret, row->shapes, sizeof row->shapes);
    return row->count;
}

/* --- the track --------------------------------------------------------------------------------- */

/* The shape that is open, and where it began, in units. */
struct track {
    struct buf *out;
    size_t limit;
    int shape, since;
};

static void put_shape(struct track *t, int units)
{
    for (; units > 0 && t->out->size + 2 <= t->limit; units -= DIGIT_MOST) {
        int digit = units < DIGIT_MOST ? units : DIGIT_MOST;
        buf_putc(t->out, (char)('a' + t->shape));
        buf_putc(t->out, (char)(digit < 10 ? '0' + digit : 'a' + digit - 10));
    }
}

/* A shape begins; one that would last for no unit at all is passed over. */
static void begin_shape(struct track *t, int shape, int ms)
{
    int now = (ms + UNIT_MS / 2) / UNIT_MS;
    if (shape == t->shape)
        return;
    if (now > t->since)
        put_shape(t, now - t->since);
    t->since = now > t->since ? now : t->since;
    t->shape = shape;
}

/* A number at *at, which moves behind it. -1 = there is none, or it is too large. */
static int number_at(const char **at, const char *end)
{
    int value = 0;
    const char *p = *at;
    for (; p < end && *p >= '0' && *p <= '9' && value <= VISEME_MS_MOST; p++)
        value = value * 10 + (*p - '0');
    if (p == *at || value > VISEME_MS_MOST)
        return -1;
    *at = p;
    return value;
}

struct heard {
    int ms;
    const char *phoneme;
    size_t size;
};

/* The next phoneme from *at on. 1, 0 = there is none, -1 = it is no event. */
static int next_phoneme(const char **at, const char *end, struct heard *ret)
{
    while (*at < end) {
        const char *line = *at, *stop = memchr(line, '\n', (size_t)(end - line));
        if (stop == NULL)
            return -1;
        *at = stop + 1;
        ret->ms = number_at(&line, stop);
        if (ret->ms < 0 || stop - line < 3 || line[0] != ' ' || line[2] != ' ')
            return -1;
        ret->phoneme = line + 3;
        ret->size = (size_t)(stop - ret->phoneme);
        if (line[1] == 'p')
            return 1;
    }
    return 0;
}

int viseme_track(const char *events, size_t size, int length, struct buf *out)
{
    const char *at = events, *end = events + size;
    struct track t = {.out = out, .limit = out->size + VISEME_TRACK_BYTES};
    struct heard now, next;
    if (length < 0 || length > VISEME_MS_MOST)
        return -1;
    int more = next_phoneme(&at, end, &now);
    while (more > 0) {
        unsigned char shapes[2];
        more = next_phoneme(&at, end, &next);
        int until = more > 0 ? next.ms : length;
        int count = viseme_of(now.phoneme, now.size, shapes);
        for (int i = 0; i < count; i++)
            begin_shape(&t, shapes[i], now.ms + (until > now.ms ? (until - now.ms) * i / count : 0));
        now = next;
    }
    if (more < 0 || out->failed)
        return -1;
    begin_shape(&t, VISEME_COUNT, length); /* none such: ends the one that is open */
    return out->failed ? -1 : 0;
}
