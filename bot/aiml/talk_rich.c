/* Links, images, lists and buttons of an answer: see talk.h. The blocks are built in talk_blocks.c. */
#include "aiml/talk.h"

#include "content/link.h"

#include <string.h>

static bool is_live(const char *url)
{
    enum option_kind kind;
    const char *target;
    enum link_kind is = link_kind(url, &kind, &target);
    return is == LINK_WEB || is == LINK_CONTACT;
}

static bool is_shown(const char *url)
{
    return strncmp(url, "https://", 8) == 0 || strncmp(url, "http://", 7) == 0;
}

void talk_break(struct talk *t, struct scene *s, const struct image_op *op)
{
    (void)s, (void)op;
    talk_mark(t, RICH_BREAK, NULL, NULL);
}

/* Content within a paragraph of its own; without content only the end of the one before. */
void talk_paragraph(struct talk *t, struct scene *s, const struct image_op *op)
{
    talk_mark(t, RICH_PARAGRAPH, NULL, NULL);
    if (op->child == 0)
        return;
    talk_inner(t, s, op);
    talk_mark(t, RICH_PARAGRAPH, NULL, NULL);
}

void talk_strong(struct talk *t, struct scene *s, const struct image_op *op)
{
    talk_mark(t, RICH_STRONG, NULL, NULL);
    talk_inner(t, s, op);
    talk_mark(t, RICH_STRONG_END, NULL, NULL);
}

void talk_emphasis(struct talk *t, struct scene *s, const struct image_op *op)
{
    talk_mark(t, RICH_EMPHASIS, NULL, NULL);
    talk_inner(t, s, op);
    talk_mark(t, RICH_EMPHASIS_END, NULL, NULL);
}

static void add_option(struct talk *t, struct aiml_option option)
{
    if (t->option_count < AIML_OPTIONS && t->fault == AIML_FAULT_NONE)
        t->options[t->option_count++] = option;
}

/* A button that leads to a page or says something; a dead link becomes what the visitor says. */
void talk_button(struct talk *t, struct scene *s, const struct image_op *op)
{
    const char *title = talk_param(t, s, op, PARAM_TEXT), *url = talk_param(t, s, op, PARAM_URL);
    const char *send = talk_param(t, s, op, PARAM_POSTBACK), *content = talk_content(t, s, op);
    if (title == NULL || *title == '\0')
        title = *content != '\0' ? content : send != NULL ? send : url != NULL ? url : "";
    if (url != NULL && is_live(url))
        add_option(t, (struct aiml_option){.title = title, .url = url});
    else if (*title != '\0')
        add_option(t, (struct aiml_option){.title = title, .send = send != NULL && *send != '\0' ? send : title});
}

void talk_reply(struct talk *t, struct scene *s, const struct image_op *op)
{
    talk_button(t, s, op);
}

void talk_link(struct talk *t, struct scene *s, const struct image_op *op)
{
    const char *url = talk_param(t, s, op, PARAM_URL), *text = talk_param(t, s, op, PARAM_TEXT);
    if (url == NULL)
        url = talk_param(t, s, op, PARAM_HREF);
    if (text == NULL)
        text = talk_content(t, s, op);
    if (url != NULL && is_live(url))
        talk_mark(t, RICH_LINK, *text != '\0' ? text : url, url);
    else
        talk_puts(t, text);
}

static void say_image(struct talk *t, const char *url, const char *alternative)
{
    if (url != NULL && is_shown(url))
        talk_mark(t, RICH_IMAGE, alternative != NULL ? alternative : "", url);
    else if (alternative != NULL)
        talk_puts(t, alternative);
}

/* <image>URL</image> of AIML, <img src alt> of HTML. */
void talk_image(struct talk *t, struct scene *s, const struct image_op *op)
{
    const char *url = talk_param(t, s, op, PARAM_URL), *text = talk_param(t, s, op, PARAM_TEXT);
    say_image(t, url != NULL ? url : talk_content(t, s, op), text);
}

/* A page's player is not ours: a video is a link to it. */
void talk_video(struct talk *t, struct scene *s, const struct image_op *op)
{
    const char *url = talk_content(t, s, op);
    if (is_shown(url))
        talk_mark(t, RICH_LINK, url, url);
}

void talk_card(struct talk *t, struct scene *s, const struct image_op *op)
{
    const char *title = talk_param(t, s, op, PARAM_TITLE), *subtitle = talk_param(t, s, op, PARAM_SUBTITLE);
    talk_mark(t, RICH_PARAGRAPH, NULL, NULL);
    say_image(t, talk_param(t, s, op, PARAM_IMAGE), title);
    talk_mark(t, RICH_PARAGRAPH, NULL, NULL);
    if (title != NULL) {
        talk_mark(t, RICH_STRONG, NULL, NULL);
        talk_puts(t, title);
        talk_mark(t, RICH_STRONG_END, NULL, NULL);
    }
    talk_mark(t, RICH_PARAGRAPH, NULL, NULL);
    if (subtitle != NULL)
        talk_puts(t, subtitle);
    talk_inner(t, s, op);
    talk_mark(t, RICH_PARAGRAPH, NULL, NULL);
}

void talk_list(struct talk *t, struct scene *s, const struct image_op *op)
{
    talk_mark(t, RICH_LIST, NULL, NULL);
    talk_inner(t, s, op);
    talk_mark(t, RICH_LIST_END, NULL, NULL);
}

void talk_olist(struct talk *t, struct scene *s, const struct image_op *op)
{
    talk_mark(t, RICH_OLIST, NULL, NULL);
    talk_inner(t, s, op);
    talk_mark(t, RICH_LIST_END, NULL, NULL);
}

void talk_item(struct talk *t, struct scene *s, const struct image_op *op)
{
    talk_mark(t, RICH_ITEM, NULL, NULL);
    talk_inner(t, s, op);
    talk_mark(t, RICH_ITEM_END, NULL, NULL);
}
