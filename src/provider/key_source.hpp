// SPDX-License-Identifier: Apache-2.0
#pragma once
// The provider's signing keys, alive. An unknown key makes them be fetched again, throttled, for anybody can
// invent one. Keys that the settings give (oidc.jwks_file) are all there are, and nothing is fetched. Where
// the settings name who signs the set (oidc.signed_jwks_keys), no other set counts, and none beyond its end.

#include "base/result.hpp"
#include "net/task.hpp"
#include "oidc/key_set.hpp"
#include "provider/caller.hpp"
#include "provider/configuration.hpp"
#include "provider/metadata_source.hpp"
#include "provider/refreshed.hpp"
#include "provider/services.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <string>

namespace sekisho::provider
{

class key_source
{
public:
    using snapshot = std::shared_ptr<const oidc::key_set>;

    key_source(const configuration& what, const services& with, caller& calls, metadata_source& metadata);

    // Any thread. Null: never fetched, or a signed set that has expired.
    snapshot peek() const;
    document_state state() const { return document_.state(); }

    // On `home`. The newest set; fetched when there is none. Errors: oidc_key_fetch_failure, and those of the
    // metadata.
    net::task<result<snapshot>> get();
    // On `home`. For a token that `seen` has no key for: a newer set, or `seen` itself when the last such
    // fetch is less than key_refetch_pause ago. Errors: as get(): a failing provider is no reason to go on
    // with old keys.
    net::task<result<snapshot>> newer_than(snapshot seen);
    // On `home`. One attempt when its time has come and there is metadata.
    net::task<void> refresh_if_due();
    steady_time next_attempt() const { return document_.next_attempt(); }

private:
    net::task<result<refreshed<oidc::key_set>::fetched>> download();
    net::task<result<refreshed<oidc::key_set>::fetched>> logged_download();
    result<url> address() const;
    result<oidc::key_set> read(const std::string& body) const;
    std::chrono::milliseconds life_of(const oidc::key_set& keys, std::chrono::milliseconds cached) const;

    const configuration& what_;
    const services& with_;
    caller& calls_;
    metadata_source& metadata_;
    snapshot given_; // null: the keys are fetched
    refreshed<oidc::key_set> document_;
    std::optional<steady_time> last_refetch_; // home only
};

} // namespace sekisho::provider
