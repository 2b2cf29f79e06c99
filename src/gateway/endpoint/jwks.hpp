// SPDX-License-Identifier: Apache-2.0
#pragma once
// Our public keys, for providers that check what we sign or encrypt for us (RFC 7517, 5).

#include "gateway/endpoint.hpp"
#include "gateway/refusal.hpp"
#include "provider/registry.hpp"

namespace sekisho::gateway
{

class jwks final : public endpoint
{
public:
    // Both outlive it.
    jwks(const provider::registry& providers, refusal& refuse) : providers_(providers), refuse_(refuse) {}

    // GET, HEAD, by anybody: the public keys of all providers' client authentication, each once, those that
    // will sign and those that have just stopped among them (provider/key_rotation); and those to encrypt to
    // (provider/decryption_keys). May be cached for a few
    // minutes. Without keys: 404 not_found.
    net::task<void> answer(net::exchange& exchange, context& about) override;

private:
    const provider::registry& providers_;
    refusal& refuse_;
};

} // namespace sekisho::gateway
