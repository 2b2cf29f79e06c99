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
        {
            made.skipped_.push_back(describe_key(index, jwk) + ": " + key.error().detail);
            if (auto recipient = crypto::encryption_key::from_jwk(jwk))
                made.encryption_keys_.push_back(std::move(*recipient));
        }
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

result<key_set> key_set::from_pem(std::string_view text)
{
    constexpr std::string_view begin = "-----BEGIN ";
    key_set made;
    for (auto at = text.find(begin); at != std::string_view::npos;)
    {
        const auto next = text.find(begin, at + begin.size());
        if (made.keys_.size() == most_keys)
            return fail(errc::value_malformed, where, "more than " + std::to_string(most_keys) + " keys");
        auto key = crypto::verification_key::from_pem(text.substr(at, next - at)); // npos - at is the rest
        if (!key)
            return fail(
                key.error().code,
                where,
                "PEM block " + std::to_string(made.keys_.size() + 1) + ": " + key.error().detail
            );
        made.keys_.push_back(std::move(*key));
        at = next;
    }
    if (made.keys_.empty())
        return fail(
            errc::value_malformed, where, "is neither a JWK set nor public keys or certificates in PEM"
        );
    return made;
}

result<key_set> key_set::from_file(std::string_view text)
{
    const auto first = text.find_first_not_of(" \t\r\n");
    const bool is_json = first != std::string_view::npos && text[first] == '{';
    auto made = is_json ? parse(text) : from_pem(text);
    if (!made && is_json)
        if (auto single = parse(std::string(R"({"keys":[)").append(text).append("]}")))
            made = std::move(single);
    if (!made)
        return fail(errc::value_malformed, where, made.error().detail);
    made->unnamed_fit_all_ = true;
    return made;
}

key_set key_set::expiring(std::optional<time_point> when) const
{
    auto made = *this;
    made.expiry_ = when;
    return made;
}

key_set key_set::without(crypto::key_kind kind, std::string_view why) const
{
    auto made = *this;
    made.keys_.clear();
    for (const auto& each : keys_)
        if (each.kind() != kind)
            made.keys_.push_back(each);
        else
            made.skipped_.push_back(
                "kid " + in_quotes(each.kid().value_or(""), 64) + ": " + std::string(why)
            );
    return made;
}

std::vector<crypto::verification_key>
key_set::choose(const std::optional<std::string>& kid, crypto::algorithm alg) const
{
    std::vector<crypto::verification_key> chosen;
    for (const auto& key : keys_)
        if (key.takes(alg) && may_have(key, kid))
            chosen.push_back(key);
    return chosen;
}

} // namespace sekisho::oidc
