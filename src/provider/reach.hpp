// SPDX-License-Identifier: Apache-2.0
#pragma once
// Where a provider is for us, when that is not all in its discovery document or not where browsers find it.

#include "base/url.hpp"
#include "oidc/given_endpoints.hpp"
#include "oidc/issuer.hpp"
#include "oidc/key_set.hpp"
#include "oidc/metadata.hpp"

#include <chrono>
#include <memory>
#include <optional>

namespace sekisho::provider
{

// Of one call each; nullopt: the HTTP client's own.
struct call_timeouts
{
    std::optional<std::chrono::milliseconds> metadata; // and of the keys
    std::optional<std::chrono::milliseconds> token;
    std::optional<std::chrono::milliseconds> userinfo;
};

struct reach
{
    oidc::given_endpoints endpoints{}; // each that is set wins over the discovery document
    // Discovery is off: all there is (oidc::metadata_without_document). Null: the document says.
    std::shared_ptr<const oidc::metadata> metadata;
    // The keys are given and never fetched. Null: jwks_uri has them.
    std::shared_ptr<const oidc::key_set> keys;
    // Whose signature the provider's set of keys must have (oidc/signed_key_set). Null: TLS is enough.
    std::shared_ptr<const oidc::key_set> key_signers;
    std::optional<url> metadata_url; // of the discovery document; nullopt: where the issuer says
    // Where the issuer's origin is for us: a scheme, host and port. nullopt: where it is for browsers.
    std::optional<url> back_channel;
    call_timeouts timeouts;
};

// Where the discovery document is: the given address, else the issuer's well-known one.
url document_address(const reach& how, const oidc::issuer_setting& issuer);

// Where we find what browsers find at `address`: of the issuer's own origin at the back channel's, with the
// same path and query. Other addresses stay: a provider that knows both sides gives the right ones itself.
url address_for_us(const reach& how, const oidc::issuer_setting& issuer, const url& address);

} // namespace sekisho::provider
