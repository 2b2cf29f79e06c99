// SPDX-License-Identifier: Apache-2.0
#include "session/summaries.hpp"

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace sekisho::session
{

summaries::summaries(
    std::shared_ptr<shelf> where,
    crypto::key_ring keys,
    const std::vector<secret>& name_secrets,
    crypto::random_source& random
)
    : shelf_(std::move(where)), keys_(std::move(keys)), names_(name_secrets), random_(&random)
{
}

shelved summaries::sealed(const noted& of) const
{
    return {of.version, keys_.seal(encode(of.what), note_name(member_name(of.what.id)), *random_)};
}

std::vector<std::string> summaries::sets_of(const summary& what) const
{
    std::vector<std::string> sets{std::string(all_set)};
    const auto append = [&](std::vector<std::string> names)
    { sets.insert(sets.end(), names.begin(), names.end()); };
    append(names_.of("user", {what.user}));
    append(names_.of("subject", {what.issuer, what.subject}));
    if (!what.sid.empty())
        append(names_.of("sid", {what.issuer, what.sid}));
    return sets;
}

net::task<result<void>> summaries::add(noted of)
{
    const auto member = member_name(of.what.id);
    // The sets first: a summary that no set finds would be counted nowhere.
    std::vector<std::string> sets{
        std::string(all_set),
        names_.of("user", {of.what.user}).front(),
        names_.of("subject", {of.what.issuer, of.what.subject}).front()
    };
    if (!of.what.sid.empty())
        sets.push_back(names_.of("sid", {of.what.issuer, of.what.sid}).front());
    for (const auto& set : sets)
    {
        auto added = co_await shelf_->add_member(set, member, of.life);
        if (!added)
            co_return std::unexpected(added.error());
    }
    auto put = co_await shelf_->put(note_name(member), sealed(of), of.life, put_when::absent_or_newer);
    if (!put)
        co_return std::unexpected(put.error());
    co_return result<void>();
}

net::task<result<void>> summaries::follow(noted of)
{
    const auto name = note_name(member_name(of.what.id));
    auto put = co_await shelf_->put(name, sealed(of), of.life, put_when::newer);
    if (!put)
        co_return std::unexpected(put.error());
    if (*put)
        co_return result<void>();
    auto there = co_await shelf_->get(name);
    if (!there)
        co_return std::unexpected(there.error());
    if (*there)
        co_return result<void>(); // a newer one
    // Lost, or the shelf was down when the session began.
    auto added = co_await add(std::move(of));
    co_return added;
}

net::task<result<void>> summaries::remove(summary what)
{
    const auto member = member_name(what.id);
    for (const auto& set : sets_of(what))
    {
        auto removed = co_await shelf_->remove_member(set, member);
        if (!removed)
            co_return std::unexpected(removed.error());
    }
    // Last, so that after a failure on the way it is found again.
    auto taken = co_await shelf_->take(note_name(member));
    if (!taken)
        co_return std::unexpected(taken.error());
    co_return result<void>();
}

net::task<result<std::optional<summary>>> summaries::find(session_id id)
{
    auto found = co_await read(member_name(id));
    co_return found;
}

net::task<result<std::vector<summary>>> summaries::of_user(std::string user)
{
    auto found = co_await in_sets(names_.of("user", {user}));
    co_return found;
}

net::task<result<std::vector<summary>>> summaries::all()
{
    auto found = co_await in_sets({std::string(all_set)});
    co_return found;
}

net::task<result<std::vector<summary>>> summaries::meant_by(ending what)
{
    if (what.what == ends::session)
    {
        auto one = co_await read(member_name(session_id(what.value)));
        if (!one)
            co_return std::unexpected(one.error());
        std::vector<summary> found;
        if (*one)
            found.push_back(std::move(**one));
        co_return found;
    }
    std::vector<std::string> sets{std::string(all_set)};
    if (what.what == ends::sid)
        sets = names_.of("sid", {what.issuer, what.value});
    if (what.what == ends::subject)
        sets = names_.of("subject", {what.issuer, what.value});
    if (what.what == ends::user)
        sets = names_.of("user", {what.value});
    auto found = co_await in_sets(std::move(sets));
    if (found)
        std::erase_if(*found, [&](const summary& each) { return each.created > what.at; });
    co_return found;
}

net::task<result<std::optional<summary>>> summaries::read(std::string member)
{
    const auto name = note_name(member);
    auto there = co_await shelf_->get(name);
    if (!there)
        co_return std::unexpected(there.error());
    if (!*there)
        co_return std::optional<summary>();
    auto plain = keys_.open((*there)->value, name);
    if (!plain)
        co_return std::optional<summary>();
    auto value = decode_summary(*plain);
    if (!value)
        co_return std::optional<summary>();
    co_return std::optional(std::move(*value));
}

net::task<result<std::vector<summary>>> summaries::in_sets(std::vector<std::string> sets)
{
    std::vector<summary> found;
    std::unordered_set<std::string> seen; // one may be in a set of an older secret too
    for (const auto& set : sets)
    {
        auto members = co_await shelf_->members(set);
        if (!members)
            co_return std::unexpected(members.error());
        for (auto& member : *members)
        {
            if (!seen.insert(member).second)
                continue;
            auto one = co_await read(std::move(member));
            if (!one)
                co_return std::unexpected(one.error());
            if (*one)
                found.push_back(std::move(**one));
        }
    }
    co_return found;
}

} // namespace sekisho::session
