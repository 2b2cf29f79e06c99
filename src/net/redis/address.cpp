// SPDX-License-Identifier: Apache-2.0
#include "net/redis/address.hpp"

#include "base/encoding.hpp"

#include <algorithm>
#include <charconv>

namespace sekisho::net
{
namespace
{

std::unexpected<error> refused(std::string detail)
{
    return fail(errc::value_malformed, "redis.url", std::move(detail));
}

template <class Number>
std::optional<Number> whole_number(std::string_view text)
{
    Number made = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), made);
    if (failure != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return made;
}

result<std::optional<std::uint32_t>> database_of(std::string_view text)
{
    if (text.empty())
        return std::nullopt;
    const auto number = whole_number<std::uint32_t>(text);
    if (!number)
        return refused("\"" + std::string(text) + "\" is no number of a database, as in redis://host:6379/0");
    return number;
}

result<redis_address> parse_socket(std::string_view rest)
{
    const auto question = rest.find('?');
    const auto path = percent_decode(rest.substr(0, question));
    if (!path || !path->starts_with('/') || path->size() < 2 || path->contains('\0'))
        return refused("a socket is written unix:///run/redis.sock, with its whole path");
    redis_address made{
        .by = redis_address::way::unix_socket, .host = {}, .port = 0, .path = *path, .database = {}
    };
    if (question == std::string_view::npos)
        return made;
    const auto query = rest.substr(question + 1);
    if (!query.starts_with("db="))
        return refused("behind a socket's path only ?db=… may stand, the number of the database");
    auto database = database_of(query.substr(3));
    if (!database)
        return std::unexpected(database.error());
    made.database = *database;
    return made;
}

// "host", "host:port", "[::1]:port".
result<void> read_authority(std::string_view text, redis_address& into)
{
    auto port = std::string_view();
    if (text.starts_with('['))
    {
        const auto end = text.find(']');
        if (end == std::string_view::npos)
            return refused("the bracket of an IPv6 address is not closed");
        into.host = text.substr(1, end - 1);
        port = text.substr(end + 1);
    }
    else
    {
        const auto colon = text.find(':');
        into.host = text.substr(0, colon);
        port = colon == std::string_view::npos ? "" : text.substr(colon);
    }
    const bool is_clean =
        std::ranges::all_of(into.host, [](char each) { return each > 0x20 && each < 0x7f; });
    if (into.host.empty() || !is_clean || into.host.find_first_of("/?#@%") != std::string::npos)
        return refused("names no host: expected redis://host:6379/0");
    if (port.empty())
        return {};
    const auto number = port.starts_with(':') ? whole_number<std::uint16_t>(port.substr(1)) : std::nullopt;
    if (!number || *number == 0)
        return refused("its port is no number between 1 and 65535; an IPv6 address is written in brackets");
    into.port = *number;
    return {};
}

result<redis_address> parse_host(redis_address::way by, std::string_view rest)
{
    redis_address made{.by = by, .host = {}, .path = {}, .database = {}};
    if (rest.find_first_of("?#") != std::string_view::npos)
        return refused("has a query or a fragment, and neither means anything here");
    const auto slash = rest.find('/');
    if (const auto read = read_authority(rest.substr(0, slash), made); !read)
        return std::unexpected(read.error());
    if (slash == std::string_view::npos)
        return made;
    auto database = database_of(rest.substr(slash + 1));
    if (!database)
        return std::unexpected(database.error());
    made.database = *database;
    return made;
}

} // namespace

result<redis_address> parse_redis_address(std::string_view text)
{
    const auto end = text.find("://");
    const auto scheme = text.substr(0, end);
    if (end == std::string_view::npos)
        return refused("has no scheme: expected redis://host:6379/0, rediss://host:6379 or unix:///path");
    const auto rest = text.substr(end + 3);
    if (scheme == "unix")
        return parse_socket(rest);
    if (scheme != "redis" && scheme != "rediss")
        return refused("the scheme must be redis, rediss (with TLS) or unix");
    // The log and `check` show addresses, so that a password does not belong there.
    if (rest.contains('@'))
        return refused("holds a user or a password; write them into redis.username and redis.password");
    return parse_host(scheme == "rediss" ? redis_address::way::tls : redis_address::way::tcp, rest);
}

std::string to_text(const redis_address& address)
{
    if (address.by == redis_address::way::unix_socket)
        return address.path;
    const auto host = address.host.contains(':') ? "[" + address.host + "]" : address.host;
    return host + ":" + std::to_string(address.port);
}

} // namespace sekisho::net
