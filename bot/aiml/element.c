/* The elements of templates: one table. */
#include "aiml/element.h"

#include "aiml/aiml.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define P      PARAM_BIT
#define NAMED  (P(PARAM_NAME) | P(PARAM_VAR))
#define DATED  (P(PARAM_FORMAT) | P(PARAM_JFORMAT) | P(PARAM_LOCALE))
#define TITLED (P(PARAM_TITLE) | P(PARAM_SUBTITLE) | P(PARAM_IMAGE))

static const char outside[] = "refused: it runs or asks something outside; its place in the answer stays empty "
                              "(a webhook of an intent does such things)";
static const char learns[] = "refused: a bot that visitors teach says what they like; its place in the answer stays "
                             "empty (write the category into a file)";
static const char triples[] = "not read: facts in triples belong to another interpreter; its place in the answer "
                              "stays empty (a map does the like)";
static const char foreign[] = "not read: it belongs to another interpreter; its place in the answer stays empty";
static const char for_page[] = "left out: it is meant for a program around the bot, and here there is none";

/* Sorted by name. */
static const struct element elements[] = {
    {"a", TAG_LINK, P(PARAM_HREF), AIML_USE_MARKUP, NULL},
    {"addtriple", TAG_REFUSED, 0, AIML_USE_EXTENSION, triples},
    {"authorise", TAG_REFUSED, 0, AIML_USE_EXTENSION, foreign},
    {"b", TAG_STRONG, 0, AIML_USE_MARKUP, NULL},
    {"bot", TAG_BOT, P(PARAM_NAME), 0, NULL},
    {"br", TAG_BREAK, 0, AIML_USE_MARKUP, NULL},
    {"button", TAG_BUTTON, P(PARAM_TEXT) | P(PARAM_URL) | P(PARAM_POSTBACK), 0, NULL},
    {"card", TAG_CARD, TITLED, 0, NULL},
    {"carousel", TAG_GROUP, 0, 0, NULL},
    {"center", TAG_GROUP, 0, AIML_USE_MARKUP, NULL},
    {"code", TAG_GROUP, 0, AIML_USE_MARKUP, NULL},
    {"condition", TAG_CONDITION, NAMED | P(PARAM_VALUE), 0, NULL},
    {"date", TAG_DATE, DATED, 0, NULL},
    {"delay", TAG_REFUSED, 0, 0, "left out: an answer is shown at once"},
    {"deletetriple", TAG_REFUSED, 0, AIML_USE_EXTENSION, triples},
    {"denormalize", TAG_DENORMALIZE, 0, 0, NULL},
    {"div", TAG_PARAGRAPH, 0, AIML_USE_MARKUP, NULL},
    {"em", TAG_EMPHASIS, 0, AIML_USE_MARKUP, NULL},
    {"eval", TAG_GROUP, 0, 0, NULL},
    {"explode", TAG_EXPLODE, 0, 0, NULL},
    {"extension", TAG_REFUSED, 0, AIML_USE_EXTENSION, foreign},
    {"first", TAG_FIRST, 0, 0, NULL},
    {"font", TAG_GROUP, 0, AIML_USE_MARKUP, NULL},
    {"formal", TAG_FORMAL, 0, 0, NULL},
    {"gender", TAG_GENDER, 0, 0, NULL},
    {"get", TAG_GET, NAMED, 0, NULL},
    {"gossip", TAG_THINK, 0, 0, NULL},
    {"i", TAG_EMPHASIS, 0, AIML_USE_MARKUP, NULL},
    {"id", TAG_ID, 0, AIML_USE_INTERPRETER, NULL},
    {"image", TAG_IMAGE, 0, 0, NULL},
    {"img", TAG_IMAGE, P(PARAM_URL) | P(PARAM_TEXT), AIML_USE_MARKUP, NULL},
    {"implode", TAG_IMPLODE, 0, 0, NULL},
    {"input", TAG_INPUT, P(PARAM_INDEX), 0, NULL},
    {"interval", TAG_INTERVAL, DATED | P(PARAM_STYLE) | P(PARAM_FROM) | P(PARAM_TO), 0, NULL},
    {"item", TAG_ITEM, 0, 0, NULL},
    {"javascript", TAG_REFUSED, 0, AIML_USE_OUTSIDE, outside},
    {"learn", TAG_REFUSED, 0, AIML_USE_LEARN, learns},
    {"learnf", TAG_REFUSED, 0, AIML_USE_LEARN, learns},
    {"li", TAG_LI, NAMED | P(PARAM_VALUE), 0, NULL},
    {"link", TAG_LINK, P(PARAM_TEXT) | P(PARAM_URL), 0, NULL},
    {"list", TAG_LIST, 0, 0, NULL},
    {"location", TAG_REFUSED, 0, 0, "left out: a visitor's place is not asked for"},
    {"log", TAG_REFUSED, 0, AIML_USE_EXTENSION, foreign},
    {"loop", TAG_LOOP, 0, 0, NULL},
    {"lowercase", TAG_LOWERCASE, 0, 0, NULL},
    {"map", TAG_MAP, P(PARAM_NAME), 0, NULL},
    {"normalize", TAG_NORMALIZE, 0, 0, NULL},
    {"ol", TAG_OLIST, 0, AIML_USE_MARKUP, NULL},
    {"olist", TAG_OLIST, 0, 0, NULL},
    {"oob", TAG_REFUSED, 0, AIML_USE_OUT_OF_BAND, for_page},
    {"p", TAG_PARAGRAPH, 0, AIML_USE_MARKUP, NULL},
    {"person", TAG_PERSON, 0, 0, NULL},
    {"person2", TAG_PERSON2, 0, 0, NULL},
    {"program", TAG_PROGRAM, 0, AIML_USE_INTERPRETER, NULL},
    {"random", TAG_RANDOM, 0, 0, NULL},
    {"reply", TAG_REPLY, P(PARAM_TEXT) | P(PARAM_POSTBACK), 0, NULL},
    {"request", TAG_REQUEST, P(PARAM_INDEX), 0, NULL},
    {"resetlearn", TAG_REFUSED, 0, AIML_USE_EXTENSION, foreign},
    {"resetlearnf", TAG_REFUSED, 0, AIML_USE_EXTENSION, foreign},
    {"response", TAG_RESPONSE, P(PARAM_INDEX), 0, NULL},
    {"rest", TAG_REST, 0, 0, NULL},
    {"select", TAG_REFUSED, 0, AIML_USE_EXTENSION, triples},
    {"sentence", TAG_SENTENCE, 0, 0, NULL},
    {"set", TAG_SET, NAMED, 0, NULL},
    {"size", TAG_SIZE, 0, 0, NULL},
    {"small", TAG_GROUP, 0, AIML_USE_MARKUP, NULL},
    {"span", TAG_GROUP, 0, AIML_USE_MARKUP, NULL},
    {"split", TAG_PARAGRAPH, 0, 0, NULL},
    {"sr", TAG_SR, 0, 0, NULL},
    {"srai", TAG_SRAI, 0, 0, NULL},
    {"sraix", TAG_REFUSED, 0, AIML_USE_OUTSIDE, outside},
    {"star", TAG_STAR, P(PARAM_INDEX), 0, NULL},
    {"strong", TAG_STRONG, 0, AIML_USE_MARKUP, NULL},
    {"system", TAG_REFUSED, 0, AIML_USE_OUTSIDE, outside},
    {"table", TAG_GROUP, 0, AIML_USE_MARKUP, NULL},
    {"td", TAG_GROUP, 0, AIML_USE_MARKUP, NULL},
    {"th", TAG_GROUP, 0, AIML_USE_MARKUP, NULL},
    {"that", TAG_THAT, P(PARAM_INDEX), 0, NULL},
    {"thatstar", TAG_THATSTAR, P(PARAM_INDEX), 0, NULL},
    {"think", TAG_THINK, 0, 0, NULL},
    {"topicstar", TAG_TOPICSTAR, P(PARAM_INDEX), 0, NULL},
    {"tr", TAG_PARAGRAPH, 0, AIML_USE_MARKUP, NULL},
    {"u", TAG_GROUP, 0, AIML_USE_MARKUP, NULL},
    {"ul", TAG_LIST, 0, AIML_USE_MARKUP, NULL},
    {"uniq", TAG_REFUSED, 0, AIML_USE_EXTENSION, triples},
    {"uppercase", TAG_UPPERCASE, 0, 0, NULL},
    {"video", TAG_VIDEO, 0, 0, NULL},
    {"vocabulary", TAG_VOCABULARY, 0, 0, NULL},
};

