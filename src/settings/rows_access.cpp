// SPDX-License-Identifier: Apache-2.0
#include "settings/row_definition.hpp"
#include "settings/rows.hpp"

namespace sekisho::settings
{
namespace
{

// clang-format off
constexpr row rows[] = {
    define<&model::access, &access_settings::public_paths>({.path = "access.public_paths", .meaning = "Paths anyone reaches without signing in. `/healthz` is exactly that path, `/static/*` is everything below `/static/`. Identity headers are removed there too.", .example = "/healthz, /static/*"}),
    define<&model::access, &access_settings::step_up>({.path = "access.step_up", .meaning = "Paths that demand more of the sign-in, each written `/admin/* acr=urn:mfa,urn:key max_age=5m lifetime=1h`: one of these authentication context classes, proven no longer ago than that, in a session that began no longer ago than that. `scope=reports.read,reports.write`: all of these were granted. Whoever has less is sent to the provider once. `parameter=name:value`, as often as needed: a further parameter of the request for a sign-in that begins there, demanding nothing. In scopes and parameters `%20` is a space, `%3B` a `;`, `%2C` a comma and `%25` a `%`. The first rule that matches counts; several in one text stand apart by `;`.", .example = "/admin/* acr=urn:mfa max_age=5m"}),

    define<&model::admin, &admin_settings::listen>({.path = "admin.listen", .meaning = "Address and port of `/healthz`, `/readyz` and `/metrics`. `off`: no such listener."}),
    define<&model::admin, &admin_settings::users>({.path = "admin.users", .meaning = "User names, user ids or verified e-mail addresses of those who may open `server.test_path`. In one text they stand apart by commas alone. With `admin.groups` empty too: nobody.", .example = "taro@example.com", .separated_by = separation::comma}),
    define<&model::admin, &admin_settings::groups>({.path = "admin.groups", .meaning = "Groups whose members may open `server.test_path`. In one text they stand apart by commas alone.", .example = "administrators", .separated_by = separation::comma}),

    define<&model::admin, &admin_settings::token>({.path = "admin.token", .meaning = "The bearer token for listing and ending sessions on `admin.listen`, which `sekisho session` sends; at least 32 bytes. Not set: nobody can."}),

    define<&model::local, &local_settings::restore>({.path = "local.restore", .meaning = "Break-glass: sign-in at the provider is off, and a temporary password, made at each start and written once to the log, lets in. Turn it off again."}),
    define<&model::local, &local_settings::user>({.path = "local.user", .meaning = "The user id and name of whoever comes in so."}),
    define<&model::local, &local_settings::email>({.path = "local.email", .meaning = "And the e-mail address. Not set: none.", .example = "admin@example.com"}),
    define<&model::local, &local_settings::groups>({.path = "local.groups", .meaning = "And the groups.", .example = "admins"}),
    define<&model::local, &local_settings::lifetime>({.path = "local.lifetime", .meaning = "How long such a session lasts.", .allowed = range::not_zero}),

    define<&model::emergency, &emergency_settings::file>({.path = "emergency.file", .meaning = "Named people who may come in beside the provider, with their passkeys, or passwords and codes; `sekisho emergency` writes it. Not set: there is no such way in.", .example = "/var/lib/sekisho/emergency.json"}),
    define<&model::emergency, &emergency_settings::groups>({.path = "emergency.groups", .meaning = "Groups of whoever comes in so.", .example = "admins"}),
    define<&model::emergency, &emergency_settings::lifetime>({.path = "emergency.lifetime", .meaning = "How long such a session lasts.", .allowed = range::not_zero}),

    define<&model::log, &log_settings::level>({.path = "log.level", .meaning = "The least important events that are written."}),
    define<&model::log, &log_settings::format>({.path = "log.format", .meaning = "`json`: one object per line, for programs. `text`: for people."}),
    define<&model::log, &log_settings::access>({.path = "log.access", .meaning = "Write one line per request."}),
};
// clang-format on

} // namespace

std::span<const row> access_rows() { return rows; }

} // namespace sekisho::settings
