// SPDX-License-Identifier: Apache-2.0
#pragma once
// Claims that a provider names but keeps elsewhere (Core 5.6.2): aggregated ones come along as a signed JWT,
// distributed ones wait at an address.

#include "base/result.hpp"
#include "base/secret.hpp"
#include "base/time.hpp"
#include "base/url.hpp"
#include "crypto/key.hpp"
#include "oidc/address.hpp"
#include "oidc/claims.hpp"
#include "oidc/names.hpp"
#include "oidc/signed_claims.hpp"

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::oidc
{

struct claim_source
{
    std::string name;
    std::vector<std::string> claims; // that `_claim_names` finds here and that are still missing
    std::string jwt;                 // aggregated; empty: distributed
    std::optional<url> endpoint;     // distributed
    secret access_token;             // given for that endpoint; empty: none
};

struct claim_sources
{
    std::vector<claim_source> usable;
    std::vector<std::string> notes; // one sentence for each that is not, for the log
};

// Whether the provider says that it keeps this claim somewhere else: `_claim_names` has it, or it is `groups`
// and there is Entra's `hasgroups` with any other value than false. `path` is one of find_claim(), whose
// first name counts.
bool is_kept_elsewhere(const claims& known, std::string_view path);

// Reads `_claim_names` and `_claim_sources` of verified claims. Only sources of claims that are missing and
// that are no matter of the protocol (a source never says `sub` or `acr`); at most four, an address must obey
// the rule. Never an error: what cannot be used is left out with a note.
claim_sources read_claim_sources(const claims& known, transport rule);

// Whether an endpoint's host is one of these, letter by letter but for case; "host:port" allows that port, a
// bare host the scheme's own. Plain http never is, except on this machine.
bool is_allowed_host(const url& endpoint, std::span<const std::string> hosts);

struct aggregated_expectations
{
    oidc::issuer issuer; // metadata::issuer
    std::vector<std::string> tenants;
    std::vector<crypto::algorithm> algorithms;
    std::chrono::seconds skew{60};
};

inline constexpr std::string_view bad_source_signature = "claim_source.signature";

// Error: oidc_userinfo_failure at "claim_source".
result<jwt_header> inspect_claim_source(std::string_view jwt);

// The claims of a JWT that the provider itself signed; `iss` and `exp` count when they are there. Error:
// oidc_userinfo_failure; to the caller a reason to leave the source out, for nobody vouches for it.
result<claims> validate_aggregated(
    std::string_view jwt,
    const aggregated_expectations& expected,
    std::span<const crypto::verification_key> keys,
    time_point now
);

// What an allowed host answered itself, as a JSON object or as a JWT. TLS says whose answer it is (as for an
// ID token from the token endpoint, Core 3.1.3.7 step 6), so a JWT is read without its signature. Error:
// oidc_userinfo_failure at "claim_source" with the status or what is wrong with the body.
result<claims> read_distributed(int status, std::string_view content_type, std::string_view body);

// `known` with what this source may add: the claims it is named for, nothing that is there already.
claims with_source(const claims& known, const claim_source& source, const claims& delivered);

} // namespace sekisho::oidc
