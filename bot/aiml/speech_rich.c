/* Links, images, lists and buttons of an answer: see speech.h. The blocks are built in speech_blocks.c. */
#include "aiml/speech.h"

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

void speech_break(struct speech *t, struct scene *s, const struct image_op *op)
{
    (void)s, (void)op;
    speech_mark(t, RICH_BREAK, NULL, NULL);
}

/* Content within a paragraph of its own; without content only the end of the one before. */
void speech_paragraph(struct speech *t, struct scene *s, const struct image_op *op)
{
    speech_mark(t, RICH_PARAGRAPH, NULL, NULL);
    if (op->child == 0)
        return;
    speech_inner(t, s, op);
    speech_mark(t, RICH_PARAGRAPH, NULL, NULL);
}

void speech_strong(struct speech *t, struct scene *s, const struct image_op *op)
{
    speech_mark(t, RICH_STRONG, NULL, NULL);
    speech_inner(t, s, op);
    speech_mark(t, RICH_STRONG_END, NULL, NULL);
}

void speech_emphasis(struct speech *t, struct scene *s, const struct image_op *op)
{
    speech_mark(t, RICH_EMPHASIS, NULL, NULL);
    speech_inner(t, s, op);
    speech_mark(t, RICH_EMPHASIS_END, NULL, NULL);
}

static void add_option(struct speech *t, struct aiml_option option)
{
    if (t->option_count < AIML_OPTIONS && t->fault == AIML_FAULT_NONE)
        t->options[t->option_count++] = option;
}

/* A button that leads to a page or says something; a dead link becomes what the visitor says. */
void speech_button(struct speech *t, struct scene *s, const struct image_op *op)
{
    const char *title = speech_param(t, s, op, PARAM_TEXT), *url = speech_param(t, s, op, PARAM_URL);
    const char *send = speech_param(t, s, op, PARAM_POSTBACK), *content = speech_content(t, s, op);
    if (title == NULL || *title == '\0')
        title = *content != '\0' ? content : send != NULL ? send : url != NULL ? url : "";
    if (url != NULL && is_live(url))
        add_option(t, (struct aiml_option){.title = title, .url = url});
    else if (*title != '\0')
        add_option(t, (struct aiml_option){.title = title, .send = send != NULL && *send != '\0' ? send : title});
}

void speech_reply(struct speech *t, struct scene *s, const struct image_op *op)
{
    speech_button(t, s, op);
}

void speech_link(struct speech *t, struct scene *s, const struct image_op *op)
{
    const char *url = speech_param(t, s, op, PARAM_URL), *text = speech_param(t, s, op, PARAM_TEXT);
    if (url == NULL)
        url = speech_param(t, s, op, PARAM_HREF);
    if (text == NULL)
        text = speech_content(t, s, op);
    if (url != NULL && is_live(url))
        speech_mark(t, RICH_LINK, *text != '\0' ? text : url, url);
    else
        speech_puts(t, text);
}

static void say_image(struct speech *t, const char *url, const char *alternative)
{
    if (url != NULL && is_shown(url))
        speech_mark(t, RICH_IMAGE, alternative != NULL ? alternative : "", url);
    else if (alternative != NULL)
        speech_puts(t, alternative);
}

/* <image>URL</image> of AIML, <img src alt> of HTML. */
void speech_image(struct speech *t, struct scene *s, const struct image_op *op)
{
    const char *url = speech_param(t, s, op, PARAM_URL), *text = speech_param(t, s, op, PARAM_TEXT);
    say_image(t, url != NULL ? url : speech_content(t, s, op), text);
}

/* A page's player is not ours: a video is a link to it. */
void speech_video(struct speech *t, struct scene *s, const struct image_op *op)
{
    const char *url = speech_content(t, s, op);
    if (is_shown(url))
        speech_mark(t, RICH_LINK, url, url);
}

/* Title and image are the card's own, the rest is in it; without a title it is only what is in it. */
void speech_card(struct speech *t, struct scene *s, const struct image_op *op)
{
    const char *title = speech_param(t, s, op, PARAM_TITLE), *subtitle = speech_param(t, s, op, PARAM_SUBTITLE);
    const char *image = speech_param(t, s, op, PARAM_IMAGE);
    size_t mark = t->rich_count, first = t->option_count;
    image = image != NULL && is_shown(image) ? image : NULL;
    speech_mark(t, RICH_CARD, title != NULL ? title : "", image);
    speech_mark(t, RICH_PARAGRAPH, NULL, NULL);
    if (subtitle != NULL)
        speech_puts(t, subtitle);
    speech_inner(t, s, op);
    if (mark < SPEECH_RICH) {
        t->rich[mark].first_option = first;
        t->rich[mark].options_end = t->option_count;
    }
    speech_mark(t, RICH_CARD_END, NULL, NULL);
}

void speech_list(struct speech *t, struct scene *s, const struct image_op *op)
{
    speech_mark(t, RICH_LIST, NULL, NULL);
    speech_inner(t, s, op);
    speech_mark(t, RICH_LIST_END, NULL, NULL);
}

void speech_olist(struct speech *t, struct scene *s, const struct image_op *op)
{
    speech_mark(t, RICH_OLIST, NULL, NULL);
    speech_inner(t, s, op);
    speech_mark(t, RICH_LIST_END, NULL, NULL);
}

void speech_item(struct speech *t, struct scene *s, const struct image_op *op)
{
    speech_mark(t, RICH_ITEM, NULL, NULL);
    speech_inner(t, s, op);
    speech_mark(t, RICH_ITEM_END, NULL, NULL);
}
