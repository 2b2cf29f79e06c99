// SPDX-License-Identifier: Apache-2.0
#pragma once
// What the tests of refused sign-ins look for on the page, and how they make the provider lie.

#include "flow/house.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace sekisho::test
{

// A page with this code, and nobody signed in.
inline void check_refused(house& here, const client_answer& answer, std::string_view code)
{
    CHECK(has(answer.body, std::string(">").append(code).append("</dd>")));
    CHECK(answer.status >= 400);
    CHECK(answer.field("Location").empty());
    CHECK_FALSE(has(answer.body, "http-equiv"));
    CHECK_FALSE(here.is_signed_in());
    CHECK(here.count(std::string("sekisho_refusals_total{code=\"").append(code).append("\"}")) == 1);
}

using lie = std::function<void(house&)>;

inline fake_provider::reply answers(net::incoming_response what)
{
    return [what](const net::outgoing_request&) -> result<net::incoming_response> { return what; };
}

} // namespace sekisho::test
