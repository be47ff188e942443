/* Tags, frames and policies as text: see embed_tag.h. */
#include "cli/embed_tag.h"

#include <string.h>

/* What a frame of the assistant may do: its scripts, its own storage and origin (it is never the page's), links in new
 * windows, saving the conversation. Not: navigate the page. */
static const char sandbox[] = "allow-scripts allow-same-origin allow-forms allow-popups "
                              "allow-popups-to-escape-sandbox allow-downloads";
static const char allow[] = "microphone; autoplay; clipboard-write";

static void add_escaped(struct buf *out, const char *text)
{
    for (; *text != '\0'; text++) {
        const char *entity = *text == '&' ? "&amp;" : *text == '"' ? "&quot;" : *text == '<' ? "&lt;" : NULL;
        if (entity != NULL)
            buf_puts(out, entity);
        else
            buf_putc(out, *text);
    }
}

static void add_attribute(struct buf *out, const char *name, const char *value)
{
    buf_printf(out, " %s=\"", name);
    add_escaped(out, value);
    buf_putc(out, '"');
}

static void add_in_address(struct buf *out, const char *text)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    for (; *text != '\0'; text++) {
        if (strchr(plain, *text) != NULL)
            buf_putc(out, *text);
        else
            buf_printf(out, "%%%02X", (unsigned)(unsigned char)*text);
    }
}

void embed_loader(const struct embed *e, struct buf *out)
{
    if (e->hash != NULL)
        buf_printf(out, "%s/w/%s/sportello.js", e->base, e->hash);
    else
        buf_printf(out, "%s/sportello.js", e->base);
}

void embed_frame_address(const struct embed *e, struct buf *out)
{
    char before = '?';
    buf_printf(out, "%s/frame", e->base);
    for (size_t i = 0; i < e->count; i++) {
        if (e->attributes[i].value == NULL)
            continue;
        buf_printf(out, "%c%s=", before, e->attributes[i].name);
        add_in_address(out, e->attributes[i].value);
        before = '&';
    }
}

/* An address may have characters that HTML reads otherwise. */
static void add_address(struct buf *out, const char *name, const struct embed *e,
                        void (*address)(const struct embed *, struct buf *))
{
    struct buf text;
    buf_init(&text, out->ceiling);
    address(e, &text);
    add_attribute(out, name, text.data);
    buf_free(&text);
}

void embed_tag(const struct embed *e, struct buf *out)
{
    buf_puts(out, "<script type=\"module\"");
    add_address(out, "src", e, embed_loader);
    if (e->hash != NULL) {
        add_attribute(out, "integrity", e->integrity);
        add_attribute(out, "crossorigin", "anonymous");
    }
    buf_puts(out, "></script>\n<sportello-chat");
    for (size_t i = 0; i < e->count; i++)
        if (e->attributes[i].value != NULL)
            add_attribute(out, e->attributes[i].name, e->attributes[i].value);
    buf_puts(out, "></sportello-chat>\n");
}

void embed_frame(const struct embed *e, struct buf *out)
{
    buf_puts(out, "<iframe");
    add_address(out, "src", e, embed_frame_address);
    buf_puts(out, "\n    ");
    add_attribute(out, "title", e->title);
    buf_puts(out, " width=\"400\" height=\"600\" loading=\"lazy\" referrerpolicy=\"origin\"\n    ");
    add_attribute(out, "allow", allow);
    buf_puts(out, "\n    ");
    add_attribute(out, "sandbox", sandbox);
    buf_puts(out, "></iframe>\n");
}

/* --- policies ------------------------------------------------------------------------------------------- */

/* "https://help.example.com" of "https://help.example.com/chat". */
static size_t origin_length(const char *base)
{
    const char *host = strstr(base, "://");
    return host != NULL ? (size_t)(host + 3 - base) + strcspn(host + 3, "/") : strlen(base);
}

static void put_origin(const struct embed *e, struct buf *out)
{
    buf_add(out, e->base, origin_length(e->base));
}

static void put_scripts(const struct embed *e, struct buf *out)
{
    if (e->hash == NULL)
        buf_printf(out, "%s/sportello.js ", e->base);
    buf_printf(out, "%s/w/", e->base);
}

/* Not every browser counts wss: as https:. */
static void put_connections(const struct embed *e, struct buf *out)
{
    bool plain = strncmp(e->base, "http:", 5) == 0;
    put_origin(e, out);
    buf_puts(out, plain ? " ws" : " wss");
    const char *host = strstr(e->base, "://");
    buf_add(out, host, origin_length(e->base) - (size_t)(host - e->base));
}

static void put_frame(const struct embed *e, struct buf *out)
{
    buf_printf(out, "%s/frame", e->base);
}

const struct embed_directive embed_tag_policy[] = {{"script-src", put_scripts},
                                                   {"connect-src", put_connections},
                                                   {"img-src", put_origin},
                                                   {"media-src", put_origin},
                                                   {NULL, NULL}};
const struct embed_directive embed_frame_policy[] = {{"frame-src", put_frame}, {NULL, NULL}};
