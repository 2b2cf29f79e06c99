// SPDX-License-Identifier: Apache-2.0
#include "provider/signing_keys.hpp"

#include "base/log.hpp"

#include <algorithm>
#include <utility>

namespace sekisho::provider
{
namespace
{

constexpr std::string_view key_setting = "oidc.signing_key";
constexpr std::string_view certificate_setting = "oidc.signing_certificate";

std::vector<signing_start> starts_of(const std::vector<signing_key_file>& keys)
{
    std::vector<signing_start> starts;
    for (const auto& each : keys)
        starts.push_back(each.from);
    return starts;
}

// Every key with the algorithm of the setting. Those it does not go with are of no use.
result<signing_key_files> bound(signing_key_files files, crypto::algorithm to)
{
    signing_key_files made{{}, std::move(files.unusable)};
    for (auto& each : files.keys)
    {
        auto key = each.key.used_with(to);
        if (key)
            made.keys.push_back({std::move(each.name), std::move(*key), each.from});
        else
            made.unusable.push_back(each.name + ": oidc.signing_key_algorithm: " + key.error().detail);
    }
    if (made.keys.empty())
        return fail(errc::value_malformed, key_setting, made.unusable.front());
    return made;
}

// The key bound to the first of these that goes with it, unless it is bound to one of them already. Of EdDSA
// only Ed25519 counts (FAPI 2.0 Security Profile, 5.4.1).
result<crypto::signing_key>
narrowed(const crypto::signing_key& key, const std::vector<crypto::algorithm>& allowed)
{
    const auto fits = [&](crypto::algorithm each)
    {
        return crypto::goes_with(each, key.kind()) && key.kind() != crypto::key_kind::ed448 &&
               key.alg().value_or(each) == each;
    };
    const auto found = std::ranges::find_if(allowed, fits);
    if (found != allowed.end())
        return key.used_with(*found);
    std::string names;
    for (const auto each : allowed)
        names.append(names.empty() ? "" : ", ").append(crypto::name(each));
    return fail(
        errc::value_malformed,
        key_setting,
        "oidc.profile allows " + names + " (EdDSA with Ed25519), which this key is not for (" +
            std::string(crypto::name(key.usual_algorithm())) + ")"
    );
}

result<signing_key_files> narrowed(signing_key_files files, const std::vector<crypto::algorithm>& allowed)
{
    signing_key_files made{{}, std::move(files.unusable)};
    for (auto& each : files.keys)
    {
        auto key = narrowed(each.key, allowed);
        if (key)
            made.keys.push_back({std::move(each.name), std::move(*key), each.from});
        else
            made.unusable.push_back(each.name + ": " + key.error().detail);
    }
    if (made.keys.empty())
        return fail(errc::value_malformed, key_setting, made.unusable.front());
    return made;
}

} // namespace

signing_keys::signing_keys(const client_proofs& from)
    : where_(from.signing_key), setting_(key_setting), algorithm_(from.signing_algorithm),
      allowed_(from.allowed), certificate_file_(from.signing_certificate)
{
}

signing_keys::signing_keys(
    std::string where, std::string_view setting, std::vector<crypto::algorithm> allowed
)
    : where_(std::move(where)), setting_(setting), allowed_(std::move(allowed))
{
}

std::string signing_keys::state() const
{
    return state_of_files(where_) + (certificate_file_.empty() ? "" : state_of_files(certificate_file_));
}

result<signing_keys::snapshot_ptr> signing_keys::read() const
{
    auto files = read_key_files<crypto::signing_key>(where_);
    if (files && algorithm_)
        files = bound(std::move(*files), *algorithm_);
    if (files && !allowed_.empty())
        files = narrowed(std::move(*files), allowed_);
    if (!files)
        return fail(errc::value_malformed, setting_, std::move(files.error().detail));
    for (const auto& each : files->unusable)
        log::warning("provider.signing_key_unusable", {{"reason", each}});
    std::string certificates;
    if (!certificate_file_.empty())
    {
        auto text = read_small_file(certificate_file_);
        if (!text)
            return fail(
                errc::value_malformed, certificate_setting, certificate_file_ + ": " + text.error().detail
            );
        certificates = std::move(*text);
    }
    return std::make_shared<const snapshot>(std::move(files->keys), std::move(certificates));
}

result<signing_keys::snapshot_ptr> signing_keys::current(time_point now)
{
    return files_.at(
        now,
        [&] { return state(); },
        [&] { return read(); },
        [](const error& why)
        {
            log::error(
                "provider.signing_keys_kept",
                {{"where", why.where}, {"detail", why.detail}, {"meaning", "the keys read before stay in use"}
                }
            );
        }
    );
}

result<signing_keys::signer> signing_keys::at(time_point now)
{
    const auto known = current(now);
    if (!known)
        return std::unexpected(known.error());
    const auto plan = plan_rotation(starts_of((*known)->keys), now);
    signer made{(*known)->keys.at(*plan.signing).key, std::nullopt};
    if (certificate_file_.empty())
        return made;
    auto thumbprints = crypto::thumbprints_for((*known)->certificates, made.key);
    if (!thumbprints)
        return fail(
            errc::value_malformed,
            certificate_setting,
            certificate_file_ + ": " + thumbprints.error().detail +
                "; it may hold several, one for each key of oidc.signing_key"
        );
    made.certificate = std::move(*thumbprints);
    return made;
}

std::vector<crypto::signing_key> signing_keys::published(time_point now)
{
    std::vector<crypto::signing_key> keys;
    if (where_.empty())
        return keys;
    const auto known = current(now);
    if (!known)
        return keys;
    const auto plan = plan_rotation(starts_of((*known)->keys), now);
    const auto add = [&](std::size_t index) { keys.push_back((*known)->keys.at(index).key); };
    add(*plan.signing);
    for (const auto index : plan.next)
        add(index);
    for (const auto index : plan.leaving)
        add(index);
    return keys;
}

} // namespace sekisho::provider
