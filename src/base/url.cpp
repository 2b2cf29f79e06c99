// SPDX-License-Identifier: Apache-2.0
#include "base/url.hpp"

#include "base/encoding.hpp"

#include <boost/url/ipv4_address.hpp>
#include <boost/url/ipv6_address.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

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

// scheme "://" authority target. Taken apart here, for Boost.URL 1.81 reads "http://127.0.0.1.evil.example/"
// as the address with the path ".evil.example/" and "http://a.example:8x/" as port 8 with the path "x/".
struct pieces
{
    std::string scheme;
    std::string_view authority;
    std::string target; // begins with "/"
};

struct host_and_port
{
    std::string_view host; // an IPv6 address in its brackets
    std::optional<std::string_view> port;
};

result<pieces> split(std::string_view text)
{
    const auto colon = text.find("://");
    if (colon == text.npos)
        return refused("not an absolute URL: expected https://host/path");
    auto scheme = lower_case(text.substr(0, colon));
    if (scheme != "http" && scheme != "https")
        return refused("the scheme must be http or https");
    text.remove_prefix(colon + 3);
    if (text.find('#') != text.npos)
        return refused("a fragment (#) is not allowed");
    const auto end = std::min(text.find_first_of("/?"), text.size());
    std::string target(text.substr(end));
    if (!target.starts_with('/'))
        target.insert(0, "/");
    return pieces{std::move(scheme), text.substr(0, end), std::move(target)};
}

host_and_port split_authority(std::string_view authority)
{
    const auto search_from = authority.starts_with('[') ? std::min(authority.find(']'), authority.size()) : 0;
    const auto colon = authority.find(':', search_from);
    if (colon == authority.npos)
        return {authority, std::nullopt};
    return {authority.substr(0, colon), authority.substr(colon + 1)};
}

result<std::string> read_host(std::string_view text)
{
    if (text.empty())
        return refused("the host is missing");
    if (text.starts_with('['))
    {
        const auto address = urls::parse_ipv6_address(text.substr(1, text.size() - 2));
        if (!text.ends_with(']') || !address)
            return refused("the host in brackets is no IPv6 address");
        return address->to_string();
    }
    auto host = lower_case(text);
    if (!urls::parse_ipv4_address(host) && !is_name(host))
        return refused("the host is neither a DNS name in ASCII nor an IP address");
    return host;
}

result<std::uint16_t> read_port(std::string_view digits)
{
    std::uint16_t port = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    if (read.ec != std::errc{} || read.ptr != digits.data() + digits.size() || digits.starts_with('0'))
        return refused("the port must be a number from 1 to 65535");
    return port;
}

std::string bracketed(const std::string& host)
{
    return host.find(':') == host.npos ? host : "[" + host + "]";
}

} // namespace

result<url> url::parse(std::string_view text)
{
    const auto pieces = split(text);
    if (!pieces)
        return std::unexpected(pieces.error());
    if (pieces->authority.find('@') != text.npos) // never repeated: a password stands before it
        return refused("a user name or password in a URL is not allowed");
    const auto authority = split_authority(pieces->authority);
    auto host = read_host(authority.host);
    if (!host)
        return std::unexpected(host.error());
    const bool https = pieces->scheme == "https";
    const auto port = authority.port ? read_port(*authority.port) : result<std::uint16_t>(https ? 443 : 80);
    if (!port)
        return std::unexpected(port.error());
    const auto target = urls::parse_origin_form(pieces->target);
    if (!target)
        return refused("the path or query has a character that must be percent-encoded (RFC 3986)");
    url made;
    made.text_ = text;
    made.https_ = https;
    made.host_ = std::move(*host);
    made.port_ = *port;
    made.path_ = std::string_view(target->encoded_path());
    made.query_ = std::string_view(target->encoded_query());
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
