// SPDX-License-Identifier: Apache-2.0
#pragma once
// One configured identity provider, alive. Its calls are made on the control worker; what is public here may
// be called from any worker and answers there.

#include "base/result.hpp"
#include "net/task.hpp"
#include "oidc/authorization_request.hpp"
#include "oidc/authorization_response.hpp"
#include "oidc/logout_token.hpp"
#include "oidc/metadata.hpp"
#include "provider/back_channel.hpp"
#include "provider/caller.hpp"
#include "provider/completion.hpp"
#include "provider/configuration.hpp"
#include "provider/credentials.hpp"
#include "provider/decryption_keys.hpp"
#include "provider/journal.hpp"
#include "provider/key_source.hpp"
#include "provider/metadata_source.hpp"
#include "provider/push_limit.hpp"
#include "provider/refreshed.hpp"
#include "provider/renewal.hpp"
#include "provider/services.hpp"
#include "provider/verification.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace sekisho::provider
{

class provider
{
public:
    // `completes` may be null, except with protocol::oauth2 (registry::add refuses that).
    provider(configuration what, services with, std::unique_ptr<completion> completes = nullptr);
    provider(const provider&) = delete;
    provider& operator=(const provider&) = delete;

    const std::string& name() const noexcept { return what_.name; }
    const configuration& settings() const noexcept { return what_; }
    bool has_completion() const noexcept { return completes_ != nullptr; }

    // For readiness and sign-out: what is known, without waiting. Null: never fetched.
    std::shared_ptr<const oidc::metadata> known_metadata() const { return metadata_.peek(); }
    document_state metadata_state() const { return metadata_.state(); }
    document_state key_state() const { return keys_.state(); }

    // The metadata, fetched when there is none yet. Errors: oidc_metadata_fetch_failure,
    // oidc_issuer_mismatch.
    net::task<result<std::shared_ptr<const oidc::metadata>>> metadata();
    // The keys, fetched when there are none yet; for `check`. Errors: oidc_key_fetch_failure, and those of
    // metadata().
    net::task<result<std::shared_ptr<const oidc::key_set>>> keys();
    // Where the browser goes to sign in (provider/authorization_address): at once where nothing is signed or
    // pushed. Goes on to its end when the caller is gone.
    net::task<result<std::string>> authorization_address(
        std::shared_ptr<const oidc::metadata> metadata,
        oidc::authorization_request request,
        std::shared_ptr<journal> record = nullptr
    );
    // What is inside a signed authorization response (provider/response_check). Goes on to its end when the
    // caller is gone.
    net::task<result<oidc::parameters>> open_response(std::string jwt);
    // The second half of a sign-in (provider/verification). Goes on to its end when the caller is gone.
    net::task<result<verified_sign_in>>
    verify(oidc::authorization_grant grant, sign_in_expectations expected);

    // What a logout token of this provider says (provider/logout_check). Goes on to its end when the caller
    // is gone.
    net::task<result<oidc::logout_token>> check_logout_token(std::string token);

    // What is renewed behind the browser's back (provider/renewal). Both go on to their end when the caller
    // is gone.
    net::task<result<renewed_sign_in>> renew(secret refresh_token, renewal_expectations expected);
    net::task<result<renewed_sign_in>> recheck(secret access_token, renewal_expectations expected);
    // Tells the provider that a token is used no more (RFC 7009); nothing happens where there is no address
    // for it, or for an empty token. Error: oidc_revocation_failure (also when its metadata is not known).
    net::task<result<void>> revoke(secret token, oidc::token_hint what);

    // Any thread: our keys whose public halves are to be known now. Empty: none.
    std::vector<crypto::signing_key> published_keys() { return credentials_.published_keys(); }
    // Any thread: the key that tokens are bound to (dpop_prover::key); for `check`.
    result<crypto::signing_key> dpop_key() { return credentials_.dpop().key(); }
    // Any thread: the keys that the provider is to encrypt to. Empty: none.
    std::vector<crypto::decryption_key> published_decryption_keys()
    {
        return decrypts_.published(with_.now());
    }
    // Any thread: all keys that decrypt (decryption_keys::all).
    result<std::vector<crypto::decryption_key>> all_decryption_keys() { return decrypts_.all(with_.now()); }
    // Any thread: what is wrong with the files that prove us (credentials::problems), and with those that
    // decrypt.
    std::vector<error> credential_problems();

    // To be spawned on `home`: fetches at start, refreshes, and recovers from failures without waiting for a
    // visitor. Ends after stop().
    net::task<void> run();
    // On `home`. Nothing happens when run() is not running.
    void stop();

private:
    configuration what_;
    services with_;
    caller calls_;
    metadata_source metadata_;
    key_source keys_;
    credentials credentials_;
    decryption_keys decrypts_;
    back_channel channel_;
    push_limit pushed_; // home only
    std::unique_ptr<completion> completes_;
    // What run() waits for is its own, so that it dies with it. Both home only.
    std::weak_ptr<net::wake_up> waiting_;
    bool is_stopping_ = false;

    verification_parts parts()
    {
        return {what_, with_, metadata_, keys_, channel_, decrypts_, completes_.get()};
    }
    // Until something is due again.
    std::chrono::milliseconds idle_time() const;
};

} // namespace sekisho::provider
