// SPDX-License-Identifier: Apache-2.0
#include "oidc/id_token.hpp"

#include "base/encoding.hpp"
#include "crypto/jws.hpp"
#include "oidc/foreign.hpp"
#include "oidc/id_token_claims.hpp"
#include "oidc/token_hash.hpp"

#include <algorithm>

namespace sekisho::oidc
{
namespace
{

std::unexpected<error> refused(std::string_view where, std::string detail)
{
    return fail(errc::oidc_generic_token_failure, where, std::move(detail));
}

// Steps 7 and 8, and RFC 8725 3.11: a token that says it is of another kind (access token, logout token) is
// one.
result<void> check_header(const crypto::compact_jws& jws, const id_token_expectations& expected)
{
    if (std::ranges::find(expected.algorithms, jws.alg) == expected.algorithms.end())
        return refused(
            "id_token.alg",
            std::string(crypto::name(jws.alg)) + " is not among the algorithms that are allowed"
        );
    if (jws.typ && (jws.typ->ends_with("+jwt") || jws.typ->ends_with("+JWT")))
        return refused("id_token.typ", "is " + in_quotes(*jws.typ, 64) + ": a token of another kind");
    return {};
}

} // namespace

std::vector<crypto::algorithm> asymmetric_algorithms()
{
    using enum crypto::algorithm;
    return {rs256, rs384, rs512, ps256, ps384, ps512, es256, es384, es512, eddsa};
}

result<id_token_header> inspect(std::string_view id_token)
{
    const auto jws = crypto::take_apart(id_token);
    if (!jws)
        return translated(jws.error(), errc::oidc_generic_token_failure, "id_token");
    return id_token_header{jws->alg, jws->kid};
}

std::vector<crypto::verification_key>
choose_keys(const id_token_header& header, const key_set& keys, const secret& client_secret)
{
    if (!crypto::is_symmetric(header.alg))
        return keys.choose(header.kid, header.alg);
    if (client_secret.empty())
        return {};
    return {crypto::verification_key::from_secret(client_secret)};
}

result<claims> validate_id_token(
    std::string_view id_token,
    const id_token_expectations& expected,
    std::span<const crypto::verification_key> keys,
    time_point now
)
{
    const auto jws = crypto::take_apart(id_token);
    if (!jws)
        return translated(jws.error(), errc::oidc_generic_token_failure, "id_token");
    if (const auto header = check_header(*jws, expected); !header)
        return std::unexpected(header.error());
    const auto key = std::ranges::find_if(
        keys, [&](const crypto::verification_key& each) { return crypto::verify(*jws, each); }
    );
    if (key == keys.end())
        return refused(
            bad_signature,
            std::string(crypto::name(jws->alg)) + ", kid " + in_quotes(jws->kid.value_or(""), 64) +
                ": none of " + std::to_string(keys.size()) + " keys made this signature"
        );
    auto received = claims::parse(as_text(jws->payload), "id_token");
    if (!received)
        return translated(received.error(), errc::oidc_generic_token_failure, "id_token");
    if (const auto passed = check_claims(*received, expected, now); !passed)
        return std::unexpected(passed.error());
    if (const auto passed = check_hashes(*received, expected, jws->alg, *key); !passed)
        return std::unexpected(passed.error());
    return received;
}

} // namespace sekisho::oidc
