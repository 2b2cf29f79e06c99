// SPDX-License-Identifier: Apache-2.0
#include "app/composition/redis.hpp"

#include "crypto/hash.hpp"

#include <algorithm>
#include <utility>

namespace sekisho::app
{
namespace
{

using problems = std::vector<composition_problem>;

net::redis_configuration::kind kind_of(settings::redis_kind from)
{
    switch (from)
    {
    case settings::redis_kind::sentinel:
        return net::redis_configuration::kind::sentinel;
    case settings::redis_kind::cluster:
        return net::redis_configuration::kind::cluster;
    case settings::redis_kind::standalone:
        break;
    }
    return net::redis_configuration::kind::standalone;
}

void read_addresses(const settings::texts& from, std::vector<net::redis_address>& into, problems& found)
{
    for (const auto& each : from)
    {
        auto address = net::parse_redis_address(each);
        if (address)
            into.push_back(std::move(*address));
        else
            found.push_back({"redis.url", std::move(address.error().detail)});
    }
    if (from.empty())
        found.push_back({"redis.url", "is not set: where Redis is, as in redis://127.0.0.1:6379/0"});
}

// Empty when no file is named, or when it cannot be read, which is said.
std::string
read_named(std::string_view setting, const std::string& file, const file_reader& read, problems& found)
{
    if (file.empty())
        return {};
    auto text = read(file);
    if (text)
        return std::move(*text);
    found.push_back({std::string(setting), file + ": " + text.error().detail});
    return {};
}

std::shared_ptr<const net::tls_context>
tls_of(const settings::redis_settings& from, const file_reader& read, problems& found)
{
    const auto before = found.size();
    const auto authorities = read_named("redis.ca_file", from.ca_file, read, found);
    const auto certificate = read_named("redis.client_certificate", from.client_certificate, read, found);
    const auto key = read_named("redis.client_key", from.client_key, read, found);
    if (found.size() != before)
        return nullptr;
    auto made = net::tls_context::client(authorities, net::tls_context::verification::full, certificate, key);
    if (made)
        return std::move(*made);
    const std::string_view where = made.error().where;
    const auto* setting = where == "tls.ca"            ? "redis.ca_file"
                          : where == "tls.certificate" ? "redis.client_certificate"
                                                       : "redis.client_key";
    found.push_back({setting, std::move(made.error().detail)});
    return nullptr;
}

} // namespace

std::expected<session::redis_shelf_configuration, problems>
redis_shelf_of(const settings::redis_settings& from, const file_reader& read)
{
    problems found;
    session::redis_shelf_configuration made;
    made.prefix = from.key_prefix;
    auto& redis = made.redis;
    redis.what = kind_of(from.kind);
    redis.sentinel_master = from.sentinel_master;
    redis.sentinel_password = from.sentinel_password;
    redis.access.username = from.username;
    redis.access.password = from.password;
    redis.access.connect_time = from.connect_timeout;
    redis.access.command_time = from.timeout;
    read_addresses(from.url, redis.addresses, found);
    const auto is_secure = [](const net::redis_address& each)
    { return each.by == net::redis_address::way::tls; };
    if (std::ranges::any_of(redis.addresses, is_secure))
        redis.access.tls = tls_of(from, read, found);
    if (!found.empty())
        return std::unexpected(std::move(found));
    return made;
}

std::string fingerprint_of(const settings::redis_settings& from, const file_reader& read)
{
    std::string all;
    const auto add = [&all](std::string_view part)
    { all.append(std::to_string(part.size())).append(":").append(part); };
    for (const auto& each : from.url)
        add(each);
    add("|");
    for (const auto& each : {from.username, from.sentinel_master, from.key_prefix})
        add(each);
    add(from.password.reveal());
    add(from.sentinel_password.reveal());
    for (const auto& each : {from.ca_file, from.client_certificate, from.client_key})
        add(each.empty() ? std::string() : read(each).value_or(""));
    add(std::to_string(static_cast<int>(from.kind)));
    add(std::to_string(from.connect_timeout.count()));
    add(std::to_string(from.timeout.count()));
    const auto digest = crypto::hash(crypto::digest::sha256, as_bytes(all));
    wipe(all.data(), all.size());
    return hex_encode(digest);
}

} // namespace sekisho::app
