// SPDX-License-Identifier: Apache-2.0
#pragma once
// What binds our tokens to a key of ours (DPoP, RFC 9449): the key alive, a proof for each request, and the
// nonces that the provider's servers gave us last.

#include "base/result.hpp"
#include "net/http_client.hpp"
#include "oidc/dpop.hpp"
#include "oidc/metadata.hpp"
#include "provider/configuration.hpp"
#include "provider/services.hpp"
#include "provider/signing_keys.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <utility>

namespace sekisho::provider
{

// Whose nonces are whose: those of one are of no use to the other, on the same host too (RFC 9449, 8 and 9).
enum class dpop_server : std::uint8_t
{
    authorization, // the token endpoint and that of pushed requests
    resource,      // UserInfo
};

class dpop_prover
{
public:
    // Both outlive it.
    dpop_prover(const configuration& what, const services& with);

    // Any thread.
    bool is_on() const noexcept { return !what_.dpop_key.empty(); }
    oidc::token_scheme scheme() const noexcept
    {
        return is_on() ? oidc::token_scheme::dpop : oidc::token_scheme::bearer;
    }
    // Any thread: the key as its file is now. Error: value_malformed at "oidc.dpop_key", also when this is
    // off.
    result<crypto::signing_key> key();
    // Any thread: what a code is bound to, the thumbprint of the key (RFC 9449, 10; RFC 7638). Empty: this is
    // off. Errors: those of key() and of oidc::choose_dpop_algorithm.
    result<std::string> thumbprint(const oidc::metadata& metadata);
    // Any thread: whether the key can be used, if there is to be one. Error: value_malformed at
    // "oidc.dpop_key".
    result<void> check();

    // On `home`. The request with its proof; as it is when this is off. `access_token` is the one inside it;
    // empty: none. Errors: those of thumbprint().
    result<net::outgoing_request> proven(
        net::outgoing_request request,
        dpop_server at,
        const oidc::metadata& metadata,
        const secret& access_token
    );
    // On `home`. Keeps the nonce of an answer to a request that was made to this address. Whether the same
    // request is to be made again with it.
    bool remember(dpop_server at, const url& asked, const net::incoming_response& answer);

private:
    const configuration& what_;
    const services& with_;
    signing_keys keys_;
    std::map<std::pair<dpop_server, std::string>, std::string> nonces_; // by origin; home only
};

} // namespace sekisho::provider
