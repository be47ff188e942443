/* Files of AIML from anywhere: the first byte says what kind of file the rest is. What could be read is opened and
 * asked, with a memory made of the same bytes. */
#include "aiml/aiml.h"

#include <stdlib.h>
#include <string.h>

static const char categories[] =
    "<aiml><category><pattern>A <set>s</set> ^</pattern><template><map name='m'><star/></map><person><star "
    "index='2'/></person>"
    "</template></category><category><pattern>*</pattern><template>no</template></category></aiml>";

static void ask(const struct aiml *a, const char *text, const struct aiml_memory *first)
{
    struct arena *arena = arena_new((size_t)64 << 20);
    struct aiml_memory memory = *first;
    const char *questions[] = {"a red wine. hello", text, "it and that"};
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++) {
        struct aiml_heard heard = {.text = questions[i], .lang = "it", .now = {2026, 2, 28, 23, 59, 59}, .chance = i};
        struct aiml_reply reply;
        if (aiml_answer(a, &heard, &memory, arena, &reply) == 0) {
            struct buf out;
            buf_init(&out, (size_t)1 << 20);
            aiml_memory_write(&reply.memory, &out);
            if (out.size > AIML_MEMORY_BYTES || strlen(reply.text) > AIML_OUTPUT_BYTES)
                abort();
            block_to_text(reply.blocks, &out);
            buf_free(&out);
            memory = reply.memory;
        }
    }
    arena_free(arena);
}

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t size)
{
    static const char *const paths[] = {"aiml/x.aiml",     "aiml/sets/s.txt",     "aiml/maps/m.txt",
                                        "aiml/normal.txt", "aiml/properties.txt", "aiml/person.substitution"};
    if (size == 0)
        return 0;
    char *text = malloc(size);
    memcpy(text, bytes + 1, size - 1);
    text[size - 1] = '\0';
    struct source sources[] = {{"aiml/a.aiml", categories, sizeof categories - 1},
                               {paths[bytes[0] % (sizeof paths / sizeof *paths)], text, size - 1}};
    struct problems *problems = problems_new();
    struct arena *arena = arena_new((size_t)8 << 20);
    struct aiml_memory memory = {0};
    struct buf image;
    buf_init(&image, (size_t)64 << 20);
    if (aiml_compile(sources, 2, problems, &image, NULL) == 0) {
        struct aiml *a = aiml_open(image.data, image.size);
        if (a == NULL)
            abort();
        if (aiml_memory_read(text, size - 1, arena, &memory) == 0)
            ask(a, text, &memory);
        aiml_free(a);
    }
    buf_free(&image);
    arena_free(arena);
    problems_free(problems);
    free(text);
    return 0;
}
