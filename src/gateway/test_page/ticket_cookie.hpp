// SPDX-License-Identifier: Apache-2.0
#pragma once
// The ticket that opened the test page, as that browser keeps it: its error pages show their details until
// the ticket has expired.

#include "http/fields.hpp"
#include "session/cookie_config.hpp"

#include <span>
#include <string>
#include <string_view>

namespace sekisho::gateway
{

// Immutable; may be shared between threads.
class ticket_cookie
{
public:
    explicit ticket_cookie(const session::cookie_config& config);

    // The Set-Cookie value, for test_ticket_lifetime. `ticket`: one that check_test_ticket let pass.
    std::string remember(std::string_view ticket) const;
    // As the browser says, unchecked; empty: none.
    std::string_view find(std::span<const http::field> request) const noexcept;

    const std::string& name() const noexcept { return name_; }

private:
    std::string name_;
    bool is_secure_;
};

} // namespace sekisho::gateway
