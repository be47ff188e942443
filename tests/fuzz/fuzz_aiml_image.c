/* An image of AIML that somebody changed: refused, or asked without harm. A short input is a list of changes to a good
 * image, one of more than 4 kB an image of its own. */
#include "aiml/aiml.h"

#include <stdlib.h>
#include <string.h>

static const char categories[] =
    "<aiml><category><pattern>A <set>s</set> ^</pattern><that>* NO</that><template><map "
    "name='m'><star/></map><srai>X</srai>"
    "<condition name='a'><li "
    "value='1'>b<loop/></li><li><list><item>c</item></list></li></condition></template></category>"
    "<category><pattern># _ $X</pattern><template><random><li>1</li><li><person/></li></random></template></category>"
    "<topic name='T *'><category><pattern>*</pattern><template>no<set name='topic'>t "
    "u</set></template></category></topic></aiml>";

static struct buf good;

static void make_good(void)
{
    struct source sources[] = {{"aiml/a.aiml", categories, sizeof categories - 1},
                               {"aiml/maps/m.txt", "red:rosso\n", 10},
                               {"aiml/person.txt", "\" i \",\" you \"\n", 14},
                               {"aiml/sets/s.txt", "red\nred wine\n", 13}};
    struct problems *problems = problems_new();
    buf_init(&good, (size_t)1 << 20);
    if (aiml_compile(sources, 4, problems, &good, NULL) < 0)
        abort();
    problems_free(problems);
}

static void ask(const struct aiml *a)
{
    struct arena *arena = arena_new((size_t)64 << 20);
    struct aiml_exchange past = {"q", "b no"};
    struct aiml_pair topic = {"topic", "t u"};
    struct aiml_memory memory = {&topic, 1, &past, 1};
    struct aiml_heard heard = {.text = "a red wine. x. i y x", .lang = "en", .now = {2026, 11, 22, 1, 2, 3}};
    struct aiml_reply reply;
    for (size_t i = 0; i < aiml_categories(a) && i < 100; i++)
        if (strlen(aiml_category(a, i).pattern) > (size_t)1 << 20)
            abort();
    aiml_answer(a, &heard, &memory, arena, &reply);
    arena_free(arena);
}

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t size)
{
    if (good.size == 0)
        make_good();
    size_t all = size > 4096 ? size : good.size;
    char *copy = aligned_alloc(8, (all + 7) / 8 * 8);
    if (size > 4096) {
        memcpy(copy, bytes, size);
    } else {
        memcpy(copy, good.data, good.size);
        /* Changes of six bytes each: two say where, and four bytes to put there. */
        for (size_t i = 0; i + 6 <= size; i += 6) {
            size_t at = ((size_t)bytes[i] << 8 | bytes[i + 1]) * 4 % good.size;
            memcpy(copy + at, bytes + i + 2, good.size - at < 4 ? good.size - at : 4);
        }
    }
    struct aiml *a = aiml_open(copy, all);
    if (a != NULL)
        ask(a);
    aiml_free(a);
    free(copy);
    return 0;
}