static int by_name(const void *key, const void *row)
{
    return strcasecmp(key, ((const struct element *)row)->name);
}

const struct element *element_find(const char *name)
{
    return bsearch(name, elements, sizeof elements / sizeof *elements, sizeof *elements, by_name);
}

static const struct {
    const char *name;
    enum element_param param;
} params[] = {
    {"alt", PARAM_TEXT},      {"cformat", PARAM_FORMAT}, {"format", PARAM_FORMAT},     {"from", PARAM_FROM},
    {"href", PARAM_HREF},     {"image", PARAM_IMAGE},    {"index", PARAM_INDEX},       {"jformat", PARAM_JFORMAT},
    {"locale", PARAM_LOCALE}, {"name", PARAM_NAME},      {"postback", PARAM_POSTBACK}, {"property", PARAM_NAME},
    {"src", PARAM_URL},       {"style", PARAM_STYLE},    {"subtitle", PARAM_SUBTITLE}, {"text", PARAM_TEXT},
    {"title", PARAM_TITLE},   {"to", PARAM_TO},          {"url", PARAM_URL},           {"value", PARAM_VALUE},
    {"var", PARAM_VAR},
};

enum element_param element_param(const char *name)
{
    for (size_t i = 0; i < sizeof params / sizeof *params; i++)
        if (strcasecmp(name, params[i].name) == 0)
            return params[i].param;
    return PARAMS;
}
