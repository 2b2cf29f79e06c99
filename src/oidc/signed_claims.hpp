// SPDX-License-Identifier: Apache-2.0
#pragma once
// Claims inside a JWT whose signature one of the given keys made: what ID tokens, signed UserInfo answers and
// aggregated claims have in common (RFC 7519, 7.2; RFC 8725, 3.1).

#include "base/result.hpp"
#include "base/secret.hpp"
#include "crypto/key.hpp"
#include "oidc/claims.hpp"
#include "oidc/key_set.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace sekisho::oidc
{

// What the header says before anything is verified: only good for choosing a key.
struct jwt_header
{
    crypto::algorithm alg;
    std::optional<std::string> kid;
};

// The keys to verify with: the client secret for HS*, else those of the set. Empty: the set has none, fetch
// it again.
std::vector<crypto::verification_key>
choose_keys(const jwt_header& header, const key_set& keys, const secret& client_secret);

// Where a kind of token's failures are found in the log; all of it literals.
struct token_kind
{
    errc failure;
    std::string_view where;     // "userinfo"
    std::string_view alg;       // "userinfo.alg"
    std::string_view signature; // "userinfo.signature": no key made it, a reason to fetch the keys again once
};

// Error: kind.failure at kind.where when it is no JWS or its algorithm is unknown ("none" always is).
result<jwt_header> inspect(std::string_view jwt, const token_kind& kind);

struct signed_claims
{
    oidc::claims claims;
    crypto::algorithm alg;
    crypto::verification_key key; // that made the signature
    std::optional<std::string> typ;
};

// Verifies and reads, in this order: nothing of an unverified payload is parsed. Errors: kind.failure at
// kind.where, kind.alg or kind.signature.
result<signed_claims> read_signed_claims(
    std::string_view jwt,
    const token_kind& kind,
    std::span<const crypto::algorithm> allowed,
    std::span<const crypto::verification_key> keys
);

// Reads without verifying: for a token that its way here vouches for, and for nothing else. Errors: as
// read_signed_claims(), but for kind.signature; also for an algorithm that is keyed by our own secret, whose
// signature can always be checked.
struct believed_claims
{
    oidc::claims claims;
    crypto::algorithm alg;
    std::optional<std::string> typ;
};
result<believed_claims> read_believed_claims(
    std::string_view jwt, const token_kind& kind, std::span<const crypto::algorithm> allowed
);

} // namespace sekisho::oidc
