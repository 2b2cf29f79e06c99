// SPDX-License-Identifier: Apache-2.0
#pragma once
// What we say to the provider behind the browser's back. Each call is made once: a code is good for one
// attempt. Only where a proof lacked the server's nonce it is made again, once (RFC 9449, 8): nothing was
// used up.

#include "base/result.hpp"
#include "base/secret.hpp"
#include "base/url.hpp"
#include "net/http_client.hpp"
#include "net/task.hpp"
#include "oidc/metadata.hpp"
#include "oidc/names.hpp"
#include "oidc/pushed_request.hpp"
#include "oidc/revocation.hpp"
#include "oidc/token_request.hpp"
#include "oidc/token_response.hpp"
#include "provider/caller.hpp"
#include "provider/configuration.hpp"
#include "provider/credentials.hpp"
#include "provider/journal.hpp"

#include <functional>
#include <memory>
#include <optional>

namespace sekisho::provider
{

class back_channel
{
public:
    // All outlive it.
    back_channel(const configuration& what, caller& calls, credentials& proofs)
        : what_(what), calls_(calls), credentials_(proofs)
    {
    }

    // On `home`. What is sent and what comes back is written into `record` unless it is null; it outlives the
    // call. Errors: oidc_code_exchange_failure, oidc_code_exchange_token_missing.
    net::task<result<oidc::token_response>>
    redeem(std::shared_ptr<const oidc::metadata> metadata, oidc::code_grant grant, journal* record = nullptr);

    // On `home`. Errors: oidc_refresh_refused, oidc_refresh_failure; the latter also when no answer came,
    // whatever became of the token.
    net::task<result<oidc::token_response>>
    refresh(std::shared_ptr<const oidc::metadata> metadata, oidc::refresh_grant grant);

    // On `home`. Nothing is asked when the provider has no address for it. Error: oidc_revocation_failure.
    net::task<result<void>>
    revoke(std::shared_ptr<const oidc::metadata> metadata, secret token, oidc::token_hint what);

    // On `home`. An authorization request ahead of its browser (RFC 9126); `record` as of redeem(). Errors:
    // oidc_metadata_fetch_failure when the provider has no address for it, oidc_provider_unavailable,
    // oidc_auth_error, and oidc_login_error when we cannot prove who we are.
    net::task<result<oidc::pushed_response>>
    push(std::shared_ptr<const oidc::metadata> metadata, oidc::parameters request, journal* record = nullptr);

    // On `home`. What the UserInfo endpoint answered, with whatever status; `record` as of redeem(). Error:
    // oidc_userinfo_failure.
    net::task<result<net::incoming_response>>
    userinfo(std::shared_ptr<const oidc::metadata> metadata, secret access_token, journal* record = nullptr);

    // On `home`. What the endpoint of a distributed claim answered; the token is the one given for it, never
    // the sign-in's (empty: none goes along). Error: oidc_userinfo_failure.
    net::task<result<net::incoming_response>> claim_source(url endpoint, secret access_token);

private:
    // Makes a request anew, so that no client assertion is used twice; may be called twice.
    using request_maker = std::function<result<net::outgoing_request>()>;
    // What goes with a proof of our key where there is one (provider/dpop_prover).
    struct proven_call
    {
        call what;
        std::shared_ptr<const oidc::metadata> metadata;
        secret access_token; // the one inside the request; empty: none
        journal* record;     // null: none
    };
    // What the maker refers to outlives the call. Errors: the maker's and the prover's, with a `where` that
    // is a setting's; those of caller::send, which have another.
    net::task<result<net::incoming_response>> send(proven_call how, request_maker make);

    // RFC 8705, 5: who presents a certificate asks where certificates are asked for.
    const url& for_certificates(const std::optional<url>& alias, const url& usual) const;

    const configuration& what_;
    caller& calls_;
    credentials& credentials_;
};

} // namespace sekisho::provider
