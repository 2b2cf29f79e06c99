// SPDX-License-Identifier: Apache-2.0
#include "settings/check/examination.hpp"
#include "settings/path.hpp"

#include <algorithm>
#include <string_view>

namespace sekisho::settings
{
namespace
{

bool is_domain(std::string_view text)
{
    const auto is_part = [](char each)
    {
        return (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z') || (each >= '0' && each <= '9') ||
               each == '-' || each == '.';
    };
    return text.contains('.') && std::ranges::all_of(text, is_part) && !text.starts_with('.') &&
           !text.ends_with('.') && !text.contains("..");
}

bool is_host(const std::string& text)
{
    return text.find_first_of("/?#@*") == std::string::npos && url::parse("http://" + text).has_value();
}

} // namespace

void check_choice(provider_examination& about)
{
    const auto& oidc = about.oidc();
    for (const auto& each : oidc.email_domains)
        if (!is_domain(each))
            about.refuse(
                "email_domains",
                "\"" + each + "\" is not a domain such as example.com (ASCII, as xn--… if need be)"
            );
    for (const auto& each : oidc.hosts)
        if (!is_host(each))
            about.refuse("hosts", "\"" + each + "\" is not a host name such as staff.example.com");
    for (const auto& each : oidc.claim_hosts)
        if (!is_host(each))
            about.refuse("claim_hosts", "\"" + each + "\" is not a host name such as claims.example.com");
    for (const auto& each : oidc.paths)
        if (!is_path_pattern(each))
            about.refuse("paths", "\"" + each + "\" is not a path such as /staff or /staff/*");
    if (oidc.logo.contains("://"))
        about.refuse("logo", "must be a file: our pages load nothing from elsewhere");
}

} // namespace sekisho::settings
