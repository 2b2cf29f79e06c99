// SPDX-License-Identifier: Apache-2.0
#pragma once
// Validation of an ID token: every check of OpenID Connect Core 3.1.3.7, 3.2.2.11 and
// 3.3.2.12.

#include "base/result.hpp"
#include "base/secret.hpp"
#include "base/time.hpp"
#include "crypto/key.hpp"
#include "oidc/claims.hpp"
#include "oidc/key_set.hpp"
#include "oidc/names.hpp"
#include "oidc/signed_claims.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::oidc
{

// RS, PS and ES 256 to 512, EdDSA, Ed25519 and Ed448. HS* has to be asked for; "none" does not exist.
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
    // When the issuer is a template: values of `tid` that are let in.
    std::vector<std::string> tenants;
    std::vector<std::string> hosted_domains; // values of `hd` that are let in; empty: `hd` is not looked at
    client_id client;
    std::vector<std::string> trusted_audiences; // other audiences that may stand beside ours
    std::vector<crypto::algorithm> algorithms = asymmetric_algorithms();
    std::optional<oidc::nonce> nonce;            // what this sign-in sent; nullopt only after a refresh
    std::optional<std::chrono::seconds> max_age; // what this sign-in sent: then auth_time is required
    std::chrono::seconds skew{60};
    secret access_token;            // issued together with the ID token; empty: none
    std::optional<oidc::code> code; // issued together with the ID token (hybrid)
    // Required for what came through the browser with the token (Core 3.2.2.9 and 3.3.2.11).
    hash_claim at_hash = hash_claim::optional;
    hash_claim c_hash = hash_claim::optional;
};

using id_token_header = jwt_header;

// Error: oidc_generic_token_failure at "id_token" when it is no JWS or its algorithm is unknown.
result<id_token_header> inspect(std::string_view id_token);

// `where` of a signature that no key made; as an empty choose_keys() a reason to fetch the keys again once.
inline constexpr std::string_view bad_signature = "id_token.signature";

// The claims of a token that passed every check. `now` is compared with the token's times, `skew` either way.
// Errors: oidc_generic_token_failure, oidc_nonce_missing, oidc_issuer_mismatch, oidc_account_not_allowed
// (another tenant's or domain's); `where` names the claim
// ("id_token.aud"), the detail what was expected and received, never the token.
result<claims> validate_id_token(
    std::string_view id_token,
    const id_token_expectations& expected,
    std::span<const crypto::verification_key> keys,
    time_point now
);

// Every check but that of the signature, for a token that the token endpoint itself gave over TLS (Core
// 3.1.3.7, 6) by a provider that publishes no keys. Never for one that came through a browser. Errors: as
// validate_id_token(); also for HS*, whose signature can always be checked.
result<claims>
validate_believed_id_token(std::string_view id_token, const id_token_expectations& expected, time_point now);

// Hybrid (Core 3.3.3.6): the claims of both ID tokens, those from the token endpoint winning. Error:
// oidc_generic_token_failure when `iss` or `sub` differ.
result<claims> of_one_person(const claims& from_token_endpoint, const claims& from_browser);

} // namespace sekisho::oidc
