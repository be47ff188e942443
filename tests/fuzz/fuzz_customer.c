/* Whatever a service answers of a customer, the reader gives bounded texts and web addresses, or a reason and nothing.
 */
#include "wire/customer.h"

#include <string.h>

static void must(bool holds)
{
    if (!holds)
        __builtin_trap();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct customer c = {.name = NULL}, again;
    const char *why = NULL;
    struct buf out;
    struct arena *arena = arena_new(4 << 20);
    buf_init(&out, 1 << 20);
    if (customer_read((const char *)data, size, arena, &c, &why) < 0) {
        must(why != NULL && why[0] != '\0' && c.name == NULL);
    } else {
        must(strlen(c.name) <= CUSTOMER_NAME_BYTES && strlen(c.notes) <= CUSTOMER_NOTES_BYTES);
        must(c.line_count <= CUSTOMER_LINES_MAX && c.order_count <= CUSTOMER_ORDERS_MAX);
        for (size_t i = 0; i < c.order_count; i++)
            must(c.orders[i].url[0] == '\0' || strncmp(c.orders[i].url, "http", 4) == 0);
        /* What is written is read as the same. */
        must(customer_write(&c, &out) == 0);
        must(customer_read(out.data, out.size, arena, &again, &why) == 0);
        must(strcmp(c.name, again.name) == 0 && c.order_count == again.order_count);
    }
    buf_free(&out);
    arena_free(arena);
    return 0;
}
