/* Entries as JSON: see faq_json_write.h. */
#include "wire/faq_json_write.h"

#include "content/block_html.h"
#include "wire/json.h"

#include <string.h>

static void add_html(struct buf *out, const char *name, const struct block *answer)
{
    struct buf html;
    buf_init(&html, out->ceiling);
    block_html(answer, &html);
    json_text(out, name, html.data);
    buf_free(&html);
}

static void add_button(struct buf *out, const struct option *o)
{
    static const char *const schemes[] = {[OPTION_ENTRY] = "#",
                                          [OPTION_INTENT] = "intent:",
                                          [OPTION_AGENT] = "agent:",
                                          [OPTION_URL] = "",
                                          [OPTION_SAY] = "say:"};
    struct buf to;
    buf_init(&to, out->ceiling);
    buf_printf(&to, "%s%s", schemes[o->kind], o->target);
    json_open(out, NULL, '{');
    json_text(out, "title", o->title);
    json_text(out, "to", to.data);
    json_close(out, '}');
    buf_free(&to);
}

static void add_entry(struct buf *out, const struct export_row *row)
{
    const struct article *a = row->article;
    json_open(out, NULL, '{');
    json_text(out, "id", a->id);
    json_text(out, "lang", a->lang);
    json_text(out, "topic", a->topic);
    json_text_if(out, "review", a->review);
    json_text_if(out, "mood", a->mood);
    json_text(out, "question", a->question);
    json_open(out, "wordings", '[');
    for (size_t i = 0; i < a->wording_count; i++)
        json_text(out, NULL, a->wordings[i].text);
    json_close(out, ']');
    json_open(out, "follows", '[');
    for (size_t i = 0; i < a->follow_count; i++)
        json_text(out, NULL, a->follows[i]);
    json_close(out, ']');
    json_text(out, "answer", row->answer);
    add_html(out, "html", a->answer);
    json_open(out, "buttons", '[');
    for (size_t i = 0; i < a->option_count; i++)
        add_button(out, &a->options[i]);
    json_close(out, ']');
    json_close(out, '}');
}

void faq_json_list(const struct export_row *rows, size_t count, struct buf *out)
{
    buf_putc(out, '[');
    for (size_t i = 0; i < count; i++) {
        buf_puts(out, i > 0 ? ",\n" : "\n");
        /* The comma stands already: each entry is written as if it were the first. */
        struct buf entry;
        buf_init(&entry, out->ceiling);
        add_entry(&entry, &rows[i]);
        buf_add(out, entry.data, entry.size);
        out->failed |= entry.failed;
        buf_free(&entry);
    }
    buf_puts(out, count > 0 ? "\n]\n" : "]\n");
}

static void add_question(struct buf *out, const struct export_row *row)
{
    struct buf anchor;
    buf_init(&anchor, 1 << 10);
    buf_printf(&anchor, "#%s", row->article->id);
    json_open(out, NULL, '{');
    json_text(out, "@type", "Question");
    json_text(out, "@id", anchor.data);
    json_text(out, "name", row->article->question);
    json_open(out, "acceptedAnswer", '{');
    json_text(out, "@type", "Answer");
    add_html(out, "text", row->article->answer);
    json_close(out, '}');
    json_close(out, '}');
    buf_free(&anchor);
}

/* These stand within texts only, where an escape says the same. */
static void add_for_script(struct buf *out, const struct buf *json)
{
    for (size_t i = 0; i < json->size; i++) {
        if (strchr("<>&", json->data[i]) != NULL)
            buf_printf(out, "\\u%04x", (unsigned char)json->data[i]);
        else
            buf_putc(out, json->data[i]);
    }
    out->failed |= json->failed;
}

void faq_json_page(const struct export_row *rows, size_t count, const char *lang, struct buf *out)
{
    struct buf json;
    buf_init(&json, out->ceiling);
    json_open(&json, NULL, '{');
    json_text(&json, "@context", "https://schema.org");
    json_text(&json, "@type", "FAQPage");
    json_text_if(&json, "inLanguage", lang);
    json_open(&json, "mainEntity", '[');
    for (size_t i = 0; i < count; i++)
        add_question(&json, &rows[i]);
    json_close(&json, ']');
    json_close(&json, '}');
    add_for_script(out, &json);
    buf_putc(out, '\n');
    buf_free(&json);
}
