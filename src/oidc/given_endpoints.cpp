// SPDX-License-Identifier: Apache-2.0
#include "oidc/given_endpoints.hpp"

#include <array>

namespace sekisho::oidc
{
namespace
{

struct named_endpoint
{
    std::string_view name;
    std::optional<url> given_endpoints::* member;
};

constexpr std::array endpoints{
    named_endpoint{"authorization_endpoint", &given_endpoints::authorization_endpoint},
    named_endpoint{"token_endpoint", &given_endpoints::token_endpoint},
    named_endpoint{"userinfo_endpoint", &given_endpoints::userinfo_endpoint},
    named_endpoint{"jwks_uri", &given_endpoints::jwks_uri},
    named_endpoint{"end_session_endpoint", &given_endpoints::end_session_endpoint},
    named_endpoint{"introspection_endpoint", &given_endpoints::introspection_endpoint},
    named_endpoint{"revocation_endpoint", &given_endpoints::revocation_endpoint},
    named_endpoint{
        "pushed_authorization_request_endpoint", &given_endpoints::pushed_authorization_request_endpoint
    },
    named_endpoint{"signed_jwks_uri", &given_endpoints::signed_jwks_uri},
    named_endpoint{"registration_endpoint", &given_endpoints::registration_endpoint},
};

} // namespace

const url* address_of(const given_endpoints& given, std::string_view member)
{
    for (const auto& each : endpoints)
        if (each.name == member && given.*each.member)
            return &*(given.*each.member);
    return nullptr;
}

result<void> check(const given_endpoints& given, transport rule)
{
    for (const auto& each : endpoints)
        if (const auto& address = given.*each.member)
            if (auto accepted = parse_address(address->text(), rule, each.name); !accepted)
                return std::unexpected(accepted.error());
    return {};
}

} // namespace sekisho::oidc
