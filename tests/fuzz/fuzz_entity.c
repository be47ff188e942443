/* What visitors write, read as every type in every language: places lie in the text at the bounds of characters,
 * values are of their type, masks change nothing else. The first byte chooses the language and the day. */
#include "base/utf8.h"
#include "entity/answer.h"
#include "entity/entity.h"
#include "text/mask.h"

#include <stdlib.h>
#include <string.h>

enum { TURN_BYTES = 16 << 20, TEXT_MOST = 5000, LANGS = 3, FOUND_MOST = 16 };

static const char *const langs[LANGS] = {"it", "en", "xx"};
static const char *const red[] = {"scarlatto", "red one", "rossa"};
static const struct entity_choice choices[] = {{"rosso", red, 3}, {"blu", NULL, 0}, {"verde scuro", NULL, 0}};
static struct entity *entities[LANGS][ENTITY_TYPES][3];

static void must(int holds)
{
    if (!holds)
        abort();
}

static void make_entities(void)
{
    char why[ENTITY_WHY_BYTES];
    for (int l = 0; l < LANGS; l++)
        for (int t = 0; t < ENTITY_TYPES; t++)
            for (int way = 0; way < 3; way++) {
                struct entity_spec spec = {
                    .type = (enum entity_type)t, .match = "[A-Z]{2}-?[0-9]{4}", .choices = choices, .choice_count = 3};
                spec.future = way == 1;
                spec.past = way == 2;
                entities[l][t][way] = entity_new(&spec, langs[l], why);
                must(entities[l][t][way] != NULL);
            }
}

static void check_place(const char *text, const struct entity_found *f)
{
    size_t size = strlen(text);
    must(f->at <= size && f->size <= size - f->at);
    must(((unsigned char)text[f->at] & 0xc0) != 0x80 || utf8_length(text + f->at, size - f->at) == 0);
    must(f->certainty >= 0 && f->certainty <= 1);
}

/* A value can be said, and where it is a day or a number read again as itself. */
static void check_value(const struct entity *e, const struct entity_found *f, const char *lang, struct arena *arena)
{
    enum entity_type type = entity_type_of(e);
    must(f->value != NULL && entity_say(type, f->value, lang, arena) != NULL);
    size_t length;
    for (const char *at = f->value; *at != '\0'; at += length)
        must((length = utf8_length(at, strlen(at))) > 0);
    if (type == ENTITY_DATE)
        must(strlen(f->value) == 10);
    if (type == ENTITY_MOMENT)
        must(strlen(f->value) == 16);
    if (type == ENTITY_TIME)
        must(strlen(f->value) == 5 && f->value[0] <= '2' && f->value[3] <= '5');
    if (type == ENTITY_PHONE)
        must(strlen(f->value) <= 16 && f->value[0] == '+');
}

static void check_type(const struct entity *e, const char *text, const struct entity_now *now, const char *lang,
                       struct arena *arena)
{
    struct entity_found all[FOUND_MOST], one;
    const char *why;
    arena_reset(arena);
    size_t count = entity_find(e, text, now, arena, all, FOUND_MOST), end = 0;
    must(count <= FOUND_MOST);
    for (size_t i = 0; i < count; i++) {
        must(all[i].at >= end && all[i].size > 0);
        end = all[i].at + all[i].size;
        check_place(text, &all[i]);
        check_value(e, &all[i], lang, arena);
    }
    enum entity_outcome outcome = entity_read(e, text, now, arena, &one, &why);
    must((outcome == ENTITY_REFUSED) == (why != NULL));
    if (outcome != ENTITY_NONE)
        check_place(text, &one);
    if (outcome == ENTITY_FOUND)
        check_value(e, &one, lang, arena);
}

static void check_mask(const char *text)
{
    struct buf once, twice;
    const struct mask_span all = {0, strlen(text)};
    buf_init(&once, 4 * TEXT_MOST);
    buf_init(&twice, 4 * TEXT_MOST);
    must(mask_secrets(text, &all, 1, &twice) == 0 && strcmp(twice.data, text) == 0);
    must(mask_secrets(text, NULL, 0, &once) == 0);
    buf_free(&once);
    buf_free(&twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena *arena;
    if (arena == NULL) {
        arena = arena_new(TURN_BYTES);
        make_entities();
    }
    if (size == 0)
        return 0;
    int lang = data[0] % LANGS, way = data[0] / LANGS % 3, day = data[0] / 9;
    struct entity_now now = {2026 + day % 3, 1 + day % 12, 1 + day % 28, day % 24, 0};
    size = size - 1 < TEXT_MOST ? size - 1 : TEXT_MOST;
    char *text = malloc(size + 1);
    memcpy(text, data + 1, size);
    text[size] = '\0';
    for (int t = 0; t < ENTITY_TYPES; t++)
        check_type(entities[lang][t][way], text, &now, langs[lang], arena);
    struct answer a = answer_signal(langs[lang], text);
    must(a.rest <= strlen(text) && (unsigned)a.kind < ANSWER_KINDS);
    check_mask(text);
    free(text);
    return 0;
}
