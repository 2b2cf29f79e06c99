// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a provider does with proofs of possession, in its own reading of RFC 9449: put in front of the honest
// answers of a fake_provider it refuses every request whose proof is not good, and binds tokens to the key.

#include "base/time.hpp"
#include "support/fake_provider.hpp"

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::test
{

class binding_provider
{
public:
    // Takes /token, /par and /userinfo over. Both outlive it.
    binding_provider(fake_provider& peer, std::function<time_point()> now);

    // By path: the nonce that a proof there must have; none: it need not have one.
    std::map<std::string, std::string, std::less<>> nonces;
    std::string token_type = "DPoP"; // what it says of its tokens
    std::string origin;              // what `htu` begins with; empty: as the request is addressed
    std::string bound_code;          // the thumbprint that the code is bound to (dpop_jkt); empty: none
    std::string bound_token;         // that of the key that the tokens are bound to; empty: none was issued

    // What was refused, in this order: "/token: htu".
    const std::vector<std::string>& refusals() const { return refusals_; }

private:
    // What is wrong with a proof; empty: nothing. `token`: what has to be in `ath`.
    std::string fault(const net::outgoing_request& request, std::string_view token);
    std::string fault_of_key(const net::outgoing_request& request, std::string_view thumbprint) const;
    result<net::incoming_response> answer(const net::outgoing_request& request);
    result<net::incoming_response> refuse(const net::outgoing_request& request, const std::string& fault);
    result<net::incoming_response> tokens(const net::outgoing_request& request);

    fake_provider& peer_;
    std::function<time_point()> now_;
    std::vector<std::string> refusals_;
    std::string last_jti_;
    std::string presented_; // thumbprint of the proof under way
    std::string access_token_;
    int issued_ = 0;
};

// The one value of a field; twice is what nobody expects.
std::string only_field(const net::outgoing_request& request, std::string_view name);

} // namespace sekisho::test
