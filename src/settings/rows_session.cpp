// SPDX-License-Identifier: Apache-2.0
#include "settings/row_definition.hpp"
#include "settings/rows.hpp"

namespace sekisho::settings
{
namespace
{

using enum range;
using e = session_settings;

// clang-format off
constexpr row rows[] = {
    define<&model::session, &e::secret>({.path = "session.secret", .meaning = "Seals the cookies; at least 32 bytes, `sekisho secret` prints a good one. Every replica needs the same. Not set: a random one, and everybody signs in again after a restart."}),
    define<&model::session, &e::secret_previous>({.path = "session.secret_previous", .meaning = "Earlier secrets, newest first; cookies sealed with them still open. To change the secret move the old one here and remove it after `session.lifetime`."}),
    define<&model::session, &e::lifetime>({.path = "session.lifetime", .meaning = "How long a person stays signed in at most.", .aliases = {"GORILLA_SESSION_LENGTH"}, .allowed = not_zero}),
    define<&model::session, &e::idle_timeout>({.path = "session.idle_timeout", .meaning = "How long a person stays signed in without a request. 0: as long as `session.lifetime`."}),
    define<&model::session, &e::sign_in_timeout>({.path = "session.sign_in_timeout", .meaning = "How long a person may take at the provider.", .allowed = not_zero}),
    define<&model::session, &e::cookie_name>({.path = "session.cookie_name", .meaning = "The cookie's name. Not set: `__Host-sekisho` on https, `sekisho` on http or with a `session.cookie_domain`.", .example = "__Host-app"}),
    define<&model::session, &e::cookie_domain>({.path = "session.cookie_domain", .meaning = "Share the session with the hosts below this domain. Not set: this host only, which is safer.", .example = "example.com"}),
    define<&model::session, &e::same_site>({.path = "session.same_site", .meaning = "The cookie's `SameSite`. `none` lets other sites embed the application and needs https; `strict` asks people who follow a link from another site to sign in again."}),
    define<&model::session, &e::keep_id_token>({.path = "session.keep_id_token", .meaning = "Whether the ID token stays in the session, where it is the hint for signing out at the provider. `auto`: when something uses it and it fits."}),
};
// clang-format on

} // namespace

std::span<const row> session_rows() { return rows; }

} // namespace sekisho::settings
