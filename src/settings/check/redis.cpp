// SPDX-License-Identifier: Apache-2.0
#include "settings/check/examination.hpp"

#include <algorithm>
#include <string_view>

namespace sekisho::settings
{
namespace
{

bool is_secure(const redis_settings& redis)
{
    return std::ranges::any_of(redis.url, [](const auto& each) { return each.starts_with("rediss://"); });
}

// The number at the end of redis://host:6379/3; empty: none.
std::string_view database_of(std::string_view url)
{
    const auto begin = url.find("://");
    const auto slash = begin == std::string_view::npos ? begin : url.find('/', begin + 3);
    return slash == std::string_view::npos ? std::string_view() : url.substr(slash + 1);
}

void check_addresses(examination& about)
{
    const auto& redis = about.values().redis;
    for (const auto& each : redis.url)
    {
        const bool is_socket = each.starts_with("unix://");
        if (!is_socket && !each.starts_with("redis://") && !each.starts_with("rediss://"))
            about.refuse("redis.url", "must begin with redis://, rediss:// (with TLS) or unix://");
        else if (each.contains('@') && !is_socket)
            about.refuse(
                "redis.url",
                "holds a user or a password, and addresses are shown in logs; write them into redis.username "
                "and redis.password"
            );
        else if (is_socket && redis.kind != redis_kind::standalone)
            about.refuse(
                "redis.url", "a unix socket reaches one server; with this redis.kind give host names"
            );
        else if (redis.kind == redis_kind::cluster && !database_of(each).empty() && database_of(each) != "0")
            about.refuse("redis.url", "a cluster has database 0 only; leave the number out");
    }
    if (redis.kind == redis_kind::standalone && redis.url.size() > 1)
        about.refuse(
            "redis.url", "names several servers; that needs redis.kind sentinel or cluster, or leave one"
        );
    const auto secure =
        std::ranges::count_if(redis.url, [](const auto& each) { return each.starts_with("rediss://"); });
    if (secure != 0 && static_cast<std::size_t>(secure) != redis.url.size())
        about.refuse("redis.url", "some use TLS (rediss://) and some do not; let all be the same");
}

void check_certificates(examination& about)
{
    const auto& redis = about.values().redis;
    if (redis.client_certificate.empty() != redis.client_key.empty())
        about.require(
            redis.client_key.empty() ? "redis.client_key" : "redis.client_certificate",
            "a certificate and its key go together"
        );
    const bool is_for_tls = !redis.ca_file.empty() || !redis.client_certificate.empty();
    if (is_for_tls && !redis.url.empty() && !is_secure(redis))
        about.warn(
            redis.ca_file.empty() ? "redis.client_certificate" : "redis.ca_file",
            "has no effect: TLS is used with rediss:// only"
        );
}

} // namespace

void check_redis(examination& about)
{
    const auto& redis = about.values().redis;
    if (about.values().session.store == session_store::redis && redis.url.empty())
        about.require("redis.url", "session.store redis needs to know where it is");
    check_addresses(about);
    check_certificates(about);
    if (!redis.username.empty() && redis.password.empty())
        about.require("redis.password", "an ACL user signs in with a password");
    if (redis.kind == redis_kind::sentinel && redis.sentinel_master.empty())
        about.require("redis.sentinel_master", "sentinels watch over several masters, by name");
    if (redis.key_prefix.empty())
        about.warn(
            "redis.key_prefix", "is empty: our keys mix with those of everybody else in this database"
        );
}

} // namespace sekisho::settings
