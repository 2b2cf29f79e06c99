// SPDX-License-Identifier: Apache-2.0
#pragma once
// An ID token that came with refreshed tokens, held against the sign-in that it renews (Core 12.2). What
// every ID token must be is checked before (oidc/id_token).

#include "base/result.hpp"
#include "base/time.hpp"
#include "oidc/claims.hpp"
#include "oidc/names.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace sekisho::oidc
{

// What is remembered of ID tokens, so that a renewed one is held against them though none is kept.
struct id_token_mark
{
    std::optional<std::uint64_t> nonce;  // of the sign-in's, hashed; nullopt: it had none
    std::optional<time_point> auth_time; // of the sign-in's; nullopt: it had none
    std::optional<time_point> issued; // of the last one; nullopt: there was none, and the rest means nothing
};

// `auth_time` is the caller's to read, with its limits.
id_token_mark mark_of(const claims& id_token);

// What is known of the person who signed in.
struct renewed_person
{
    std::string issuer; // byte for byte the one of the first ID token; never empty
    oidc::subject subject;
    claims id_token; // of the last one that was kept; none: none is kept
    id_token_mark mark{};
};

// That the claims are about the same person, and newer. `iss` and `sub` must be the same. `iat` must not be
// before the last token's. A `nonce` should not be there; if it is, it must be the sign-in's. `aud` and `azp`
// are ours, as of every ID token. `auth_time` must not be before the sign-in's. A later one is what some
// providers say when the person has signed in again for another application; the caller goes on with that of
// the first token whatever this one says, so that it does not look like signing in again here. Errors:
// oidc_refresh_refused for another `iss` or `sub`; oidc_generic_token_failure; oidc_nonce_missing.
result<void> check_renewed(const claims& renewed, const renewed_person& person);

// The claims with `iss` and `sub` of this person, whatever they say themselves.
claims as_person(const claims& known, const renewed_person& person);

} // namespace sekisho::oidc
