// SPDX-License-Identifier: Apache-2.0
#pragma once
// The provider's discovery document, alive: fetched when first needed, refreshed, and fetched again after
// failures. With discovery off it is what the settings say, and nothing is fetched.

#include "base/result.hpp"
#include "net/task.hpp"
#include "oidc/metadata.hpp"
#include "provider/caller.hpp"
#include "provider/configuration.hpp"
#include "provider/refreshed.hpp"
#include "provider/services.hpp"

#include <memory>

namespace sekisho::provider
{

class metadata_source
{
public:
    using snapshot = std::shared_ptr<const oidc::metadata>;

    metadata_source(const configuration& what, const services& with, caller& calls);

    // Any thread. Null: never fetched.
    snapshot peek() const { return document_.peek(); }
    document_state state() const { return document_.state(); }

    // On `home`. The newest document; waits for the fetch that is under way when there is none, and answers
    // the last error at once while the back-off lasts. Errors: oidc_metadata_fetch_failure (also for any
    // redirect), oidc_issuer_mismatch.
    net::task<result<snapshot>> get();
    // On `home`. One attempt when its time has come.
    net::task<void> refresh_if_due();
    steady_time next_attempt() const { return document_.next_attempt(); }

private:
    net::task<result<refreshed<oidc::metadata>::fetched>> download();
    net::task<result<refreshed<oidc::metadata>::fetched>> logged_download();

    const configuration& what_;
    caller& calls_;
    refreshed<oidc::metadata> document_;
};

} // namespace sekisho::provider
