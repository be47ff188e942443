/* E-mail addresses, also with spaces around the @ and said in words ("chiocciola", "punto"). */
#include "entity/kinds.h"

#include "base/buf.h"

#include <string.h>

enum { LOCAL_MOST = 64, ADDRESS_MOST = 254, LABEL_MOST = 63, PIECES_MOST = 64, RUNS_MOST = 12 };

struct address {
    const struct reading *r;
    struct buf text;
    size_t at;  /* the next piece */
    bool spelt; /* something was said in words or parted by spaces */
    bool non_ascii;
};

static bool is_ascii(const struct piece *p, const char *text)
{
    for (size_t i = 0; i < p->size; i++)
        if ((unsigned char)text[p->at + i] >= 0x80)
            return false;
    return true;
}

/* Letters and digits, hyphens, underscores and what else a name has, glued; at least one. */
static size_t add_run(struct address *a, bool local)
{
    const struct pieces *p = &a->r->pieces;
    size_t added = 0;
    for (; a->at < p->count && added < PIECES_MOST; a->at++, added++) {
        const struct piece *piece = &p->all[a->at];
        bool sign = piece->kind == PIECE_SIGN;
        const char *signs = local ? "-_+%" : "-";
        if ((added > 0 && !piece->glued) || (sign && (piece->sign > 127 || strchr(signs, (int)piece->sign) == NULL)))
            break;
        a->non_ascii = a->non_ascii || !is_ascii(piece, p->text);
        buf_add(&a->text, p->text + piece->at, piece->size);
    }
    return added;
}

/* A full stop: glued, or with spaces or in words where it was asked for. */
static size_t dot_at(const struct address *a, bool *ret_spelt)
{
    const struct pieces *p = &a->r->pieces;
    int value;
    if (a->at + 1 >= p->count)
        return 0;
    if (pieces_sign(p, a->at, '.') && p->all[a->at].glued && p->all[a->at + 1].glued)
        return 1;
    if (!a->r->asked)
        return 0;
    *ret_spelt = true;
    bool comma = pieces_sign(p, a->at, ',') && p->all[a->at].glued && p->all[a->at + 1].glued;
    bool stop = pieces_sign(p, a->at, '.');
    if (stop && !p->all[a->at].glued && !p->all[a->at + 1].glued)
        return 1;
    return comma ? 1 : stop ? 0 : grammar_class_at(a->r->grammar, CLASS_DOT, p, a->at, &value);
}

static size_t add_runs(struct address *a, bool local)
{
    size_t runs = 0, dot = 0;
    for (;;) {
        size_t from = a->text.size, back = a->at;
        bool spelt = false;
        if (dot > 0)
            buf_putc(&a->text, '.');
        a->at += dot;
        size_t begun = a->text.size;
        if (add_run(a, local) == 0 || a->text.size - begun > LABEL_MOST + (local ? 1u : 0u)) {
            a->at = back;
            while (a->text.size > from)
                a->text.data[--a->text.size] = '\0';
            return runs;
        }
        runs++;
        dot = dot_at(a, &spelt);
        a->spelt = a->spelt || (spelt && dot > 0);
        if (dot == 0 || runs == RUNS_MOST)
            return runs;
    }
}

static size_t at_sign(const struct address *a, bool *ret_spelt)
{
    int value;
    if (pieces_sign(&a->r->pieces, a->at, '@'))
        return 1;
    *ret_spelt = true;
    return a->r->asked ? grammar_class_at(a->r->grammar, CLASS_AT, &a->r->pieces, a->at, &value) : 0;
}

/* The last label is letters only, and no label begins or ends with a hyphen. */
static bool is_domain(const char *domain)
{
    const char *last = strrchr(domain, '.');
    if (last == NULL || strlen(last) < 3 || strspn(last + 1, "abcdefghijklmnopqrstuvwxyz") != strlen(last + 1))
        return false;
    return *domain != '-' && strstr(domain, "-.") == NULL && strstr(domain, ".-") == NULL;
}

static void lower(char *text)
{
    for (; *text != '\0'; text++)
        if (*text >= 'A' && *text <= 'Z')
            *text = (char)(*text - 'A' + 'a');
}

/* Whether the words before an "@" in words may be its name: only where the whole is an address. */
static bool read_address(struct address *a, struct hit *ret, size_t i)
{
    size_t name = 0, sign;
    bool spelt = false;
    if (add_runs(a, true) == 0 || a->text.size > LOCAL_MOST || (sign = at_sign(a, &spelt)) == 0)
        return false;
    name = a->text.size;
    a->at += sign;
    a->spelt = a->spelt || spelt;
    buf_putc(&a->text, '@');
    if (add_runs(a, false) == 0 || a->text.failed)
        return false;
    lower(a->text.data + name);
    bool good = is_domain(a->text.data + name + 1) && !a->non_ascii && a->text.size <= ADDRESS_MOST;
    if (!good && spelt) /* "ci vediamo at home" */
        return false;
    *ret = (struct hit){.used = a->at - i, .certainty = a->spelt ? 0.8 : 1, .why = good ? NULL : "impossible"};
    ret->value = arena_strndup(a->r->arena, a->text.data, a->text.size);
    return ret->value != NULL;
}

bool email_at(const struct reading *r, size_t i, struct hit *ret)
{
    const struct pieces *p = &r->pieces;
    /* From the first sign of the name on. */
    if (i > 0 && p->all[i].glued &&
        (p->all[i - 1].kind != PIECE_SIGN || pieces_sign(p, i - 1, '.') || pieces_sign(p, i - 1, '@') ||
         pieces_sign(p, i - 1, '-') || pieces_sign(p, i - 1, '_') || pieces_sign(p, i - 1, '+')))
        return false;
    struct address a = {.r = r, .at = i};
    buf_init(&a.text, 4 * ADDRESS_MOST);
    bool found = read_address(&a, ret, i);
    buf_free(&a.text);
    return found;
}
