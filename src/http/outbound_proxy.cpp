// SPDX-License-Identifier: Apache-2.0
#include "http/outbound_proxy.hpp"

#include "base/encoding.hpp"
#include "http/address.hpp"
#include "http/authorization.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>

namespace sekisho::http
{
namespace
{

constexpr std::string_view where = "proxy";
constexpr std::string_view form = "write it as http://proxy.example.com:3128";

std::unexpected<error> refused(std::string_view reason)
{
    return fail(errc::value_malformed, where, std::string(reason).append("; ").append(form));
}

std::string lower_case(std::string_view text)
{
    std::string out(text);
    std::ranges::transform(
        out,
        out.begin(),
        [](char each) { return each >= 'A' && each <= 'Z' ? static_cast<char>(each - 'A' + 'a') : each; }
    );
    return out;
}

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view space = " \t\r\n";
    const auto first = text.find_first_not_of(space);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(space) - first + 1);
}

result<secret> authorization_of(std::string_view user_information)
{
    const auto colon = std::min(user_information.find(':'), user_information.size());
    auto user = percent_decode(user_information.substr(0, colon));
    auto password = percent_decode(user_information.substr(std::min(colon + 1, user_information.size())));
    if (!user || !password)
        return refused("the user or the password has a broken percent-encoding");
    const secret wiped(std::move(*password));
    if (user->find(':') != std::string::npos) // RFC 7617, 2
        return refused("the user has a colon");
    return basic_authorization(*user, wiped.reveal());
}

std::string_view without_final_dot(std::string_view host)
{
    return host.ends_with('.') ? host.substr(0, host.size() - 1) : host;
}

// An item of the list without its port; the port is 0 when it names none.
struct item
{
    std::string host;
    std::uint16_t port = 0;
};

std::optional<item> with_port(std::string_view host, std::string_view digits)
{
    std::uint16_t port = 0;
    const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    if (failure != std::errc() || end != digits.data() + digits.size() || port == 0)
        return std::nullopt;
    return item{lower_case(host), port};
}

std::optional<item> read_item(std::string_view text)
{
    if (text.starts_with('['))
    {
        const auto end = text.find(']');
        if (end == std::string_view::npos)
            return std::nullopt;
        const auto inside = text.substr(1, end - 1);
        const auto rest = text.substr(end + 1);
        if (rest.empty())
            return item{lower_case(inside), 0};
        return rest.front() == ':' ? with_port(inside, rest.substr(1)) : std::nullopt;
    }
    const auto colon = text.find(':');
    if (colon == std::string_view::npos || text.find(':', colon + 1) != std::string_view::npos)
        return item{lower_case(text), 0}; // an IPv6 address has more than one
    return with_port(text.substr(0, colon), text.substr(colon + 1));
}

bool covers(const item& each, const url& target)
{
    if (each.host.empty() || (each.port != 0 && each.port != target.port()))
        return false;
    if (each.host == "*")
        return true;
    if (const auto number = address::read(target.host()))
    {
        const auto network = cidr::parse(each.host);
        return network && network->contains(*number);
    }
    const auto host = without_final_dot(target.host());
    auto name = without_final_dot(each.host);
    if (name.starts_with('*'))
        name.remove_prefix(1);
    if (name.starts_with('.'))
        return name.size() > 1 && host.size() > name.size() && host.ends_with(name);
    return host == name || (host.ends_with(name) && host[host.size() - name.size() - 1] == '.');
}

result<std::optional<outbound_proxy>> optional_proxy(std::string_view text, std::string_view variable)
{
    if (trimmed(text).empty())
        return std::optional<outbound_proxy>();
    auto proxy = parse_outbound_proxy(text);
    if (!proxy)
        return fail(proxy.error().code, variable, proxy.error().detail);
    return std::optional(std::move(*proxy));
}

} // namespace

result<outbound_proxy> parse_outbound_proxy(std::string_view text)
{
    constexpr std::string_view scheme = "http://";
    text = trimmed(text);
    if (const auto end = text.find("://"); end != std::string_view::npos)
    {
        if (lower_case(text.substr(0, end + 3)) != scheme)
            return refused("only HTTP proxies that are spoken to in plain http are supported");
        text.remove_prefix(scheme.size());
    }
    // The last one: people write "@" in passwords.
    const auto at = text.substr(0, text.find('/')).rfind('@');
    outbound_proxy made;
    if (at != std::string_view::npos)
    {
        auto authorization = authorization_of(text.substr(0, at));
        if (!authorization)
            return std::unexpected(authorization.error());
        made.authorization = std::move(*authorization);
        text.remove_prefix(at + 1);
    }
    auto address = url::parse(std::string(scheme).append(text));
    if (!address)
        return refused(address.error().detail);
    if (address->target() != "/")
        return refused("a proxy's address has no path");
    made.address = std::move(*address);
    return made;
}

result<outbound_proxies>
outbound_proxies_of(std::string_view https_proxy, std::string_view http_proxy, std::string_view no_proxy)
{
    auto for_https = optional_proxy(https_proxy, "HTTPS_PROXY");
    if (!for_https)
        return std::unexpected(for_https.error());
    auto for_http = optional_proxy(http_proxy, "HTTP_PROXY");
    if (!for_http)
        return std::unexpected(for_http.error());
    return outbound_proxies{std::move(*for_https), std::move(*for_http), std::string(no_proxy)};
}

result<outbound_proxies> outbound_proxies_of(std::string_view setting)
{
    if (lower_case(trimmed(setting)) == "off")
        return outbound_proxies();
    auto one = parse_outbound_proxy(setting);
    if (!one)
        return std::unexpected(one.error());
    return outbound_proxies{*one, *one, {}};
}

bool is_direct(std::string_view list, const url& target)
{
    constexpr std::string_view between = ", \t\r\n";
    for (std::size_t at = 0; at < list.size();)
    {
        const auto end = std::min(list.find_first_of(between, at), list.size());
        const auto each = read_item(list.substr(at, end - at));
        if (each && covers(*each, target))
            return true;
        at = end + 1;
    }
    return false;
}

const outbound_proxy* proxy_for(const outbound_proxies& all, const url& target)
{
    const auto& chosen = target.is_https() ? all.for_https : all.for_http;
    if (!chosen || target.is_loopback() || is_direct(all.direct, target))
        return nullptr;
    return &*chosen;
}

} // namespace sekisho::http
