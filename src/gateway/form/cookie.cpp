// SPDX-License-Identifier: Apache-2.0
#include "gateway/form/cookie.hpp"

#include "base/json.hpp"
#include "crypto/hash.hpp"
#include "http/cookie.hpp"

#include <nlohmann/json.hpp>

#include <utility>

namespace sekisho::gateway
{
namespace
{

constexpr std::size_t longest_return_to = 2000;

std::optional<shown_form> read(std::string_view text)
{
    const auto value = parse_json(text, {.size = 8192, .depth = 2});
    if (!value || !value->is_array() || value->size() != 4 || !(*value)[0].is_string() ||
        !(*value)[1].is_string() || !(*value)[2].is_string() || !(*value)[3].is_number_integer())
        return std::nullopt;
    return shown_form{
        .token = (*value)[0].get<std::string>(),
        .return_to = (*value)[1].get<std::string>(),
        .about = (*value)[2].get<std::string>(),
        .shown = time_point(std::chrono::seconds((*value)[3].get<std::int64_t>()))
    };
}

} // namespace

// Named as sign-ins are, so that the application never sees it (session/jar).
form_cookie::form_cookie(
    const session::cookie_config& config, std::string_view end, std::string path, crypto::key_ring keys
)
    : name_(config.reached_by == session::transport::https ? "__Secure-" : ""), path_(std::move(path)),
      is_secure_(config.reached_by == session::transport::https), keys_(std::move(keys))
{
    name_.append(session::sign_in_cookie_stem).append(end);
}

std::string form_cookie::written(std::string value, std::chrono::seconds how_long) const
{
    http::set_cookie cookie;
    cookie.name = name_;
    cookie.value = std::move(value);
    cookie.path = path_;
    cookie.max_age = how_long;
    cookie.secure = is_secure_;
    cookie.site = http::same_site::strict;
    return http::to_text(cookie);
}

std::string form_cookie::remember(const shown_form& what, crypto::random_source& random) const
{
    const auto& return_to = what.return_to.size() > longest_return_to ? std::string("/") : what.return_to;
    const auto plain =
        to_text(json::array({what.token, return_to, what.about, what.shown.time_since_epoch().count()}));
    return written(keys_.seal(plain, name_, random), form_lifetime);
}

std::optional<shown_form>
form_cookie::find(std::span<const http::field> request, std::string_view token, time_point now) const
{
    const auto sealed = http::find_cookie(request, name_);
    if (!sealed || token.empty())
        return std::nullopt;
    const auto plain = keys_.open(*sealed, name_);
    if (!plain)
        return std::nullopt;
    auto found = read(*plain);
    if (!found || !crypto::equal_in_constant_time(as_bytes(found->token), as_bytes(token)) ||
        now >= found->shown + form_lifetime || now < found->shown - form_lifetime)
        return std::nullopt;
    return found;
}

std::string form_cookie::erase() const { return written({}, std::chrono::seconds{0}); }

} // namespace sekisho::gateway
