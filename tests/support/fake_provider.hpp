// SPDX-License-Identifier: Apache-2.0
#pragma once
// An identity provider that answers by address instead of in order, honest unless told otherwise.

#include "net/http_client.hpp"
#include "support/test_keys.hpp"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::test
{

class fake_provider final : public net::http_client
{
public:
    using reply = std::function<result<net::incoming_response>(const net::outgoing_request&)>;

    explicit fake_provider(std::int64_t now, const std::string& issuer = "https://idp.example");

    // What it says next; to be changed by tests.
    nlohmann::json metadata;
    nlohmann::json claims; // of the ID token; `nonce` is put in by remember()
    // Where the ID token through the browser differs: null takes a claim away.
    nlohmann::json front_claims = nlohmann::json::object();
    nlohmann::json userinfo; // the UserInfo answer
    signing_key key = signing_key::make("ES256");
    std::string kid = "k1";
    std::string decryption_pem; // of what is encrypted to it, published beside `key`; empty: it has none
    std::map<std::string, reply> instead; // by path: what is answered in place of the honest answer
    std::size_t failing_call = SIZE_MAX;  // the call of this number fails
    error failure;

    // Takes the parameters of an authorization request, as the browser brings them.
    void remember(const std::string& nonce) { claims["nonce"] = nonce; }
    std::string id_token() const;
    // The one that comes through the browser, with the hashes of what comes along (Core 3.3.2.11); empty ones
    // do not come along.
    std::string front_id_token(std::string_view code, std::string_view access_token) const;
    // The parameters of an answer as one JWT (JARM); `iss`, `aud` and `exp` unless they are there.
    std::string signed_response(nlohmann::json parameters) const;

    // What is signed inside of a request object; "": it is encrypted for somebody else, or was changed.
    std::string opened_object(const std::string& object) const;

    net::task<result<net::incoming_response>> send(net::outgoing_request request) override;

    const std::vector<net::outgoing_request>& requests() const { return requests_; }
    std::size_t asked(std::string_view path) const;
    // The body of the last request to this path; empty: there was none.
    std::string last_body(std::string_view path) const;

private:
    nlohmann::json key_set() const;
    result<net::incoming_response> honest(const net::outgoing_request& request) const;

    std::vector<net::outgoing_request> requests_;
};

net::incoming_response json_reply(const nlohmann::json& body, int status = 200);

} // namespace sekisho::test
