// SPDX-License-Identifier: Apache-2.0
#pragma once
// Where a browser is sent to sign in: the request itself in the address, a JWT of it that we signed and may
// have encrypted, or only a reference to what was pushed to the provider before.

#include "base/result.hpp"
#include "net/task.hpp"
#include "oidc/authorization_request.hpp"
#include "oidc/metadata.hpp"
#include "provider/back_channel.hpp"
#include "provider/configuration.hpp"
#include "provider/credentials.hpp"
#include "provider/journal.hpp"
#include "provider/key_source.hpp"
#include "provider/push_limit.hpp"
#include "provider/services.hpp"

#include <memory>
#include <string>

namespace sekisho::provider
{

// Whether requests are pushed there: oidc.pushed_authorization, `auto` decided by the metadata.
bool pushes(const configuration& what, const oidc::metadata& metadata) noexcept;

// Whether there is nothing to sign and nobody to ask.
bool goes_plainly(const configuration& what, const oidc::metadata& metadata) noexcept;

// Whether the browser, which carries the request, cannot make another one of it: the nonce of one that is
// pushed or encrypted is not to be seen there. What is only signed says all of itself, and a provider that
// takes it without the signature takes it changed too.
bool is_hidden_from_browser(const configuration& what, const oidc::metadata& metadata) noexcept;

// What it is made with; all of one provider.
struct address_parts
{
    const configuration& what;
    const services& with;
    back_channel& channel;
    credentials& proofs;
    push_limit& limit;
    key_source& keys; // that requests are encrypted to
};

// On `home`. One attempt; what cannot be pushed is never sent in another way. `record` may be null. Errors:
// oidc_metadata_fetch_failure when requests are to be pushed and the provider has no address for it,
// oidc_login_error when a key or proof of ours is of no use, or a request that is to be encrypted cannot be
// (also when the provider's keys cannot be fetched), and those of back_channel::push and of the limit.
net::task<result<std::string>> authorization_address(
    address_parts parts,
    std::shared_ptr<const oidc::metadata> metadata,
    oidc::authorization_request request,
    std::shared_ptr<journal> record
);

} // namespace sekisho::provider
