/* What the tests of import readers share: a tolerant list, and its entries as lines. */
#ifndef IMPORT_TEST_H
#define IMPORT_TEST_H

#include "content_test.h"

#include "content/import_list.h"

/* "topic/id: question | wordings … = answer [button>target]", one line an entry; line breaks of answers are `/`. */
static inline const char *entries_of(struct fixture *f, const struct import_list *list)
{
    struct buf out;
    buf_init(&out, 1 << 20);
    for (size_t i = 0; i < list->count; i++) {
        const struct import_entry *e = &list->entries[i];
        buf_printf(&out, "%s/%s: %s", e->topic, e->entry.id, e->entry.question);
        for (size_t w = 0; w < e->entry.wording_count; w++)
            buf_printf(&out, " | %s", e->entry.wordings[w]);
        buf_puts(&out, " = ");
        for (const char *p = e->entry.answer; *p != '\0'; p++)
            buf_putc(&out, *p == '\n' ? '/' : *p);
        for (size_t o = 0; o < e->entry.option_count; o++)
            buf_printf(&out, " [%s>%s]", e->entry.options[o].title, e->entry.options[o].target);
        buf_putc(&out, '\n');
    }
    const char *copy = arena_strndup(f->arena, out.data, out.size);
    buf_free(&out);
    return copy;
}

static inline void open_list(struct fixture *f, struct import_list *list, const char *lang)
{
    assert_int_equal(import_list_open(list, f->arena, "source", lang, true, f->problems), 0);
}

#endif
