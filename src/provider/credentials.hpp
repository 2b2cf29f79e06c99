// SPDX-License-Identifier: Apache-2.0
#pragma once
// What each request to the provider is proven with: the method is chosen, and the assertion made or read, for
// every one anew.

#include "base/result.hpp"
#include "oidc/authorization_request.hpp"
#include "oidc/client_assertion.hpp"
#include "oidc/client_authentication.hpp"
#include "oidc/key_set.hpp"
#include "oidc/metadata.hpp"
#include "provider/configuration.hpp"
#include "provider/dpop_prover.hpp"
#include "provider/services.hpp"
#include "provider/signing_keys.hpp"

#include <string>
#include <vector>

namespace sekisho::provider
{

// What the configuration has to prove ourselves with.
oidc::client_means means_of(const configuration& what);

class credentials
{
public:
    // Both outlive it.
    credentials(const configuration& what, const services& with);

    // On `home`. For one request: an assertion is never used twice. Errors: oidc_code_exchange_failure; the
    // detail names the setting and the file.
    result<oidc::client_credentials> for_request(const oidc::metadata& metadata);

    // On `home`. The request as a JWT signed with oidc.signing_key (oidc/request_object). Errors:
    // oidc_login_error; the detail names the file.
    result<std::string>
    request_object(const oidc::metadata& metadata, const oidc::authorization_request& request);

    // On `home`. The same object encrypted to the newest of these keys that goes with what the provider
    // announces (oidc/request_object_encryption). Error: oidc_login_error.
    result<std::string> encrypted_object(
        const std::string& object, const oidc::metadata& metadata, const oidc::key_set& keys
    ) const;

    // Any thread: whose public halves are published now (provider/key_rotation).
    std::vector<crypto::signing_key> published_keys() { return keys_.published(with_.now()); }

    // What binds our tokens to a key of ours; off unless it is configured.
    dpop_prover& dpop() noexcept { return dpop_; }

    // Any thread: what is wrong with the files that the configuration names, for start and `check`; `where`
    // is the setting. Empty: nothing.
    std::vector<error> problems();

private:
    result<secret> assertion_for(oidc::client_authentication method, const oidc::metadata& metadata);
    result<secret> signed_assertion(const oidc::metadata& metadata);
    result<secret> foreign_assertion() const;
    result<secret> make(const oidc::metadata& metadata, const oidc::assertion_signer& signer) const;

    const configuration& what_;
    const services& with_;
    signing_keys keys_;
    dpop_prover dpop_;
};

} // namespace sekisho::provider
