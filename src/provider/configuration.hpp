// SPDX-License-Identifier: Apache-2.0
#pragma once
// One identity provider as it is configured. Plain data; app/composition makes it from the settings.

#include "base/secret.hpp"
#include "crypto/key.hpp"
#include "oidc/address.hpp"
#include "oidc/client_authentication.hpp"
#include "oidc/id_token.hpp"
#include "oidc/issuer.hpp"
#include "oidc/names.hpp"
#include "oidc/profile_demands.hpp"
#include "oidc/userinfo.hpp"
#include "provider/client_proofs.hpp"
#include "provider/reach.hpp"
#include "provider/refresh_schedule.hpp"
#include "provider/wishes.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sekisho::provider
{

enum class userinfo_policy : std::uint8_t
{
    when_needed, // only when a wanted claim is missing from the ID token
    always,
    never,
};

enum class protocol : std::uint8_t
{
    openid_connect,
    oauth2, // no ID token: a completion says who the person is (GitHub)
};

// Of ID tokens. Those that are encrypted are decrypted either way.
enum class encryption_need : std::uint8_t
{
    optional,
    required,
};

// Of ID tokens.
enum class signature_need : std::uint8_t
{
    required,
    believed_for_tls, // not of what the token endpoint itself gives over TLS: this provider has no keys
};

struct configuration
{
    std::string name = "default"; // in logs, metrics and sealed sign-ins; never empty
    oidc::issuer_setting issuer;
    std::string response_issuer; // what `iss` of its answers may be beside the issuer; empty: nothing
    oidc::transport transport = oidc::transport::https_or_loopback;
    sekisho::provider::protocol protocol = sekisho::provider::protocol::openid_connect;
    oidc::flow flow = oidc::flow::pkce;
    oidc::client_id client;
    secret client_secret;                                      // empty: a public client
    std::optional<oidc::client_authentication> authentication; // nullopt: from the metadata and the proofs
    client_proofs proofs;
    std::string dpop_key;       // oidc.dpop_key: a file; empty: tokens are good by themselves
    std::string decryption_key; // oidc.decryption_key: a file, or a directory of them; empty: none
    encryption_need encryption = encryption_need::optional;
    signature_need signature = signature_need::required; // else `userinfo` is always
    std::vector<std::string> scopes{"openid", "profile", "email"};
    std::vector<crypto::algorithm> algorithms = oidc::asymmetric_algorithms();
    std::optional<oidc::profile_demands> profile; // oidc.profile: what is demanded of the provider, always
    std::vector<std::string> trusted_audiences;   // that may stand beside ours in `aud`
    // With issuer.rule tenant_template: values of `tid` that are let in; empty: nobody is.
    std::vector<std::string> tenants;
    std::vector<std::string> hosted_domains; // values of Google's `hd` that are let in; empty: everybody
    std::chrono::seconds clock_skew{60};
    userinfo_policy userinfo = userinfo_policy::when_needed;
    oidc::token_place userinfo_token = oidc::token_place::header;
    std::vector<std::string> claim_hosts; // that distributed claims are fetched from; empty: they are not
    // Chains of claim paths, as the identity mapping has them. A chain is satisfied when one of its claims is
    // there.
    std::vector<std::vector<std::string>> wanted_claims;
    bool reads_access_token = false; // whether the identity mapping looks into the access token
    request_wishes wishes;
    sign_out_form sign_out = sign_out_form::automatic;
    sign_out_hint hint_at_sign_out = sign_out_hint::always;
    std::string sign_out_landing; // a path of ours or an address; empty: our own page
    revocation revokes = revocation::none;
    provider::offer offer;
    provider::reach reach;
    refresh_intervals refresh;                           // of the metadata and of the keys
    std::chrono::milliseconds key_refetch_pause{10'000}; // between two fetches because of an unknown key
};

// Where the keys that its signatures are checked with come from.
oidc::key_place place_of_keys(const configuration& what) noexcept;

// Whether nothing of this provider is ever held against keys of its own: there is no ID token, or it is
// believed without.
bool has_no_keys(const configuration& what) noexcept;

} // namespace sekisho::provider
