// SPDX-License-Identifier: Apache-2.0
#include "gateway/sign_in/choice_cookie.hpp"

#include "http/cookie.hpp"

#include <chrono>
#include <string_view>

namespace sekisho::gateway
{
namespace
{

constexpr std::chrono::hours life{24 * 365};
constexpr std::string_view mark = ".ask"; // no name of a provider has a dot
constexpr std::size_t longest_name = 64;

bool is_usable(std::string_view name)
{
    return !name.empty() && name.size() <= longest_name && http::is_cookie_value(name) &&
           name.find('.') == std::string_view::npos;
}

} // namespace

choice_cookie::choice_cookie(const session::cookie_config& config)
    : name_(config.reached_by == session::transport::https ? "__Host-" : ""),
      is_secure_(config.reached_by == session::transport::https)
{
    name_.append(session::sign_in_cookie_stem).append(session::choice_cookie_end);
}

std::string choice_cookie::remember(const remembered& what) const
{
    http::set_cookie cookie;
    cookie.name = name_;
    cookie.secure = is_secure_;
    cookie.max_age = is_usable(what.provider) ? std::chrono::seconds(life) : std::chrono::seconds(0);
    if (is_usable(what.provider))
        cookie.value = what.provider;
    if (!cookie.value.empty() && what.next == next_time::ask_who)
        cookie.value.append(mark);
    return http::to_text(cookie);
}

choice_cookie::remembered choice_cookie::find(std::span<const http::field> request) const
{
    auto value = http::find_cookie(request, name_).value_or("");
    remembered found;
    if (value.ends_with(mark))
    {
        found.next = next_time::ask_who;
        value.remove_suffix(mark.size());
    }
    if (!is_usable(value))
        return {};
    found.provider = value;
    return found;
}

} // namespace sekisho::gateway
