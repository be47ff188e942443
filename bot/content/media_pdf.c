/* PDF: taken as it is, where it is one from its first byte to its last, so that it can be nothing else besides (a page,
 * a script, an archive behind its end). What is in it is for the program that a person opens it with: pages of ours
 * only ever offer it as a download. */
#include "content/media_kind.h"

enum { TAIL = 2048 };

bool media_is_pdf(const struct media_file *f)
{
    return media_has(f, 0, "%PDF-", 5);
}

static bool is_blank(unsigned char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0';
}

enum media_verdict media_pdf(struct media_file *f)
{
    static const char end_mark[] = "%%EOF", start_mark[] = "startxref";
    const size_t mark = sizeof end_mark - 1;
    if (!media_there(f, 0, 16) || (f->bytes[5] != '1' && f->bytes[5] != '2') || f->bytes[6] != '.')
        return MEDIA_DAMAGED;
    size_t end = f->size;
    while (end > 0 && is_blank(f->bytes[end - 1]))
        end--;
    if (end < mark || memcmp(f->bytes + end - mark, end_mark, mark) != 0)
        return MEDIA_DAMAGED;
    size_t tail = end < TAIL ? end : TAIL;
    if (memmem(f->bytes + end - tail, tail, start_mark, sizeof start_mark - 1) == NULL)
        return MEDIA_DAMAGED;
    media_copy(f, 0, end);
    buf_putc(f->out, '\n');
    return MEDIA_GOOD;
}
