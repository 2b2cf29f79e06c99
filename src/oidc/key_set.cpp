// SPDX-License-Identifier: Apache-2.0
#include "oidc/key_set.hpp"

#include "base/json.hpp"
#include "oidc/foreign.hpp"

#include <nlohmann/json.hpp>

#include <cstddef>

namespace sekisho::oidc
{
namespace
{

constexpr std::string_view where = "key_set";
constexpr std::size_t most_keys = 128; // large providers publish about ten

std::string describe_key(std::size_t index, const json& jwk)
{
    auto text = "key " + std::to_string(index + 1);
    if (const auto kid = jwk.is_object() ? jwk.find("kid") : jwk.end(); kid != jwk.end() && kid->is_string())
        text += " (kid " + in_quotes(kid->get_ref<const std::string&>(), 64) + ")";
    return text;
}

std::string joined(const std::vector<std::string>& sentences)
{
    std::string text;
    for (const auto& each : sentences)
        text.append(text.empty() ? "" : "; ").append(each);
    return text;
}

} // namespace

result<key_set> key_set::parse(std::string_view document)
{
    const auto parsed = parse_json(document);
    if (!parsed)
        return translated(parsed.error(), errc::oidc_key_fetch_failure, where);
    const auto members = json_object::of(*parsed, where);
    if (!members)
        return translated(members.error(), errc::oidc_key_fetch_failure, where);
    const auto* const list = members->find("keys");
    if (!list || !list->is_array())
        return fail(errc::oidc_key_fetch_failure, where, "has no array \"keys\": it is not a JWK set");
    key_set made;
    for (std::size_t index = 0; index < list->size() && index < most_keys; ++index)
    {
        const auto& jwk = (*list)[index];
        if (auto key = crypto::verification_key::from_jwk(jwk))
            made.keys_.push_back(std::move(*key));
        else
            made.skipped_.push_back(describe_key(index, jwk) + ": " + key.error().detail);
    }
    if (list->size() > most_keys)
        made.skipped_.push_back("all keys after the first " + std::to_string(most_keys));
    if (made.keys_.empty())
        return fail(
            errc::oidc_key_fetch_failure,
            where,
            list->empty() ? "the JWK set is empty" : "no key is usable: " + joined(made.skipped_)
        );
    return made;
}

std::vector<crypto::verification_key>
key_set::choose(const std::optional<std::string>& kid, crypto::algorithm alg) const
{
    std::vector<crypto::verification_key> chosen;
    for (const auto& key : keys_)
        if (crypto::goes_with(alg, key.kind()) && key.alg().value_or(alg) == alg &&
            (!kid || key.kid() == kid))
            chosen.push_back(key);
    return chosen;
}

} // namespace sekisho::oidc
