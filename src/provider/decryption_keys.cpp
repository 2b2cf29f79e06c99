// SPDX-License-Identifier: Apache-2.0
#include "provider/decryption_keys.hpp"

#include "base/json.hpp"
#include "base/log.hpp"
#include "provider/key_files.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

namespace sekisho::provider
{
namespace
{

constexpr std::string_view setting = "oidc.decryption_key";

struct dated_key
{
    crypto::decryption_key key;
    std::optional<double> from; // a JWK's `nbf`
    std::string name;
};

result<dated_key> read_jwk(std::string_view text)
{
    const auto parsed = parse_json(text);
    if (!parsed)
        return std::unexpected(parsed.error());
    auto key = crypto::decryption_key::from_jwk(*parsed);
    if (!key)
        return std::unexpected(key.error());
    const auto members = json_object::of(*parsed, setting);
    const auto from = members->optional_number("nbf");
    if (!from)
        return std::unexpected(from.error());
    return dated_key{std::move(*key), *from, {}};
}

result<dated_key> read_key(const std::string& name)
{
    auto text = read_small_file(name);
    if (!text)
        return std::unexpected(text.error());
    const secret kept(std::move(*text));
    const auto first = kept.reveal().find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos)
        return fail(errc::value_malformed, setting, "the file is empty");
    if (kept.reveal()[first] == '{')
        return read_jwk(kept.reveal());
    auto key = crypto::decryption_key::from_pem(kept);
    if (!key)
        return std::unexpected(key.error());
    return dated_key{std::move(*key), std::nullopt, {}};
}

std::string in_a_row(const std::vector<std::string>& texts)
{
    std::string all;
    for (const auto& each : texts)
        all.append(all.empty() ? "" : "; ").append(each);
    return all;
}

bool replaces(const crypto::decryption_key& later, const crypto::decryption_key& earlier)
{
    return later.family() == earlier.family() && later.alg() == earlier.alg();
}

} // namespace

result<decryption_keys::keys> decryption_keys::read() const
{
    std::vector<dated_key> found;
    std::vector<std::string> unusable;
    for (const auto& name : key_file_names(where_))
    {
        auto key = read_key(name);
        if (key)
        {
            key->name = name;
            found.push_back(std::move(*key));
        }
        else
            unusable.push_back(name + ": " + key.error().detail);
    }
    if (found.empty())
        return fail(
            errc::value_malformed,
            setting,
            unusable.empty() ? where_ +
                                   ": no key in this directory (*.jwk, *.json, *.pem, *.key); `sekisho key "
                                   "generate --alg RSA-OAEP-256 --out " +
                                   where_ + "` makes one"
                             : in_a_row(unusable)
        );
    for (const auto& each : unusable)
        log::warning("provider.decryption_key_unusable", {{"reason", each}});
    // nullopt is less than every time.
    std::ranges::sort(found, {}, [](const dated_key& each) { return std::pair(each.from, each.name); });
    keys made;
    for (auto& each : found)
        made.push_back(std::move(each.key));
    return made;
}

result<std::vector<crypto::decryption_key>> decryption_keys::all(time_point now)
{
    if (where_.empty())
        return keys();
    const std::scoped_lock lock(mutex_);
    if (looked_ == now)
        return known_;
    looked_ = now;
    auto now_there = state_of_files(where_);
    if (now_there == seen_)
        return known_;
    seen_ = std::move(now_there);
    auto fresh = read();
    if (!fresh && known_ && !known_->empty())
        log::error(
            "provider.decryption_keys_kept",
            {{"detail", fresh.error().detail}, {"meaning", "the keys read before stay in use"}}
        );
    else
        known_ = std::move(fresh);
    return known_;
}

std::vector<crypto::decryption_key> decryption_keys::published(time_point now)
{
    const auto known = all(now);
    keys newest;
    if (!known)
        return newest;
    for (const auto& each : *known)
    {
        std::erase_if(newest, [&](const crypto::decryption_key& before) { return replaces(each, before); });
        newest.push_back(each);
    }
    return newest;
}

} // namespace sekisho::provider
