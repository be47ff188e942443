/* An e-mail as text: see letter.h. */
#include "hooks/letter.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { LINE = 76, WORD_BYTES = 42 /* of UTF-8 in one encoded word: 56 characters of base64 */ };

/* --- addresses ---------------------------------------------------------------------------------------- */

static bool is_atom_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c != '\0' && strchr("!#$%&'*+-/=?^_`{|}~", c) != NULL);
}

/* Atoms with single dots between them. */
static bool is_dot_atom(const char *text, size_t size)
{
    bool atom = false;
    for (size_t i = 0; i < size; i++) {
        if (text[i] == '.' ? !atom : !is_atom_char(text[i]))
            return false;
        atom = text[i] != '.';
    }
    return size > 0 && atom;
}

static bool is_domain(const char *text)
{
    size_t label = 0;
    for (const char *p = text; *p != '\0'; p++) {
        bool dot = *p == '.', inner = label > 0 && p[1] != '.' && p[1] != '\0';
        bool letter = (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') || (*p >= '0' && *p <= '9');
        if (dot ? label == 0 : !letter && !(*p == '-' && inner))
            return false;
        label = dot ? 0 : label + 1;
        if (label > 63)
            return false;
    }
    return label > 0;
}

bool letter_is_address(const char *text)
{
    size_t size = text != NULL ? strlen(text) : 0;
    const char *at = size > 0 && size <= LETTER_ADDRESS_BYTES ? strrchr(text, '@') : NULL;
    return at != NULL && at - text <= LETTER_LOCAL_BYTES && is_dot_atom(text, (size_t)(at - text)) && is_domain(at + 1);
}

/* No control character, C1 and the Unicode line separators included. */
static bool is_one_line(const char *text)
{
    for (const unsigned char *p = (const unsigned char *)text; *p != '\0'; p++)
        if (*p < 0x20 || *p == 0x7f || (*p == 0xc2 && p[1] < 0xa0) ||
            (*p == 0xe2 && p[1] == 0x80 && (p[2] == 0xa8 || p[2] == 0xa9)))
            return false;
    return true;
}

int letter_split(const char *text, char *ret_name, char *ret_address)
{
    size_t size = strlen(text);
    const char *open = strrchr(text, '<');
    size_t name = open != NULL ? (size_t)(open - text) : 0;
    if (!is_one_line(text) || (open != NULL && (size < 2 || text[size - 1] != '>')))
        return -1;
    while (name > 0 && text[name - 1] == ' ')
        name--;
    const char *address = open != NULL ? open + 1 : text;
    size_t length = open != NULL ? size - (size_t)(address - text) - 1 : size;
    bool quoted = name >= 2 && text[0] == '"' && text[name - 1] == '"';
    const char *from = quoted ? text + 1 : text;
    name -= quoted ? 2 : 0;
    if (name > LETTER_NAME_BYTES || length > LETTER_ADDRESS_BYTES || memchr(from, '"', name) != NULL)
        return -1;
    snprintf(ret_name, LETTER_NAME_BYTES + 1, "%.*s", (int)name, from);
    snprintf(ret_address, LETTER_ADDRESS_BYTES + 1, "%.*s", (int)length, address);
    return letter_is_address(ret_address) ? 0 : -1;
}

/* --- header fields ------------------------------------------------------------------------------------ */

/* Words of ASCII that are no encoded word stand as they are. */
static bool is_plain(const char *text, const char *specials)
{
    for (const char *p = text; *p != '\0'; p++)
        if ((unsigned char)*p >= 0x80 || strchr(specials, *p) != NULL)
            return false;
    return strstr(text, "=?") == NULL && strlen(text) <= LINE - 12;
}

/* Encoded words of base64, cut between characters, each on a line of its own. */
static void put_encoded(struct buf *out, const char *text)
{
    char word[WORD_BYTES * 2];
    for (size_t left = strlen(text), first = 1; left > 0; first = 0) {
        size_t size = left < WORD_BYTES ? left : WORD_BYTES;
        while (size < left && size > 0 && ((unsigned char)text[size] & 0xc0) == 0x80)
            size--;
        sodium_bin2base64(word, sizeof word, (const unsigned char *)text, size, sodium_base64_VARIANT_ORIGINAL);
        buf_printf(out, "%s=?UTF-8?B?%s?=", first ? "" : "\r\n ", word);
        text += size;
        left -= size;
    }
}

static void put_text(struct buf *out, const char *name, const char *text)
{
    buf_printf(out, "%s: ", name);
    if (is_plain(text, ""))
        buf_puts(out, text);
    else
        put_encoded(out, text);
    buf_puts(out, "\r\n");
}

static void put_mailbox(struct buf *out, const char *name, const char *words, const char *address)
{
    static const char specials[] = "()<>[]:;@\\,.\"";
    buf_printf(out, "%s: ", name);
    if (words == NULL || words[0] == '\0') {
        buf_printf(out, "%s\r\n", address);
        return;
    }
    if (is_plain(words, specials))
        buf_puts(out, words);
    else
        put_encoded(out, words);
    buf_printf(out, "\r\n <%s>\r\n", address);
}

static void put_date(struct buf *out, int64_t seconds)
{
    static const char *const days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    time_t at = (time_t)seconds;
    struct tm t = {.tm_mday = 1};
    gmtime_r(&at, &t);
    buf_printf(out, "Date: %s, %02d %s %04d %02d:%02d:%02d +0000\r\n", days[t.tm_wday], t.tm_mday, months[t.tm_mon],
               t.tm_year + 1900, t.tm_hour, t.tm_min, t.tm_sec);
}

/* --- the words ---------------------------------------------------------------------------------------- */

/* Quoted-printable: what is no printable ASCII, and blanks at a line's end, as =XX; soft breaks before LINE. */
static void put_words(struct buf *out, const char *words)
{
    size_t column = 0;
    for (const unsigned char *p = (const unsigned char *)words; *p != '\0'; p++) {
        if (*p == '\r')
            continue;
        if (*p == '\n') {
            buf_puts(out, "\r\n");
            column = 0;
            continue;
        }
        bool ends = p[1] == '\n' || p[1] == '\0' || p[1] == '\r';
        bool blank = *p == ' ' || *p == '\t';
        bool plain = blank ? !ends : *p > 0x20 && *p < 0x7f && *p != '=';
        size_t width = plain ? 1 : 3;
        if (column + width > LINE - 1) {
            buf_puts(out, "=\r\n");
            column = 0;
        }
        if (plain)
            buf_putc(out, (char)*p);
        else
            buf_printf(out, "=%02X", *p);
        column += width;
    }
    if (column > 0)
        buf_puts(out, "\r\n");
}

/* --- the whole ---------------------------------------------------------------------------------------- */

static bool is_id(const char *id)
{
    size_t size = strlen(id);
    const char *at = strchr(id, '@');
    return at != NULL && size <= LETTER_ID_BYTES && is_dot_atom(id, (size_t)(at - id)) && is_domain(at + 1);
}

static const char *fault_of(const struct letter *l)
{
    if (!letter_is_address(l->from))
        return "the sender is no e-mail address";
    if (!letter_is_address(l->to))
        return "the recipient is no e-mail address";
    if ((l->from_name != NULL && (!is_one_line(l->from_name) || strlen(l->from_name) > LETTER_NAME_BYTES)))
        return "the sender's name has a line break in it, or is too long";
    if (!is_one_line(l->subject) || strlen(l->subject) > LETTER_SUBJECT_BYTES)
        return "the subject has a line break in it, or is too long";
    if (!is_id(l->id) || (l->in_reply_to != NULL && !is_id(l->in_reply_to)))
        return "the message's id is none";
    if (strlen(l->words) > LETTER_BODY_BYTES)
        return "the words are too long";
    return NULL;
}

int letter_write(const struct letter *l, struct buf *out, const char **ret_why)
{
    *ret_why = fault_of(l);
    if (*ret_why != NULL)
        return -1;
    put_date(out, l->at_seconds);
    put_mailbox(out, "From", l->from_name, l->from);
    put_mailbox(out, "To", NULL, l->to);
    put_text(out, "Subject", l->subject);
    buf_printf(out, "Message-ID: <%s>\r\n", l->id);
    if (l->in_reply_to != NULL)
        buf_printf(out, "In-Reply-To: <%s>\r\nReferences: <%s>\r\n", l->in_reply_to, l->in_reply_to);
    if (l->automatic)
        buf_puts(out, "Auto-Submitted: auto-generated\r\n");
    buf_puts(out, "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
                  "Content-Transfer-Encoding: quoted-printable\r\n\r\n");
    put_words(out, l->words);
    if (!out->failed)
        return 0;
    *ret_why = "the letter is too long";
    return -1;
}
