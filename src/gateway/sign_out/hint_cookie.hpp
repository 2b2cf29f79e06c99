// SPDX-License-Identifier: Apache-2.0
#pragma once
// The ID token of a sign-in, kept for the provider's question at sign-out whom it is about (id_token_hint),
// where sessions live in cookies: apart from the session, so that only requests that sign out carry it.

#include "base/secret.hpp"
#include "base/time.hpp"
#include "crypto/random.hpp"
#include "crypto/seal.hpp"
#include "http/fields.hpp"
#include "session/cookie_config.hpp"
#include "session/session.hpp"
#include "session/store.hpp"

#include <cstddef>
#include <span>
#include <string>

namespace sekisho::gateway
{

// Immutable; may be shared between threads.
class hint_cookie
{
public:
    static constexpr std::size_t max_pieces = 3; // of 4,096 bytes each
    static constexpr std::string_view purpose = "logout_hint";

    // `keys`: a ring of `purpose`. Only requests to `logout_path` carry it. `random` outlives it.
    hint_cookie(
        const session::cookie_config& config,
        std::string logout_path,
        crypto::key_ring keys,
        crypto::random_source& random
    );

    // For as long as the session may last. Empty: there is no ID token, or it is too long.
    session::set_cookies
    remember(const session::session_id& of, const secret& id_token, std::chrono::seconds life) const;
    // Empty: there is none, or it is another session's.
    secret find(std::span<const http::field> request, const session::session_id& of) const;
    // Deletes the pieces that `request` shows.
    session::set_cookies erase(std::span<const http::field> request) const;

private:
    std::string name_of(std::size_t piece) const;
    std::string written(std::size_t piece, std::string value, std::chrono::seconds life) const;

    std::string name_;
    std::string path_;
    bool is_secure_;
    crypto::key_ring keys_;
    crypto::random_source* random_;
};

} // namespace sekisho::gateway
