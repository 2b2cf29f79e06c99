// SPDX-License-Identifier: Apache-2.0
#pragma once
// Where somebody signed in the last time in this browser, to be offered first, and whether the next sign-in
// there must ask who it is.

#include "http/fields.hpp"
#include "session/cookie_config.hpp"

#include <cstdint>
#include <span>
#include <string>

namespace sekisho::gateway
{

enum class next_time : std::uint8_t
{
    as_usual,
    ask_who, // somebody signed out here, and the provider, which was not told, would let them in again
};

// Not sealed: whoever can change it changes the order of a page. Immutable; may be shared between threads.
class choice_cookie
{
public:
    explicit choice_cookie(const session::cookie_config& config);

    struct remembered
    {
        std::string provider; // as the browser says; empty: nothing is known
        next_time next = next_time::as_usual;
    };

    // The Set-Cookie value, for a year. A name that cannot stand in a cookie is not remembered.
    std::string remember(const remembered& what) const;
    remembered find(std::span<const http::field> request) const;

    const std::string& name() const noexcept { return name_; }

private:
    std::string name_;
    bool is_secure_;
};

} // namespace sekisho::gateway
