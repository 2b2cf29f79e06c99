// SPDX-License-Identifier: Apache-2.0
// Holds our JWS verifier against vectors of others. Reads JSON lines
// {"id":…,"alg":…,"jwks":{"keys":[…]},"jws":…} on standard input and prints {"id":…,"valid":true|false} for
// each. `alg` is the only algorithm allowed for its line.
#include "base/json.hpp"
#include "crypto/jws.hpp"

#include <nlohmann/json.hpp>

#include <iostream>
#include <string>
#include <vector>

namespace
{

using namespace sekisho;

constexpr json_limits line_limits{.size = 4 * std::size_t{1024} * 1024, .depth = 32};

// What crypto refuses by design: vectors have symmetric keys in their sets, providers must not.
result<crypto::verification_key> symmetric_key(const json_object& jwk)
{
    const auto text = jwk.text("k");
    if (!text)
        return std::unexpected(text.error());
    const auto decoded = base64url_decode(*text);
    if (!decoded)
        return std::unexpected(decoded.error());
    return crypto::verification_key::from_secret(secret(std::string(as_text(*decoded))));
}

// Whether a symmetric key says it is for something else; crypto asks this of the others.
bool is_for(const json_object& jwk, std::string_view alg)
{
    const auto use = jwk.optional_text("use");
    const auto own = jwk.optional_text("alg");
    return use && use->value_or("sig") == "sig" && own && own->value_or(std::string(alg)) == alg;
}

bool is_made_by(const crypto::compact_jws& jws, const json& value)
{
    const auto jwk = json_object::of(value, "jwk");
    if (!jwk)
        return false;
    const auto kid = jwk->optional_text("kid");
    if (!kid || (jws.kid && *kid && *jws.kid != **kid))
        return false;
    const auto symmetric = jwk->optional_text("kty").value_or(std::nullopt) == "oct";
    if (symmetric && !is_for(*jwk, crypto::name(jws.alg)))
        return false;
    const auto key = symmetric ? symmetric_key(*jwk) : crypto::verification_key::from_jwk(value);
    return key && crypto::verify(jws, *key);
}

bool is_valid(const json& line)
{
    const auto object = json_object::of(line, "line");
    if (!object)
        return false;
    const auto alg = object->text("alg");
    const auto text = object->text("jws");
    const auto* jwks = object->find("jwks");
    if (!alg || !text || jwks == nullptr || !jwks->is_object() || !jwks->contains("keys"))
        return false;
    const auto jws = crypto::take_apart(*text);
    if (!jws || crypto::name(jws->alg) != *alg)
        return false;
    const auto& keys = jwks->at("keys");
    if (!keys.is_array())
        return false;
    for (const auto& each : keys)
        if (is_made_by(*jws, each))
            return true;
    return false;
}

std::string answer(const std::string& text)
{
    json out = {{"id", nullptr}, {"valid", false}};
    const auto line = parse_json(text, line_limits);
    if (line && line->is_object())
    {
        out["id"] = line->value("id", json());
        out["valid"] = is_valid(*line);
    }
    return to_text(out);
}

} // namespace

int main()
{
    std::ios::sync_with_stdio(false);
    for (std::string line; std::getline(std::cin, line);)
        std::cout << answer(line) << '\n';
    return 0;
}
