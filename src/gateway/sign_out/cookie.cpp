// SPDX-License-Identifier: Apache-2.0
#include "gateway/sign_out/cookie.hpp"

#include "base/encoding.hpp"
#include "http/cookie.hpp"

#include <utility>

namespace sekisho::gateway
{
namespace
{

constexpr std::chrono::minutes life{15};
constexpr std::size_t longest_return_to = 2000;

} // namespace

// The name begins as those of sign-ins do, so that the application never sees it (session/jar); no "__Host-",
// which would be for every path.
sign_out_cookie::sign_out_cookie(const session::cookie_config& config, std::string logout_path)
    : name_(config.reached_by == session::transport::https ? "__Secure-" : ""), path_(std::move(logout_path)),
      is_secure_(config.reached_by == session::transport::https)
{
    name_.append(session::sign_in_cookie_stem).append(session::sign_out_cookie_end);
}

std::string sign_out_cookie::written(std::string value, std::chrono::seconds how_long) const
{
    http::set_cookie cookie;
    cookie.name = name_;
    cookie.value = std::move(value);
    cookie.path = path_;
    cookie.max_age = how_long;
    cookie.secure = is_secure_;
    return http::to_text(cookie);
}

std::string sign_out_cookie::remember(const remembered& what) const
{
    const auto return_to = what.return_to.size() > longest_return_to ? std::string() : what.return_to;
    return written(what.state + "." + base64url_encode(as_bytes(return_to)), life);
}

std::optional<sign_out_cookie::remembered> sign_out_cookie::find(std::span<const http::field> request) const
{
    const auto value = http::find_cookie(request, name_);
    if (!value)
        return std::nullopt;
    const auto dot = value->find('.');
    if (dot == std::string_view::npos || dot == 0)
        return std::nullopt;
    const auto return_to = base64url_decode(value->substr(dot + 1));
    if (!return_to)
        return std::nullopt;
    return remembered{std::string(value->substr(0, dot)), std::string(as_text(*return_to))};
}

std::string sign_out_cookie::erase() const { return written({}, std::chrono::seconds{0}); }

} // namespace sekisho::gateway
