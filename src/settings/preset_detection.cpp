// SPDX-License-Identifier: Apache-2.0
#include "base/url.hpp"
#include "settings/preset.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace sekisho::settings
{
namespace
{

enum class place : std::uint8_t
{
    host,          // exactly
    host_end,      // ".okta.com": any host below
    host_begin,    // "gitlab."
    path,          // exactly, but for a slash at the end
    path_end,      // "/dex"
    path_contains, // "/realms/"
};

struct mark
{
    settings::preset of;
    place where;
    std::string_view text;
};

// The first that fits; hosts that belong to one company before paths that anybody may have.
constexpr std::array marks{
    mark{preset::okta, place::host_end, ".okta.com"},
    mark{preset::okta, place::host_end, ".oktapreview.com"},
    mark{preset::okta, place::host_end, ".okta-emea.com"},
    mark{preset::okta, place::host_end, ".okta-gov.com"},
    mark{preset::entra, place::host, "login.microsoftonline.com"},
    mark{preset::entra, place::host, "login.microsoftonline.us"},
    mark{preset::entra, place::host, "login.partner.microsoftonline.cn"},
    mark{preset::entra, place::host, "sts.windows.net"},
    mark{preset::entra, place::host_end, ".ciamlogin.com"},
    mark{preset::google, place::host, "accounts.google.com"},
    mark{preset::cognito, place::host_begin, "cognito-idp."},
    mark{preset::auth0, place::host_end, ".auth0.com"},
    mark{preset::logto, place::host_end, ".logto.app"},
    mark{preset::ping, place::host_end, ".pingidentity.com"},
    mark{preset::ping, place::host_begin, "auth.pingone."},
    mark{preset::gitlab, place::host, "gitlab.com"},
    mark{preset::github, place::host, "github.com"},
    mark{preset::keycloak, place::path_contains, "/realms/"},
    mark{preset::okta, place::path, "/oauth2/default"}, // behind a domain of one's own
    mark{preset::okta, place::path_contains, "/oauth2/aus"},
    mark{preset::dex, place::path_end, "/dex"},
    mark{preset::adfs, place::path, "/adfs"},
    mark{preset::logto, place::path, "/oidc"},
    mark{preset::gitlab, place::host_begin, "gitlab."},
};

bool fits(const mark& each, std::string_view host, std::string_view path)
{
    switch (each.where)
    {
    case place::host:
        return host == each.text;
    case place::host_end:
        return host.ends_with(each.text);
    case place::host_begin:
        return host.starts_with(each.text);
    case place::path:
        return path == each.text;
    case place::path_end:
        return path.ends_with(each.text);
    case place::path_contains:
        return path.contains(each.text);
    }
    return false;
}

// A pasted discovery address names the issuer before it.
std::string_view without_discovery(std::string_view issuer)
{
    return issuer.substr(0, issuer.find("/.well-known/"));
}

} // namespace

preset detect_preset(std::string_view issuer)
{
    const auto address = url::parse(without_discovery(issuer));
    if (!address)
        return preset::generic;
    std::string_view path = address->path();
    while (path.ends_with('/'))
        path.remove_suffix(1);
    const auto found =
        std::ranges::find_if(marks, [&](const mark& each) { return fits(each, address->host(), path); });
    return found == marks.end() ? preset::generic : found->of;
}

} // namespace sekisho::settings
