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
    define<&model::access, &access_settings::step_up>({.path = "access.step_up", .meaning = "Paths that demand more of the sign-in, each written `/admin/* acr=urn:mfa,urn:key max_age=5m`: one of these authentication context classes, and no older than that. Whoever has less is sent to the provider once. Several in one text stand apart by `;`.", .example = "/admin/* acr=urn:mfa max_age=5m"}),

    define<&model::admin, &admin_settings::listen>({.path = "admin.listen", .meaning = "Address and port of `/healthz`, `/readyz` and `/metrics`. `off`: no such listener."}),
    define<&model::admin, &admin_settings::users>({.path = "admin.users", .meaning = "User names, user ids or verified e-mail addresses of those who may open `server.test_path`. With `admin.groups` empty too: nobody.", .example = "taro@example.com"}),
    define<&model::admin, &admin_settings::groups>({.path = "admin.groups", .meaning = "Groups whose members may open `server.test_path`.", .example = "administrators"}),

    define<&model::log, &log_settings::level>({.path = "log.level", .meaning = "The least important events that are written."}),
    define<&model::log, &log_settings::format>({.path = "log.format", .meaning = "`json`: one object per line, for programs. `text`: for people."}),
    define<&model::log, &log_settings::access>({.path = "log.access", .meaning = "Write one line per request."}),
};
// clang-format on

} // namespace

std::span<const row> access_rows() { return rows; }

} // namespace sekisho::settings
