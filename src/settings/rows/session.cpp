// SPDX-License-Identifier: Apache-2.0
#include "settings/rows/definition.hpp"
#include "settings/rows/rows.hpp"

namespace sekisho::settings
{
namespace
{

using enum range;
using e = session_settings;
using r = redis_settings;

// clang-format off
constexpr row rows[] = {
    define<&model::session, &e::secret>({.path = "session.secret", .meaning = "Seals the cookies; at least 32 bytes, `sekisho secret` prints a good one. Every replica needs the same. Not set: a random one, and everybody signs in again after a restart."}),
    define<&model::session, &e::secret_previous>({.path = "session.secret_previous", .meaning = "Earlier secrets, newest first; cookies sealed with them still open. To change the secret move the old one here and remove it after `session.lifetime`. One text is split at spaces and commas; a line of the file and an item of a YAML list are taken whole."}),
    define<&model::session, &e::lifetime>({.path = "session.lifetime", .meaning = "How long a person stays signed in at most.", .aliases = {"GORILLA_SESSION_LENGTH"}, .allowed = not_zero}),
    define<&model::session, &e::idle_timeout>({.path = "session.idle_timeout", .meaning = "How long a person stays signed in without a request. 0: as long as `session.lifetime`."}),
    define<&model::session, &e::sign_in_timeout>({.path = "session.sign_in_timeout", .meaning = "How long a person may take at the provider.", .allowed = not_zero}),
    define<&model::session, &e::cookie_name>({.path = "session.cookie_name", .meaning = "The cookie's name. Not set: `__Host-sekisho` on https, `sekisho` on http or with a `session.cookie_domain`.", .example = "__Host-app"}),
    define<&model::session, &e::cookie_domain>({.path = "session.cookie_domain", .meaning = "Share the session with the hosts below this domain. Not set: this host only, which is safer.", .example = "example.com"}),
    define<&model::session, &e::same_site>({.path = "session.same_site", .meaning = "The cookie's `SameSite`. `none` lets other sites embed the application and needs https; `strict` asks people who follow a link from another site to sign in again."}),
    define<&model::session, &e::keep_id_token>({.path = "session.keep_id_token", .meaning = "Whether the ID token stays in the session, where it is the hint for signing out at the provider. `auto`: when something uses it and it fits."}),
    define<&model::session, &e::store>({.path = "session.store", .meaning = "Where sessions live. `cookie`: sealed in the browser, nothing to run. `memory`: in this process. `redis`: shared by replicas. `auto`: `redis` when `redis.url` is set, else `cookie`."}),
    define<&model::session, &e::memory_limit>({.path = "session.memory_limit", .meaning = "How many sessions (and, with the other stores, small notes about sessions) this process keeps in memory; the least recently used leave first.", .allowed = not_zero}),
    define<&model::session, &e::memory_file>({.path = "session.memory_file", .meaning = "Where `store: memory` writes its sessions, sealed, when it ends, so that a restart keeps them. Not set: a restart ends them.", .example = "/var/lib/sekisho/sessions"}),
    define<&model::session, &e::recheck>({.path = "session.recheck", .meaning = "How long a worker relies on what it knows of a session in Redis before it asks again. 0: asks for each request."}),
    define<&model::session, &e::stale_while_down>({.path = "session.stale_while_down", .meaning = "While Redis is down, how long GET and HEAD go on with the last that is known of a session. 0: they are answered with 503 like the rest.", .example = "5m"}),
    define<&model::session, &e::keep_signed_in>({.path = "session.keep_signed_in", .meaning = "Offers people \"keep me signed in\" where they choose how to sign in: their session then lasts this long, used or not. 0: no such choice.", .example = "720h"}),
    define<&model::session, &e::max_per_person>({.path = "session.max_per_person", .meaning = "How many sessions one person may have at a time. 0: any number. Across replicas only with Redis."}),
    define<&model::session, &e::when_too_many>({.path = "session.when_too_many", .meaning = "What happens to one sign-in more: `end_oldest` ends the session that is longest unused, `refuse` refuses the new one."}),
    define<&model::session, &e::refresh>({.path = "session.refresh", .meaning = "Whether tokens are renewed and the person's claims and groups asked again, when the provider gave a refresh token."}),
    define<&model::session, &e::refresh_before>({.path = "session.refresh_before", .meaning = "How long before the end of the access token it is renewed; up to as much again is added by chance, so that not all do it at once."}),
    define<&model::session, &e::refresh_interval>({.path = "session.refresh_interval", .meaning = "Renew at least this often, whatever the access token's life. 0: as its life says.", .example = "10m"}),
    define<&model::session, &e::on_refresh_failure>({.path = "session.on_refresh_failure", .meaning = "What becomes of a session when the provider cannot be reached for a renewal and its tokens have ended: `keep` until the session's own limit, `end`, or `reauthenticate` with the next navigation. A refusal by the provider (`invalid_grant`) always ends it."}),
    define<&model::session, &e::silent_sign_in>({.path = "session.silent_sign_in", .meaning = "Without a refresh token: when the access token ends, the next navigation asks the provider again without showing anything (`prompt=none`)."}),
    define<&model::session, &e::userinfo_interval>({.path = "session.userinfo_interval", .meaning = "Ask UserInfo again this often; a refusal ends the session, new claims and groups count. 0: never.", .example = "5m"}),
    define<&model::session, &e::clear_site_data>({.path = "session.clear_site_data", .meaning = "What `Clear-Site-Data` tells the browser to forget after a sign-out: any of `cookies`, `storage`, `cache`. Not set: not sent.", .example = "cache, storage"}),
    define<&model::session, &e::application_sign_out>({.path = "session.application_sign_out", .meaning = "The application's own sign-out, a path such as `/app/logout` or a whole address, used when somebody signs out here. Not set: none.", .example = "/app/logout"}),
    define<&model::session, &e::application_sign_out_by>({.path = "session.application_sign_out_by", .meaning = "`redirect`: the browser is sent there at the end. `call`: we ask for it ourselves with the person's cookies, before anything ends."}),
    define<&model::session, &e::check_session>({.path = "session.check_session", .meaning = "Offers `server.check_session_path` (OpenID Connect Session Management 1.0), where the provider takes part."}),
    define<&model::session, &e::keep_form>({.path = "session.keep_form", .meaning = "The largest form whose sending survives a sign-in that comes in between. 0: none is kept."}),
    define<&model::session, &e::keep_fragment>({.path = "session.keep_fragment", .meaning = "Keep the part of an address behind `#` over a sign-in. Browsers do not send it, so a small page with a script comes before the provider's; right for applications that keep their place there."}),

    define<&model::redis, &r::url>({.path = "redis.url", .meaning = "Redis or Valkey: `redis://host:6379/0`, `rediss://` with TLS, or `unix:///run/redis.sock`. With `redis.kind` `sentinel` or `cluster` several, of the sentinels or of nodes.", .example = "redis://127.0.0.1:6379/0"}),
    define<&model::redis, &r::kind>({.path = "redis.kind", .meaning = "What answers there: one server, sentinels that know the master, or a cluster."}),
    define<&model::redis, &r::username>({.path = "redis.username", .meaning = "The ACL user. Not set: the default user."}),
    define<&model::redis, &r::password>({.path = "redis.password", .meaning = "Its password. Not set: none."}),
    define<&model::redis, &r::sentinel_master>({.path = "redis.sentinel_master", .meaning = "The name that the sentinels know the master by."}),
    define<&model::redis, &r::sentinel_password>({.path = "redis.sentinel_password", .meaning = "The password of the sentinels themselves. Not set: none."}),
    define<&model::redis, &r::ca_file>({.path = "redis.ca_file", .meaning = "A PEM file with the authorities that `rediss://` may be signed by. Not set: the system's.", .example = "/etc/sekisho/redis-ca.pem"}),
    define<&model::redis, &r::client_certificate>({.path = "redis.client_certificate", .meaning = "A PEM file with our certificate for `rediss://`. Not set: none.", .example = "/etc/sekisho/redis.crt"}),
    define<&model::redis, &r::client_key>({.path = "redis.client_key", .meaning = "A PEM file with its private key.", .example = "/etc/sekisho/redis.key"}),
    define<&model::redis, &r::key_prefix>({.path = "redis.key_prefix", .meaning = "Begins the name of every key and of the channel. Gates that share sessions share it."}),
    define<&model::redis, &r::connect_timeout>({.path = "redis.connect_timeout", .meaning = "How long connecting may take, TLS and sign-in included.", .allowed = not_zero}),
    define<&model::redis, &r::timeout>({.path = "redis.timeout", .meaning = "How long one command may take.", .allowed = not_zero}),
};
// clang-format on

} // namespace

std::span<const row> session_rows() { return rows; }

} // namespace sekisho::settings
