// SPDX-License-Identifier: Apache-2.0
#include "oidc/id_token.hpp"

#include "http/fields.hpp"
#include "oidc/foreign.hpp"
#include "oidc/id_token_claims.hpp"
#include "oidc/token_hash.hpp"

#include <utility>

namespace sekisho::oidc
{
namespace
{

constexpr token_kind kind{
    errc::oidc_generic_token_failure,
    "id_token",
    "id_token.alg",
    bad_signature,
};

// RFC 8725, 3.11: a token that says it is of another kind (access token, logout token) is one.
result<void> check_type(const std::optional<std::string>& typ)
{
    constexpr std::string_view suffix = "+jwt";
    if (typ && typ->size() >= suffix.size() &&
        http::equal_names(std::string_view(*typ).substr(typ->size() - suffix.size()), suffix))
        return fail(kind.failure, "id_token.typ", "is " + in_quotes(*typ, 64) + ": a token of another kind");
    return {};
}

} // namespace

std::vector<crypto::algorithm> asymmetric_algorithms()
{
    using enum crypto::algorithm;
    return {rs256, rs384, rs512, ps256, ps384, ps512, es256, es384, es512, eddsa, ed25519, ed448};
}

result<id_token_header> inspect(std::string_view id_token) { return inspect(id_token, kind); }

result<claims> validate_id_token(
    std::string_view id_token,
    const id_token_expectations& expected,
    std::span<const crypto::verification_key> keys,
    time_point now
)
{
    auto read = read_signed_claims(id_token, kind, expected.algorithms, keys); // steps 6 to 8
    if (!read)
        return std::unexpected(read.error());
    if (const auto passed = check_type(read->typ); !passed)
        return std::unexpected(passed.error());
    if (const auto passed = check_claims(read->claims, expected, now); !passed)
        return std::unexpected(passed.error());
    if (const auto passed = check_hashes(read->claims, expected, read->alg, read->key.kind()); !passed)
        return std::unexpected(passed.error());
    return std::move(read->claims);
}

result<claims>
validate_believed_id_token(std::string_view id_token, const id_token_expectations& expected, time_point now)
{
    auto read = read_believed_claims(id_token, kind, expected.algorithms);
    if (!read)
        return std::unexpected(read.error());
    if (const auto passed = check_type(read->typ); !passed)
        return std::unexpected(passed.error());
    if (const auto passed = check_claims(read->claims, expected, now); !passed)
        return std::unexpected(passed.error());
    // No key says which EdDSA it is: Ed25519, for Ed448 has no hash that anybody agrees on.
    if (const auto passed = check_hashes(read->claims, expected, read->alg, crypto::key_kind::ed25519);
        !passed)
        return std::unexpected(passed.error());
    return std::move(read->claims);
}

result<claims> of_one_person(const claims& from_token_endpoint, const claims& from_browser)
{
    constexpr std::string_view where = "id_token.hybrid";
    if (from_token_endpoint.subject().empty() || from_token_endpoint.subject() != from_browser.subject())
        return fail(
            kind.failure,
            where,
            "the two ID tokens of this sign-in have different values of sub: " +
                in_quotes(from_browser.subject().view()) + " through the browser, " +
                in_quotes(from_token_endpoint.subject().view()) + " from the token endpoint"
        );
    if (from_token_endpoint.text("iss") != from_browser.text("iss"))
        return fail(
            kind.failure,
            where,
            "the two ID tokens of this sign-in have different values of iss: " +
                in_quotes(from_browser.text("iss").value_or("")) + " through the browser, " +
                in_quotes(from_token_endpoint.text("iss").value_or("")) + " from the token endpoint"
        );
    return from_token_endpoint.with_missing_from(from_browser);
}

} // namespace sekisho::oidc
