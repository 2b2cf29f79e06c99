// SPDX-License-Identifier: Apache-2.0
#pragma once
// Where forms wait for a sign-in: on the sessions' shelf, under a name that only the browser can say which
// sent them.

#include "base/time.hpp"
#include "crypto/random.hpp"
#include "crypto/seal.hpp"
#include "gateway/form/kept_form.hpp"
#include "gateway/form/room.hpp"
#include "http/fields.hpp"
#include "net/task.hpp"
#include "session/cookie_config.hpp"
#include "session/shelf.hpp"

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace sekisho::gateway
{

struct form_keeping
{
    std::size_t largest = 64 * 1024;                     // bytes of a body; 0: none is kept
    std::chrono::seconds life{std::chrono::minutes(15)}; // as long as a sign-in may take
};

// May be used from any worker. `random` outlives it; `room` survives reloads.
class kept_forms
{
public:
    // `keys`: a ring of the purpose "kept_form". Of `config` the transport counts.
    kept_forms(
        const session::cookie_config& config,
        std::shared_ptr<session::shelf> where,
        crypto::key_ring keys,
        std::shared_ptr<form_room> room,
        crypto::random_source& random,
        form_keeping by
    );

    struct kept
    {
        std::string id;     // 256 random bits, base64url
        std::string cookie; // a Set-Cookie value: with it and the id the form is found
    };

    // One cookie serves all forms of a browser. Errors: value_too_large, when there is no room;
    // session_store_unavailable.
    net::task<result<kept>> keep(
        const kept_form& form, std::span<const http::field> request, std::string_view client, time_point now
    ) const;

    // The form, once: it is not there any more when this has answered. nullopt: none, or not of this browser.
    // Error: session_store_unavailable.
    net::task<result<std::optional<kept_form>>>
    take(std::string id, std::span<const http::field> request) const;

    std::size_t largest() const noexcept { return by_.largest; }
    // Whether no other host can have put our cookie into the browser ("__Host-", RFC 6265bis, 4.1.3.2): then
    // a form that is found was sent by this browser.
    bool is_cookie_surely_ours() const noexcept { return is_secure_; }

private:
    // What the browser's cookie holds; empty: it has none that we made.
    std::string key_in(std::span<const http::field> request) const;
    std::string cookie_with(const std::string& key) const;

    std::string name_;
    bool is_secure_;
    std::shared_ptr<session::shelf> shelf_;
    crypto::key_ring keys_;
    std::shared_ptr<form_room> room_;
    crypto::random_source* random_;
    form_keeping by_;
};

} // namespace sekisho::gateway
