// SPDX-License-Identifier: Apache-2.0
#include "oidc/request_object.hpp"

#include "base/json.hpp"
#include "crypto/jws_sign.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace sekisho::oidc
{
namespace
{

// RFC 7519, 4.1, without what we say ourselves.
constexpr std::array<std::string_view, 7> claims_of_the_jwt{"iss", "sub", "aud", "exp", "nbf", "iat", "jti"};

bool is_claim_of_the_jwt(std::string_view name)
{
    return std::ranges::find(claims_of_the_jwt, name) != claims_of_the_jwt.end();
}

// A link's `claims` may be anything.
json object_or_text(const std::string& text)
{
    auto read = parse_json(text);
    return read && read->is_object() ? *std::move(read) : json(text);
}

json value_of(const authorization_request& request, const parameter& each)
{
    if (each.name == "max_age" && request.max_age)
        return request.max_age->count();
    if (each.name == "claims")
        return object_or_text(each.value);
    return each.value;
}

void add(json& to, const std::string& name, json value)
{
    auto& member = to[name];
    if (member.is_null())
        member = std::move(value);
    else if (member.is_array())
        member.push_back(std::move(value));
    else
        member = json::array({std::move(member), std::move(value)});
}

} // namespace

result<std::string> make_request_object(
    const authorization_request& request, const request_object_claims& claims, const assertion_signer& signer
)
{
    json payload{
        {"iss", request.client.view()},
        {"aud", claims.audience.view()},
        {"jti", claims.jti},
        {"nbf", to_numeric_date(claims.now - request_object_margin)},
        {"exp", to_numeric_date(claims.now + request_object_life)},
    };
    for (const auto& each : parameters_of(request))
        if (!is_claim_of_the_jwt(each.name))
            add(payload, each.name, value_of(request, each));
    crypto::jws_header header{
        .alg = signer.alg, .kid = signer.key.kid(), .typ = "oauth-authz-req+jwt" // RFC 9101, 10.8
    };
    if (signer.certificate)
    {
        header.x5t = signer.certificate->x5t;
        header.x5t_s256 = signer.certificate->x5t_s256;
    }
    return crypto::sign_compact(header, to_text(payload), signer.key);
}

parameters with_request_object(const authorization_request& request, std::string object)
{
    constexpr std::array<std::string_view, 3> beside{"response_type", "client_id", "scope"};
    parameters made;
    for (auto& each : parameters_of(request))
        if (std::ranges::find(beside, each.name) != beside.end())
            made.push_back(std::move(each));
    made.push_back({"request", std::move(object)});
    return made;
}

} // namespace sekisho::oidc
