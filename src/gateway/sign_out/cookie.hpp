// SPDX-License-Identifier: Apache-2.0
#pragma once
// What is remembered of a sign-out while the person is at the provider: its state, and where to go
// afterwards.

#include "http/fields.hpp"
#include "session/cookie_config.hpp"

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace sekisho::gateway
{

// Not sealed: whoever can change it could as well open the addresses it may lead to, for they are checked
// again. Immutable; may be shared between threads.
class sign_out_cookie
{
public:
    // Only requests to `logout_path` carry it.
    sign_out_cookie(const session::cookie_config& config, std::string logout_path);

    struct remembered
    {
        std::string state;
        std::string return_to; // not checked; empty: none was asked for
    };

    // The Set-Cookie value; a return address of more than 2,000 bytes is forgotten.
    std::string remember(const remembered& what) const;
    // nullopt: there is none, or it makes no sense.
    std::optional<remembered> find(std::span<const http::field> request) const;
    std::string erase() const;

    const std::string& name() const noexcept { return name_; }

private:
    std::string written(std::string value, std::chrono::seconds life) const;

    std::string name_;
    std::string path_;
    bool is_secure_;
};

} // namespace sekisho::gateway
