/* Text checks and places: see lines.h. */
#include "content/lines.h"

#include "base/utf8.h"

#include <stdint.h>
#include <string.h>

/* Eight bytes that are all ASCII and none of them NUL. */
static bool plain_word(const char *p)
{
    uint64_t word;
    memcpy(&word, p, sizeof word);
    return ((word | (word - 0x0101010101010101u)) & 0x8080808080808080u) == 0;
}

size_t lines_bad_byte(const char *bytes, size_t size)
{
    size_t at = 0;
    while (at < size) {
        if (size - at >= 8 && plain_word(bytes + at)) {
            at += 8;
            continue;
        }
        size_t step = bytes[at] != '\0' ? utf8_length(bytes + at, size - at) : 0;
        if (step == 0)
            return at;
        at += step;
    }
    return size;
}

bool lines_next(struct span *rest, struct span *ret_line)
{
    if (rest->size == 0)
        return false;
    const char *stop = memchr(rest->text, '\n', rest->size);
    size_t end = stop != NULL ? (size_t)(stop - rest->text) : rest->size;
    const char *cr = memchr(rest->text, '\r', end);
    if (cr != NULL)
        end = (size_t)(cr - rest->text);
    *ret_line = (struct span){rest->text, end};
    if (end < rest->size)
        end += rest->text[end] == '\r' && end + 1 < rest->size && rest->text[end + 1] == '\n' ? 2 : 1;
    rest->text += end;
    rest->size -= end;
    return true;
}

int lines_column(const char *line, size_t at)
{
    int column = 1;
    for (size_t i = 0; i < at; i++)
        column += ((unsigned char)line[i] & 0xC0) != 0x80;
    return column;
}

int lines_check(const char *file, const char *bytes, size_t size, struct problems *problems, struct span *ret)
{
    if (size >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
        bytes += 3;
        size -= 3;
    }
    size_t bad = lines_bad_byte(bytes, size);
    if (bad == size) {
        *ret = (struct span){bytes, size};
        return 0;
    }
    int number = 0;
    struct span rest = {bytes, bad}, line = {bytes, 0};
    while (lines_next(&rest, &line))
        number++;
    if (number == 0 || line.text + line.size != bytes + bad) {
        number++;
        line.text = bytes + bad;
    }
    int column = lines_column(line.text, (size_t)(bytes + bad - line.text));
    if (bytes[bad] == '\0')
        problem_add(problems, SEVERITY_ERROR, file, number, column,
                    "a NUL byte, which no text has; save the file as text in UTF-8");
    else
        problem_add(problems, SEVERITY_ERROR, file, number, column, "byte 0x%02X is not UTF-8; save the file in UTF-8",
                    (unsigned char)bytes[bad]);
    return -1;
}

struct span lines_trim(struct span s)
{
    while (s.size > 0 && (*s.text == ' ' || *s.text == '\t'))
        s.text++, s.size--;
    while (s.size > 0 && (s.text[s.size - 1] == ' ' || s.text[s.size - 1] == '\t'))
        s.size--;
    return s;
}
