// SPDX-License-Identifier: Apache-2.0
#pragma once
// Somebody's claims, and what a configuration makes of them.

#include "identity/mapping.hpp"
#include "support/catch.hpp"

#include <string>
#include <string_view>

namespace sekisho::test
{

inline oidc::claims claims_of(std::string_view object)
{
    auto claims = oidc::claims::parse(object, "test");
    REQUIRE(claims);
    return *std::move(claims);
}

// `iss` and `sub` and these members.
inline identity::claim_sources person(std::string_view members)
{
    std::string text = R"({"iss":"https://idp.example","sub":"248289")";
    if (!members.empty())
        text.append(",").append(members);
    return {.claims = claims_of(text + "}")};
}

inline result<identity::mapped>
mapped(const identity::claim_sources& from, const identity::mapping_config& config = {})
{
    const auto mapping = identity::mapping::of(config);
    REQUIRE(mapping);
    return mapping->map(from);
}

inline result<identity::mapped> mapped(std::string_view members, const identity::mapping_config& config = {})
{
    return mapped(person(members), config);
}

} // namespace sekisho::test
