// SPDX-License-Identifier: Apache-2.0
#pragma once
// Validation of an ID token: every check of OpenID Connect Core 3.1.3.7 and 3.2.2.11.

#include "base/result.hpp"
#include "base/secret.hpp"
#include "base/time.hpp"
#include "crypto/key.hpp"
#include "oidc/claims.hpp"
#include "oidc/key_set.hpp"
#include "oidc/names.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::oidc
{

// RS, PS and ES 256 to 512 and EdDSA. HS* has to be asked for; "none" does not exist.
std::vector<crypto::algorithm> asymmetric_algorithms();

// Whether a hash claim has to be there; when it is there it is always checked.
enum class hash_claim : std::uint8_t
{
    optional,
    required,
};

struct id_token_expectations
{
    oidc::issuer issuer; // metadata::issuer
    client_id client;
    std::vector<std::string> trusted_audiences; // other audiences that may stand beside ours
    std::vector<crypto::algorithm> algorithms = asymmetric_algorithms();
    std::optional<oidc::nonce> nonce;            // what this sign-in sent; nullopt only after a refresh
    std::optional<std::chrono::seconds> max_age; // what this sign-in sent: then auth_time is required
    std::chrono::seconds skew{60};
    secret access_token;                       // issued together with the ID token; empty: none
    std::optional<oidc::code> code;            // issued together with the ID token (hybrid)
    hash_claim at_hash = hash_claim::optional; // required: implicit with an access token (Core 3.2.2.9)
};

// What the header says before anything is verified: only good for choosing a key.
struct id_token_header
{
    crypto::algorithm alg;
    std::optional<std::string> kid;
};

// Error: oidc_generic_token_failure at "id_token" when it is no JWS or its algorithm is unknown.
result<id_token_header> inspect(std::string_view id_token);

// The keys to validate with: the client secret for HS*, else those of the set. Empty: the set has none, fetch
// it again.
std::vector<crypto::verification_key>
choose_keys(const id_token_header& header, const key_set& keys, const secret& client_secret);

// `where` of a signature that no key made; as an empty choose_keys() a reason to fetch the keys again once.
inline constexpr std::string_view bad_signature = "id_token.signature";

// The claims of a token that passed every check. `now` is compared with the token's times, `skew` either way.
// Errors: oidc_generic_token_failure, oidc_nonce_missing, oidc_issuer_mismatch; `where` names the claim
// ("id_token.aud"), the detail what was expected and received, never the token.
result<claims> validate_id_token(
    std::string_view id_token,
    const id_token_expectations& expected,
    std::span<const crypto::verification_key> keys,
    time_point now
);

} // namespace sekisho::oidc
