/* Element: what may stand in a template, one row each. Private to bot/aiml. */
#ifndef AIML_ELEMENT_H
#define AIML_ELEMENT_H

#include <stddef.h>
#include <stdint.h>

enum element_tag {
    TAG_NONE,
    TAG_TEXT,  /* text of the template */
    TAG_GROUP, /* says its content */
    TAG_PARAM, /* an attribute, or a child that stands for one */
    TAG_REFUSED,
    TAG_BOT,
    TAG_CONDITION,
    TAG_DATE,
    TAG_DENORMALIZE,
    TAG_EXPLODE,
    TAG_FIRST,
    TAG_FORMAL,
    TAG_GENDER,
    TAG_GET,
    TAG_ID,
    TAG_IMPLODE,
    TAG_INPUT,
    TAG_INTERVAL,
    TAG_LI,
    TAG_LOOP,
    TAG_LOWERCASE,
    TAG_MAP,
    TAG_NORMALIZE,
    TAG_PERSON,
    TAG_PERSON2,
    TAG_PROGRAM,
    TAG_RANDOM,
    TAG_REQUEST,
    TAG_RESPONSE,
    TAG_REST,
    TAG_SENTENCE,
    TAG_SET,
    TAG_SIZE,
    TAG_SR,
    TAG_SRAI,
    TAG_STAR,
    TAG_THAT,
    TAG_THATSTAR,
    TAG_THINK,
    TAG_TOPICSTAR,
    TAG_UPPERCASE,
    TAG_VOCABULARY,
    /* shown as blocks */
    TAG_BREAK,
    TAG_BUTTON,
    TAG_CARD,
    TAG_IMAGE,
    TAG_ITEM,
    TAG_LINK,
    TAG_LIST,
    TAG_OLIST,
    TAG_PARAGRAPH,
    TAG_REPLY,
    TAG_STRONG,
    TAG_EMPHASIS,
    TAG_VIDEO,
    TAGS
};

enum element_param {
    PARAM_FORMAT,
    PARAM_FROM,
    PARAM_HREF,
    PARAM_IMAGE,
    PARAM_INDEX,
    PARAM_JFORMAT,
    PARAM_LOCALE,
    PARAM_NAME,
    PARAM_POSTBACK,
    PARAM_STYLE,
    PARAM_SUBTITLE,
    PARAM_TEXT,
    PARAM_TITLE,
    PARAM_TO,
    PARAM_URL,
    PARAM_VALUE,
    PARAM_VAR,
    PARAMS
};
#define PARAM_BIT(p) (1u << (p))

struct element {
    const char *name;
    enum element_tag tag;
    uint32_t params;     /* which attributes, or children in their stead, mean something */
    unsigned uses;       /* enum aiml_use of a category that has it */
    const char *refused; /* why it is refused or left out, and what to do: a warning; NULL = it is not */
};

/* The row of an element's name, whatever its case, or NULL. */
const struct element *element_find(const char *name);
/* Which attribute this name is, or PARAMS. */
enum element_param element_param(const char *name);

#endif
