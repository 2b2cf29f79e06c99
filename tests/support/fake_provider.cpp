// SPDX-License-Identifier: Apache-2.0
#include "support/fake_provider.hpp"

#include "crypto/jwe.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <utility>

namespace sekisho::test
{

namespace
{

std::string left_half_of_sha256(std::string_view text)
{
    std::array<unsigned char, 32> whole{};
    EVP_Digest(text.data(), text.size(), whole.data(), nullptr, EVP_sha256(), nullptr);
    return base64url({reinterpret_cast<const char*>(whole.data()), whole.size() / 2});
}

} // namespace

net::incoming_response json_reply(const nlohmann::json& body, int status)
{
    net::incoming_response made;
    made.status = status;
    made.fields = {{"Content-Type", "application/json"}};
    made.body = body.dump();
    return made;
}

fake_provider::fake_provider(std::int64_t now, const std::string& issuer)
{
    metadata = {
        {"issuer", issuer},
        {"authorization_endpoint", issuer + "/authorize"},
        {"token_endpoint", issuer + "/token"},
        {"jwks_uri", issuer + "/jwks"},
        {"userinfo_endpoint", issuer + "/userinfo"},
        {"end_session_endpoint", issuer + "/end"},
        {"authorization_response_iss_parameter_supported", true},
    };
    claims = {
        {"iss", issuer},
        {"aud", "gate"},
        {"sub", "alice"},
        {"iat", now},
        {"exp", now + 300},
        {"preferred_username", "alice"},
        {"sid", "sid-1"},
        {"email", "alice@example.com"},
        {"groups", {"staff"}},
    };
    userinfo = {{"sub", "alice"}, {"email", "alice@example.com"}};
}

std::string fake_provider::id_token() const { return key.sign_with_kid(kid, claims.dump()); }

std::string fake_provider::front_id_token(std::string_view code, std::string_view access_token) const
{
    auto all = claims;
    if (!code.empty())
        all["c_hash"] = left_half_of_sha256(code);
    if (!access_token.empty())
        all["at_hash"] = left_half_of_sha256(access_token);
    all.merge_patch(front_claims);
    return key.sign_with_kid(kid, all.dump());
}

std::string fake_provider::signed_response(nlohmann::json parameters) const
{
    parameters.emplace("iss", claims["iss"]);
    parameters.emplace("aud", claims["aud"]);
    parameters.emplace("exp", claims["exp"]);
    return key.sign_with_kid(kid, parameters.dump());
}

nlohmann::json fake_provider::key_set() const
{
    auto set = nlohmann::json::parse(key.jwks({.kid = kid, .use = "sig", .alg = {}}));
    if (!decryption_pem.empty())
        set["keys"].push_back(crypto::decryption_key::from_pem(secret(decryption_pem)).value().public_jwk());
    return set;
}

std::string fake_provider::opened_object(const std::string& object) const
{
    if (!crypto::is_encrypted(object))
        return object;
    const auto ours = crypto::decryption_key::from_pem(secret(decryption_pem));
    const auto jwe = crypto::take_apart_encrypted(object);
    if (!ours || !jwe)
        return {};
    const auto inside = crypto::decrypt(*jwe, std::array{*ours});
    return inside ? std::string(inside->reveal()) : std::string();
}

std::size_t fake_provider::asked(std::string_view path) const
{
    return static_cast<std::size_t>(
        std::ranges::count_if(requests_, [&](const auto& each) { return each.target.path() == path; })
    );
}

std::string fake_provider::last_body(std::string_view path) const
{
    std::string body;
    for (const auto& each : requests_)
        if (each.target.path() == path)
            body = each.body;
    return body;
}

net::task<result<net::incoming_response>> fake_provider::send(net::outgoing_request request)
{
    const auto number = requests_.size();
    requests_.push_back(request);
    if (number == failing_call)
        co_return std::unexpected(failure);
    if (const auto other = instead.find(request.target.path()); other != instead.end())
        co_return other->second(request);
    co_return honest(request);
}

result<net::incoming_response> fake_provider::honest(const net::outgoing_request& request) const
{
    const auto& path = request.target.path();
    if (path == "/.well-known/openid-configuration")
        return json_reply(metadata);
    if (path == "/jwks")
        return json_reply(key_set());
    if (path == "/userinfo")
        return json_reply(userinfo);
    if (path == "/token")
        return json_reply(
            {{"id_token", id_token()}, {"access_token", "at-1"}, {"token_type", "Bearer"}, {"expires_in", 60}}
        );
    if (path == "/par")
        return json_reply({{"request_uri", "urn:x:1"}, {"expires_in", 60}}, 201);
    return json_reply({{"error", "not_found"}}, 404);
}

} // namespace sekisho::test
