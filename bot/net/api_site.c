/* What answers say of the site: see api_site.h. */
#include "net/api_site.h"

#include "wire/json.h"

#include <string.h>

const char *api_site_lang(const struct api_call *call)
{
    const char *lang = api_param(call, "lang");
    return lang != NULL ? lang : "";
}

void api_site_department(const struct api_call *call, const char *id, struct buf *json)
{
    const struct settings *settings = call->server->settings;
    const struct department *d = *id != '\0' ? settings_department(settings, id) : NULL;
    bool known = d != NULL && strcmp(d->id, id) == 0;
    json_text(json, "department", id);
    json_text(json, "department_name", known ? settings_text(settings, &d->name, api_site_lang(call)) : id);
}

void api_site_departments(const struct api_call *call, struct buf *json)
{
    const struct settings *settings = call->server->settings;
    json_open(json, "departments", '[');
    for (size_t i = 0; i < settings->department_count; i++) {
        const struct department *d = &settings->departments[i];
        const char *name = settings_text(settings, &d->name, api_site_lang(call));
        if (!api_serves(call, d->id))
            continue;
        json_open(json, NULL, '{');
        json_text(json, "id", d->id);
        json_text(json, "name", name[0] != '\0' ? name : d->id);
        json_close(json, '}');
    }
    json_close(json, ']');
}
