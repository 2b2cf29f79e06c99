// SPDX-License-Identifier: Apache-2.0
#include "session/ended_sessions.hpp"

#include "session/codec_parts.hpp"

#include <algorithm>
#include <chrono>

namespace sekisho::session
{
namespace
{

// Endings over are dropped at most this often: each time all are looked at.
constexpr std::chrono::seconds pause(60);

std::string key_of(ends what, std::string_view issuer, std::string_view value)
{
    writer key(static_cast<char>('0' + static_cast<int>(what)));
    key.text(issuer);
    key.text(value);
    return key.finish();
}

std::string key_of(const ending& what)
{
    const bool has_issuer = what.what == ends::sid || what.what == ends::subject;
    return key_of(
        what.what,
        has_issuer ? std::string_view(what.issuer) : "",
        what.what == ends::everybody ? "" : std::string_view(what.value)
    );
}

} // namespace

bool ended_sessions::add(const ending& what)
{
    const std::scoped_lock lock(mutex_);
    drop_over(what.at);
    const auto [place, is_new] = endings_.try_emplace(key_of(what), what);
    count_ = endings_.size();
    auto& known = place->second;
    const auto means_more = is_new || what.at > known.at || what.until > known.until;
    known.at = std::max(known.at, what.at);
    known.until = std::max(known.until, what.until);
    return means_more;
}

bool ended_sessions::has(const session& value, time_point now) const
{
    if (count_ == 0)
        return false;
    const std::scoped_lock lock(mutex_);
    drop_over(now);
    return holds(key_of(ends::session, "", value.id.view()), value, now) ||
           (!value.sid.empty() && holds(key_of(ends::sid, value.who.issuer, value.sid), value, now)) ||
           holds(key_of(ends::subject, value.who.issuer, value.who.subject), value, now) ||
           holds(key_of(ends::user, "", value.who.user), value, now) ||
           holds(key_of(ends::everybody, "", ""), value, now);
}

void ended_sessions::add_untold(const ending& what)
{
    const std::scoped_lock lock(mutex_);
    if (std::ranges::find(untold_, what) == untold_.end())
        untold_.push_back(what);
}

void ended_sessions::set_told(const ending& what)
{
    const std::scoped_lock lock(mutex_);
    std::erase(untold_, what);
}

bool ended_sessions::has_untold() const
{
    const std::scoped_lock lock(mutex_);
    return !untold_.empty();
}

std::vector<ending> ended_sessions::untold() const
{
    const std::scoped_lock lock(mutex_);
    return untold_;
}

std::chrono::seconds ended_sessions::longest_with(std::chrono::seconds lifetime)
{
    const std::scoped_lock lock(mutex_);
    longest_ = std::max(longest_, lifetime);
    return longest_;
}

void ended_sessions::drop_over(time_point now) const
{
    if (now < next_drop_)
        return;
    next_drop_ = now + pause;
    std::erase_if(endings_, [now](const auto& each) { return each.second.until < now; });
    count_ = endings_.size();
}

bool ended_sessions::holds(const std::string& key, const session& value, time_point now) const
{
    const auto found = endings_.find(key);
    return found != endings_.end() && found->second.until >= now && means(found->second, value);
}

} // namespace sekisho::session
