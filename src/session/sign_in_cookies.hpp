// SPDX-License-Identifier: Apache-2.0
#pragma once
// Keeps sign-ins under way in the browser: one sealed, short-lived cookie each, so that tabs do not disturb
// one another and nothing is remembered here, however many sign-ins are begun.

#include "base/result.hpp"
#include "base/time.hpp"
#include "crypto/random.hpp"
#include "crypto/seal.hpp"
#include "http/fields.hpp"
#include "oidc/names.hpp"
#include "session/cookie_config.hpp"
#include "session/cookie_store.hpp"
#include "session/sign_in.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::session
{

// How the provider's answer arrives, which decides SameSite: a POST from its origin carries no Lax cookie.
enum class callback_arrival : std::uint8_t
{
    by_get,  // SameSite=Lax
    by_post, // SameSite=None; Secure, on plain http too (browsers take it on loopback)
};

struct sign_in_limits
{
    std::chrono::seconds lifetime = std::chrono::minutes(15);
    std::size_t count = 8; // sign-ins under way in one browser; the oldest go
};

enum class sign_in_state : std::uint8_t
{
    found,
    expired, // `value` is there, so that a page can go on with its return_to
    unknown, // no cookie of this browser belongs to that state
};

struct found_sign_in
{
    sign_in_state state = sign_in_state::unknown;
    std::optional<sign_in> value;
};

// Immutable; may be shared between threads. `random` must outlive it.
class sign_in_cookies
{
public:
    // `keys`: a ring of the purpose "sign_in". Of `config` the transport and the domain count; cookies are
    // host-only whatever the domain, for the callback comes to the same host.
    sign_in_cookies(
        const cookie_config& config,
        crypto::key_ring keys,
        crypto::random_source& random,
        sign_in_limits limits = {}
    );

    // The cookie of a new sign-in, which the browser keeps four times its lifetime so that a late callback
    // finds its return_to, and the deletion of those in `request` that have expired, cannot be read or are
    // too many. Error: value_too_large when return_to does not fit into a cookie; begin again with a shorter
    // one.
    result<set_cookies> begin(
        const sign_in& value, std::span<const http::field> request, callback_arrival arrival, time_point now
    ) const;

    // The sign-in whose state the callback carries.
    found_sign_in find(std::span<const http::field> request, std::string_view state, time_point now) const;

    // How many sign-ins this browser has cookies of, readable or not.
    std::size_t count(std::span<const http::field> request) const;

    // Deletes the cookie of this state: when its callback is answered, however it ends.
    set_cookies erase(std::string_view state) const;

    // The name of the cookie that belongs to a state; 16 characters of its hash, so the name does not tell
    // it.
    std::string name_of(std::string_view state) const;

private:
    bool is_ours(std::string_view name) const;
    std::vector<std::string>
    outdated(std::span<const http::field> request, std::string_view begun, time_point now) const;

    std::string prefix_; // of every name: "__Host-sekisho_signin_" or "sekisho_signin_"
    transport reached_by_;
    crypto::key_ring keys_;
    crypto::random_source* random_;
    sign_in_limits limits_;
};

} // namespace sekisho::session
