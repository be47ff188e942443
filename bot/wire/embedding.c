/* Requests to embeddings servers and their answers: see embedding.h. */
#include "wire/embedding.h"

#include "base/utf8.h"
#include "wire/json.h"
#include "wire/scan.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum {
    ANSWER_DEPTH = 8,
    NUMBER_BYTES = 32,       /* of one number of a vector, with all its digits and blanks */
    AROUND_BYTES = 64 << 10, /* names and figures around the vectors */
};

/* --- the request ------------------------------------------------------------------------------ */

/* Bytes of the text's beginning that fit, without half a character. */
static size_t fitting(const char *text)
{
    size_t size = strnlen(text, EMBEDDING_TEXT_BYTES + 1);
    if (size <= EMBEDDING_TEXT_BYTES)
        return size;
    size = EMBEDDING_TEXT_BYTES;
    while (size > 0 && ((unsigned char)text[size] & 0xc0) == 0x80)
        size--;
    return size;
}

int embedding_write(const char *model, const char *const *texts, size_t count, struct buf *out)
{
    json_open(out, NULL, '{');
    json_text(out, "model", model);
    json_open(out, "input", '[');
    for (size_t i = 0; i < count; i++) {
        char text[EMBEDDING_TEXT_BYTES + 1];
        size_t size = fitting(texts[i]);
        memcpy(text, texts[i], size);
        text[size] = '\0';
        json_text(out, NULL, text);
    }
    json_close(out, ']');
    json_close(out, '}');
    return out->failed ? -1 : 0;
}

/* --- the answer ------------------------------------------------------------------------------- */

size_t embedding_answer_bytes(size_t count, size_t size)
{
    return AROUND_BYTES + count * (size > 0 ? size : EMBEDDING_SIZE_MAX) * NUMBER_BYTES;
}

/* One answer being read. */
struct answer {
    size_t count, size; /* size 0 until the first vector is seen */
    float *vectors;     /* made at the first vector */
    bool *seen;
    struct arena *arena;
    const char *why;
};

static int refuse(struct answer *a, const char *why)
{
    a->why = why;
    return -1;
}

/* The first vector's size is the size of all. */
static int fix_size(struct answer *a, size_t size)
{
    if (size == 0 || size > EMBEDDING_SIZE_MAX)
        return refuse(a, "a vector is empty, or longer than 4096 numbers");
    if (a->size != 0 && size != a->size)
        return refuse(a, "the vectors do not have the size that was expected");
    a->size = size;
    if (a->vectors == NULL)
        a->vectors = arena_array(a->arena, a->count * size, sizeof *a->vectors);
    return a->vectors != NULL ? 0 : refuse(a, "there is not enough memory");
}

static int read_vector(struct answer *a, const json_t *numbers, size_t place)
{
    if (!json_is_array(numbers))
        return refuse(a, "a vector is not a list of numbers");
    if (fix_size(a, json_array_size(numbers)) < 0)
        return -1;
    for (size_t i = 0; i < a->size; i++) {
        const json_t *number = json_array_get(numbers, i);
        float value = json_is_number(number) ? (float)json_number_value(number) : NAN;
        if (!isfinite(value))
            return refuse(a, "a vector has something that is not a finite number");
        a->vectors[place * a->size + i] = value;
    }
    return 0;
}

static int read_item(struct answer *a, const json_t *item, size_t nth)
{
    const json_t *index = json_object_get(item, "index");
    json_int_t place = json_is_integer(index) ? json_integer_value(index) : (json_int_t)nth;
    if (!json_is_object(item) || (index != NULL && !json_is_integer(index)))
        return refuse(a, "its “data” is not a list of vectors with their index");
    if (place < 0 || (size_t)place >= a->count || a->seen[place])
        return refuse(a, "an index is out of range or stands twice");
    a->seen[place] = true;
    return read_vector(a, json_object_get(item, "embedding"), (size_t)place);
}

static int read_answer(struct answer *a, const json_t *object)
{
    const json_t *data = json_object_get(object, "data");
    if (!json_is_array(data))
        return refuse(a, "it has no list “data”; is this the address of an embeddings server?");
    if (json_array_size(data) != a->count)
        return refuse(a, "it has not as many vectors as there were texts");
    a->seen = arena_array(a->arena, a->count + 1, sizeof *a->seen);
    if (a->seen == NULL)
        return refuse(a, "there is not enough memory");
    for (size_t i = 0; i < a->count; i++)
        if (read_item(a, json_array_get(data, i), i) < 0)
            return -1;
    return 0;
}

int embedding_read(const char *bytes, size_t bytes_count, size_t count, size_t size, struct arena *arena,
                   float **ret_vectors, size_t *ret_size, const char **ret_why)
{
    struct answer a = {.count = count, .size = size, .arena = arena};
    int result = -1;
    if (count == 0 || bytes_count > embedding_answer_bytes(count, size)) {
        *ret_why = "it is larger than such an answer can be";
        return -1;
    }
    json_t *object = scan_frame(bytes, bytes_count, ANSWER_DEPTH) == NULL
                         ? json_loadb(bytes, bytes_count, JSON_REJECT_DUPLICATES, NULL)
                         : NULL;
    if (object == NULL)
        a.why = "it is not JSON";
    else
        result = read_answer(&a, object);
    json_decref(object);
    if (result < 0) {
        *ret_why = a.why;
        return -1;
    }
    *ret_vectors = a.vectors;
    *ret_size = a.size;
    return 0;
}

/* --- a refusal's words -------------------------------------------------------------------------- */

/* The text cut between two characters, with blanks for what cannot be printed. */
static void print_line(const char *text, char *ret)
{
    size_t size = 0, left = strlen(text), bytes;
    while (left > 0 && (bytes = utf8_length(text, left)) > 0 && size + bytes <= EMBEDDING_WHY_BYTES) {
        bool control = bytes == 1 && ((unsigned char)*text < 0x20 || *text == 0x7f);
        memcpy(ret + size, control ? " " : text, bytes);
        size += bytes;
        text += bytes;
        left -= bytes;
    }
    ret[size] = '\0';
}

void embedding_error(const char *bytes, size_t bytes_count, char ret_text[EMBEDDING_WHY_BYTES + 1])
{
    ret_text[0] = '\0';
    if (bytes_count > AROUND_BYTES || scan_frame(bytes, bytes_count, ANSWER_DEPTH) != NULL)
        return;
    json_t *object = json_loadb(bytes, bytes_count, JSON_REJECT_DUPLICATES, NULL);
    const json_t *error = json_object_get(object, "error");
    const json_t *text =
        json_is_string(error) ? error : json_object_get(json_is_object(error) ? error : object, "message");
    if (json_is_string(text))
        print_line(json_string_value(text), ret_text);
    json_decref(object);
}
