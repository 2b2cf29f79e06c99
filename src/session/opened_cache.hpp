// SPDX-License-Identifier: Apache-2.0
#pragma once
// Sessions that were opened lately, by the exact bytes of their cookies, so that a request costs no
// decryption. One per worker: not synchronised.

#include "base/time.hpp"
#include "session/ending.hpp"
#include "session/jar.hpp"
#include "session/session.hpp"

#include <array>
#include <cstddef>
#include <list>
#include <memory>
#include <string>
#include <unordered_map>

namespace sekisho::session
{

struct opened_session
{
    session value;
    std::string identity_headers;      // identity::render's block; empty: none
    bool is_newer_than_cookie = false; // the browser should be given it
    time_point looked_at{};            // when the store said so
};

// Bounded by the number of sessions; the least recently used one goes. Whether a session has expired is for
// the caller to ask at each use.
class opened_cache
{
public:
    // `capacity`: sessions; 0: keeps none.
    explicit opened_cache(std::size_t capacity = 4096);

    // nullptr: not there. Every byte of every piece is compared. Allocates nothing.
    std::shared_ptr<const opened_session> find(const session_cookies& cookies) noexcept;

    // Only for cookies that were opened successfully.
    void put(const session_cookies& cookies, std::shared_ptr<const opened_session> opened);

    // Drops a session under all its cookies (renewals change the bytes): at sign-out.
    void forget(const session_id& id);

    // Drops those that an ending means.
    void forget(const ending& what);

    // Drops everything: when keys or header settings change.
    void clear() noexcept;

    std::size_t size() const noexcept { return entries_.size(); }

private:
    struct entry
    {
        std::size_t hash;
        std::array<std::size_t, max_chunks> sizes{}; // of the pieces
        std::string bytes;                           // the pieces, one after the other
        std::shared_ptr<const opened_session> opened;
    };
    using entries = std::list<entry>;
    using index = std::unordered_multimap<std::size_t, entries::iterator>;

    static bool holds(const entry& here, const session_cookies& cookies) noexcept;
    index::iterator locate(const session_cookies& cookies, std::size_t hash) noexcept;
    void drop(entries::iterator position) noexcept;

    std::size_t capacity_;
    entries entries_; // most recently used first
    index index_;
};

} // namespace sekisho::session
