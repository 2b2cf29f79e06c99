// SPDX-License-Identifier: Apache-2.0
#pragma once
// What becomes of an admitted request that is not for one of our own addresses. Pure: tested as a table.

#include "access/policy.hpp"
#include "gateway/context.hpp"

#include <cstdint>
#include <string_view>

namespace sekisho::gateway
{

enum class verdict : std::uint8_t
{
    forward,
    sign_in,
    unavailable, // whether there is a session cannot be known, and the path needs one
    step_up,     // the session shows less than the path demands (unmet() says what)
};

// What the path demands and the session does not show; null: nothing.
const access::step_up*
unmet(std::string_view method, const context& about, const access::policy& by) noexcept;

verdict decide(std::string_view method, const context& about, const access::policy& by) noexcept;

} // namespace sekisho::gateway
