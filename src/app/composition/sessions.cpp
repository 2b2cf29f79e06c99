// SPDX-License-Identifier: Apache-2.0
#include "app/composition/sessions.hpp"

#include "app/composition/composition.hpp"
#include "app/composition/parts.hpp"
#include "app/composition/redis.hpp"
#include "base/log.hpp"
#include "session/cookie_store.hpp"
#include "session/memory_shelf.hpp"
#include "session/shelf_file.hpp"
#include "session/ticket_store.hpp"

#include <algorithm>
#include <utility>

namespace sekisho::app
{
namespace
{

constexpr std::string_view file_purpose = "session_file";

settings::session_store kind_of(const settings::model& from)
{
    if (from.session.store != settings::session_store::automatic)
        return from.session.store;
    return from.redis.url.empty() ? settings::session_store::cookie : settings::session_store::redis;
}

std::shared_ptr<session::store> store_of(const settings::model& from, const keeper_ground& on)
{
    auto cookies = cookies_of(from);
    if (kind_of(from) != settings::session_store::cookie)
        return std::make_shared<session::ticket_store>(
            std::move(cookies),
            on.shelf,
            kind_of(from) == settings::session_store::redis ? session::ticket_store::shared_by::replicas
                                                            : session::ticket_store::shared_by::workers,
            on.secrets,
            lifetimes_of(from),
            on.random,
            on.meter
        );
    auto renewed = std::make_shared<session::handover>(
        on.shelf, crypto::key_ring(on.secrets, "session_handover"), on.random
    );
    return std::make_shared<session::cookie_store>(
        std::move(cookies), crypto::key_ring(on.secrets, "session"), on.random, std::move(renewed), on.meter
    );
}

session::keeper_rules rules_of(const settings::model& from)
{
    return {
        lifetimes_of(from),
        from.session.max_per_person,
        from.session.when_too_many == settings::too_many_sessions::refuse ? session::too_many::refuse
                                                                          : session::too_many::end_oldest
    };
}

} // namespace

std::vector<secret> secrets_of(const settings::session_settings& from, const secret& random_secret)
{
    std::vector<secret> made{from.secret.empty() ? random_secret : from.secret};
    made.insert(made.end(), from.secret_previous.begin(), from.secret_previous.end());
    return made;
}

std::shared_ptr<live_shelf> shelf_of(
    const settings::model& from,
    const foundation& on,
    const std::shared_ptr<live_shelf>& before,
    std::vector<composition_problem>& found
)
{
    const auto is_shared = !from.redis.url.empty() && kind_of(from) != settings::session_store::memory;
    // One in memory lives on whatever its limit: another one would be without everybody's sessions.
    auto name = is_shared ? "redis " + fingerprint_of(from.redis, on.read_file) : std::string("memory");
    if (before && before->from == name)
        return before;
    if (!is_shared)
    {
        auto made = std::make_shared<session::memory_shelf>(from.session.memory_limit);
        return std::make_shared<live_shelf>(std::move(name), made, made, nullptr);
    }
    auto reach = redis_shelf_of(from.redis, on.read_file);
    if (!reach)
    {
        found.insert(found.end(), reach.error().begin(), reach.error().end());
        reach = session::redis_shelf_configuration{};
    }
    auto made = std::make_shared<session::redis_shelf>(on.control, std::move(*reach));
    return std::make_shared<live_shelf>(std::move(name), made, nullptr, made);
}

void tell_of_other_shelf(const live_shelf& before, const live_shelf& now)
{
    const auto name_of = [](const live_shelf& which)
    { return which.redis ? which.redis->description() : std::string("memory"); };
    const auto old_name = name_of(before);
    const auto new_name = name_of(now);
    if (old_name == new_name) // with another password, say
        log::info("session_store.connected_anew", {{"store", new_name}});
    else
        log::warning(
            "session_store.replaced",
            {{"before", old_name},
             {"store", new_name},
             {"meaning", "sessions that only the former one has are over; those in cookies stay"}}
        );
}

void load_sessions(const settings::model& from, const foundation& on, const live_shelf& into)
{
    if (!into.memory || from.session.memory_file.empty())
        return;
    const crypto::key_ring keys(secrets_of(from.session, on.random_secret), file_purpose);
    const auto count = session::load_shelf(*into.memory, from.session.memory_file, keys, wall_clock_now());
    if (count)
        log::info("session.file_read", {{"file", from.session.memory_file}, {"values", *count}});
    else
        log::failure("session.file_unusable", count.error(), {{"file", from.session.memory_file}});
}

void save_sessions(const settings::model& from, const foundation& on, const live_shelf& shelf)
{
    if (!shelf.memory || from.session.memory_file.empty())
        return;
    const crypto::key_ring keys(secrets_of(from.session, on.random_secret), file_purpose);
    const auto count = session::save_shelf(
        *shelf.memory, from.session.memory_file, keys, crypto::system_random(), wall_clock_now()
    );
    if (count)
        log::info("session.file_written", {{"file", from.session.memory_file}, {"values", *count}});
    else
        log::failure("session.file_not_written", count.error(), {{"file", from.session.memory_file}});
}

std::shared_ptr<session::keeper> keeper_of(const settings::model& from, keeper_ground on)
{
    auto store = store_of(from, on);
    return std::make_shared<session::keeper>(
        std::move(store),
        on.shelf,
        std::move(on.ended),
        crypto::key_ring(on.secrets, "session_note"),
        on.secrets,
        rules_of(from),
        std::move(on.on_ending),
        on.random
    );
}

} // namespace sekisho::app
