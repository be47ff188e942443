/* The list of what is served: see routes.h. */
#include "net/routes.h"

#include "net/download.h"
#include "net/line.h"
#include "net/login.h"
#include "net/page.h"
#include "net/portrait.h"
#include "net/sound.h"
#include "net/upload.h"
#include "net/widget.h"
#include "wire/parcel.h"

#include <string.h>

#define READ   (METHOD_GET | METHOD_HEAD)
#define HTML   "text/html; charset=utf-8"
#define CSS    "text/css; charset=utf-8"
#define SCRIPT "text/javascript; charset=utf-8"

/* Of the stable address: an upgrade reaches every page within ten minutes, and no page waits for the question. */
static const char short_while[] = "public, max-age=600, stale-while-revalidate=86400";

static const struct route routes[] = {
    {"/", READ, .serve = page_asset, .asset = "demo.html", .type = HTML, .policy = POLICY_PAGE},
    {"/demo.css", READ, .serve = page_asset, .asset = "demo.css", .type = CSS},
    {"/demo.js", READ, .serve = page_asset, .asset = "demo.js", .type = SCRIPT},
    {"/frame", READ, .serve = page_asset, .asset = "frame.html", .type = HTML, .policy = POLICY_FRAME,
     .cross_origin = true},
    {"/frame.css", READ, .serve = page_asset, .asset = "frame.css", .type = CSS},
    {"/frame.js", READ, .serve = page_asset, .asset = "frame.js", .type = SCRIPT},
    {"/avatar", READ, .serve = page_asset, .asset = "avatar.html", .type = HTML, .policy = POLICY_PAGE},
    {"/avatar.css", READ, .serve = page_asset, .asset = "avatar.css", .type = CSS},
    {"/avatar.js", READ, .serve = page_asset, .asset = "avatar.js", .type = SCRIPT},
    {"/sportello.js", READ, .serve = page_asset, .asset = "sportello.js", .type = SCRIPT, .cross_origin = true,
     .cache = short_while},
    {"/chat/poll", METHOD_POST, .serve = line_poll, .body_bytes = PARCEL_BODY_BYTES, .body_seconds = LINE_BODY_SECONDS},
    {"/w/", READ, .serve = widget_serve, .below = widget_is},
    {"/voice/", READ, .serve = sound_serve, .below = sound_is},
    {"/chat/files", METHOD_POST | METHOD_OPTIONS, .serve = upload_visitor, .takes_files = true},
    {"/files/", READ, .serve = download_serve, .below = download_is},
    {"/agents/", READ, .serve = portrait_serve, .below = portrait_is},
    {"/favicon.ico", READ, .serve = page_nothing},
    {"/healthz", READ, .serve = page_health},
    {"/metrics", READ, .serve = page_metrics},
    {"/desk", READ, .serve = page_asset, .asset = "desk.html", .type = HTML, .policy = POLICY_DESK},
    {"/desk/", READ, .serve = page_redirect, .redirect = "../desk"},
    {"/desk.css", READ, .serve = page_asset, .asset = "desk.css", .type = CSS},
    {"/desk.js", READ, .serve = page_asset, .asset = "desk.js", .type = SCRIPT},
    {"/desk/push-worker.js", READ, .serve = page_asset, .asset = "push-worker.js", .type = SCRIPT},
    {"/desk/login", METHOD_POST, .serve = login_in},
    {"/desk/logout", METHOD_POST, .serve = login_out},
    {"/desk/session", READ, .serve = login_session},
};

static bool leads_to(const char *path, const struct route *route)
{
    size_t size = strlen(route->path);
    if (route->below == NULL)
        return strcmp(route->path, path) == 0;
    return strncmp(route->path, path, size) == 0 && strlen(path + size) < HTTP_REST_BYTES && route->below(path + size);
}

const struct route *routes_find(const char *path)
{
    for (size_t i = 0; i < sizeof routes / sizeof *routes; i++) {
        if (leads_to(path, &routes[i]))
            return &routes[i];
    }
    return NULL;
}
