// SPDX-License-Identifier: Apache-2.0
#include "session/cookie_config.hpp"

#include "http/fields.hpp"

namespace sekisho::session
{
namespace
{

constexpr std::string_view host_prefix = "__Host-";
constexpr std::string_view secure_prefix = "__Secure-";

bool starts_with(std::string_view name, std::string_view prefix) noexcept
{
    return name.size() >= prefix.size() && http::equal_names(name.substr(0, prefix.size()), prefix);
}

} // namespace

std::string_view prefix_of(const cookie_config& config) noexcept
{
    if (config.reached_by == transport::http)
        return {};
    return config.domain.empty() ? host_prefix : secure_prefix;
}

std::string_view without_prefix(std::string_view cookie_name) noexcept
{
    for (const auto prefix : {host_prefix, secure_prefix})
        if (starts_with(cookie_name, prefix))
            return cookie_name.substr(prefix.size());
    return cookie_name;
}

std::string session_cookie_name(const cookie_config& config)
{
    return std::string(prefix_of(config)).append(without_prefix(config.name));
}

bool is_usable_name(std::string_view name) noexcept
{
    const auto stem = without_prefix(name);
    return http::is_cookie_name(stem) && !stem.starts_with(sign_in_cookie_stem) &&
           without_prefix(stem) == stem;
}

} // namespace sekisho::session
