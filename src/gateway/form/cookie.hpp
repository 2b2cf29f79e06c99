// SPDX-License-Identifier: Apache-2.0
#pragma once
// What is remembered of one of our own forms until it comes back: sealed, short-lived, in the browser that it
// was shown to.

#include "base/time.hpp"
#include "crypto/random.hpp"
#include "crypto/seal.hpp"
#include "http/fields.hpp"
#include "session/cookie_config.hpp"

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace sekisho::gateway
{

inline constexpr std::chrono::minutes form_lifetime{10};

struct shown_form
{
    std::string token;     // 256 random bits, base64url: in the form too, and the challenge of a passkey
    std::string return_to; // a target of our own host
    std::string about{};   // what the form is for, where it says so; empty: nothing
    time_point shown;
};

// Immutable; may be shared between threads.
class form_cookie
{
public:
    // `end`: what its name ends with (session/cookie_config). Only requests to `path` carry it. `keys`: a
    // ring of a purpose of its own.
    form_cookie(
        const session::cookie_config& config, std::string_view end, std::string path, crypto::key_ring keys
    );

    // The Set-Cookie value. A return address of more than 2,000 bytes becomes "/".
    std::string remember(const shown_form& what, crypto::random_source& random) const;
    // The form that `token` came back with. nullopt: none that this browser was shown within form_lifetime.
    std::optional<shown_form>
    find(std::span<const http::field> request, std::string_view token, time_point now) const;
    std::string erase() const;

    const std::string& name() const noexcept { return name_; }

private:
    std::string written(std::string value, std::chrono::seconds how_long) const;

    std::string name_;
    std::string path_;
    bool is_secure_;
    crypto::key_ring keys_;
};

} // namespace sekisho::gateway
