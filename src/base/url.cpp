// SPDX-License-Identifier: Apache-2.0
#include "base/url.hpp"

#include "base/encoding.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include <algorithm>
#include <charconv>
#include <optional>

namespace sekisho
{
namespace
{

namespace urls = boost::urls;

std::unexpected<error> refused(std::string_view reason)
{
    return fail(errc::value_malformed, "url", std::string(reason));
}

std::string lower_case(std::string_view text)
{
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    return out;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Resolvers read "127.1" and "0x7f.1" as addresses, so a last label that looks like a number must not be a
// name.
bool looks_numeric(std::string_view host)
{
    if (host.ends_with('.'))
        host.remove_suffix(1);
    const auto label = host.substr(host.rfind('.') + 1); // npos + 1 is 0
    return label.starts_with("0x") || (!label.empty() && std::ranges::all_of(label, is_digit));
}

bool is_name(std::string_view host)
{
    const auto allowed = [](char c)
    { return (c >= 'a' && c <= 'z') || is_digit(c) || c == '-' || c == '.' || c == '_'; };
    return std::ranges::all_of(host, allowed) && !looks_numeric(host) && !host.starts_with('.') &&
           host.find("..") == host.npos && host.size() <= 253;
}

result<std::string> host_of(urls::url_view parsed)
{
    switch (parsed.host_type())
    {
    case urls::host_type::ipv6:
        return parsed.host_ipv6_address().to_string();
    case urls::host_type::ipv4:
        return parsed.host_ipv4_address().to_string();
    case urls::host_type::name:
        break;
    default:
        return refused("the host is missing or of a form that is not supported");
    }
    auto host = lower_case(parsed.encoded_host());
    if (host.empty())
        return refused("the host is missing");
    if (!is_name(host))
        return refused("the host is neither a DNS name in ASCII nor an IP address");
    return host;
}

result<std::uint16_t> port_of(urls::url_view parsed, std::uint16_t otherwise)
{
    if (!parsed.has_port())
        return otherwise;
    const std::string_view digits = parsed.port();
    std::uint16_t port = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    if (read.ec != std::errc{} || read.ptr != digits.data() + digits.size() || digits.starts_with('0'))
        return refused("the port must be a number from 1 to 65535");
    return port;
}

// What Boost.URL accepts and we do not; a user name is never repeated, for a password stands beside it.
std::optional<std::string_view> reason_against(urls::url_view parsed)
{
    if (parsed.scheme_id() != urls::scheme::http && parsed.scheme_id() != urls::scheme::https)
        return "the scheme must be http or https";
    if (!parsed.has_authority())
        return "expected scheme://host";
    if (parsed.has_userinfo())
        return "a user name or password in a URL is not allowed";
    if (parsed.has_fragment())
        return "a fragment (#) is not allowed";
    return std::nullopt;
}

std::string bracketed(const std::string& host)
{
    return host.find(':') == host.npos ? host : "[" + host + "]";
}

} // namespace

result<url> url::parse(std::string_view text)
{
    const auto parsed = urls::parse_uri(text);
    if (!parsed)
        return refused(
            "not an absolute URL (RFC 3986): expected https://host/path with all else percent-encoded"
        );
    if (const auto reason = reason_against(*parsed))
        return refused(*reason);
    url made;
    made.https_ = parsed->scheme_id() == urls::scheme::https;
    auto host = host_of(*parsed);
    if (!host)
        return std::unexpected(host.error());
    const auto port = port_of(*parsed, made.https_ ? 443 : 80);
    if (!port)
        return std::unexpected(port.error());
    made.text_ = text;
    made.host_ = std::move(*host);
    made.port_ = *port;
    made.path_ = std::string_view(parsed->encoded_path());
    if (made.path_.empty())
        made.path_ = "/";
    made.query_ = std::string_view(parsed->encoded_query());
    return made;
}

std::string url::origin() const { return (https_ ? "https://" : "http://") + authority(); }

std::string url::authority() const
{
    auto out = bracketed(host_);
    if (port_ != (https_ ? 443 : 80))
        out.append(":").append(std::to_string(port_));
    return out;
}

std::string url::target() const { return query_.empty() ? path_ : path_ + "?" + query_; }

bool url::is_loopback() const
{
    return host_ == "localhost" || host_ == "::1" || (host_.starts_with("127.") && looks_numeric(host_));
}

bool same_origin(const url& left, const url& right)
{
    return left.is_https() == right.is_https() && left.host() == right.host() && left.port() == right.port();
}

std::string with_query_parameter(std::string_view base, std::string_view name, std::string_view value)
{
    const auto fragment = std::min(base.find('#'), base.size());
    std::string out(base.substr(0, fragment));
    if (out.find('?') == out.npos)
        out.push_back('?');
    else if (!out.ends_with('?') && !out.ends_with('&'))
        out.push_back('&');
    out.append(form_encode(name)).append("=").append(form_encode(value));
    return out.append(base.substr(fragment));
}

} // namespace sekisho
