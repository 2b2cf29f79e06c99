// SPDX-License-Identifier: Apache-2.0
#include "provider/decryption_keys.hpp"

#include "base/log.hpp"
#include "provider/key_files.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace sekisho::provider
{
namespace
{

constexpr std::string_view setting = "oidc.decryption_key";

bool replaces(const crypto::decryption_key& later, const crypto::decryption_key& earlier)
{
    return later.family() == earlier.family() && later.alg() == earlier.alg();
}

} // namespace

result<decryption_keys::keys> decryption_keys::read() const
{
    auto files = read_key_files<crypto::decryption_key>(where_);
    if (!files)
        return fail(errc::value_malformed, setting, std::move(files.error().detail));
    for (const auto& each : files->unusable)
        log::warning("provider.decryption_key_unusable", {{"reason", each}});
    // nullopt is less than every time.
    std::ranges::sort(
        files->keys, {}, [](const decryption_key_file& each) { return std::tie(each.from, each.name); }
    );
    keys made;
    for (auto& each : files->keys)
        made.push_back(std::move(each.key));
    return made;
}

result<std::vector<crypto::decryption_key>> decryption_keys::all(time_point now)
{
    if (where_.empty())
        return keys();
    return files_.at(
        now,
        [&] { return state_of_files(where_); },
        [&] { return read(); },
        [](const error& why)
        {
            log::error(
                "provider.decryption_keys_kept",
                {{"detail", why.detail}, {"meaning", "the keys read before stay in use"}}
            );
        }
    );
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
