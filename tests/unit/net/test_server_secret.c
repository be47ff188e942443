/* A secret comes from the environment or from DATA/secrets, never from elsewhere. */
#include "net/server.h"

#include "base/file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

static void from_environment_or_file(void **state)
{
    (void)state;
    char data[] = "/tmp/sportello-test-XXXXXX", path[128];
    assert_non_null(mkdtemp(data));
    snprintf(path, sizeof path, "%s/secrets", data);
    assert_int_equal(file_make_folders(path, 0700), 0);
    snprintf(path, sizeof path, "%s/secrets/metrics-key", data);
    assert_int_equal(file_write_atomic(path, "from a file\n", 12, 0600), 0);
    struct arena *arena = arena_new(65536);
    assert_string_equal(server_secret(data, "metrics-key", arena), "from a file");
    setenv("SPORTELLO_SECRET_METRICS_KEY", "from outside", 1);
    assert_string_equal(server_secret(data, "metrics-key", arena), "from outside");
    unsetenv("SPORTELLO_SECRET_METRICS_KEY");
    assert_null(server_secret(data, "missing", arena));
    assert_null(server_secret(data, "../secrets/metrics-key", arena));
    assert_null(server_secret(data, "", arena));
    arena_free(arena);
    unlink(path);
    snprintf(path, sizeof path, "%s/secrets", data);
    rmdir(path);
    rmdir(data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(from_environment_or_file)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
