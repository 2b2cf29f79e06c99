// SPDX-License-Identifier: Apache-2.0
#pragma once
// What is under way on one worker, by the session it belongs to: what would outlive its session is ended with
// it.

#include "session/ending.hpp"
#include "session/session.hpp"
#include "upstream/relay.hpp"

#include <cstddef>

namespace sekisho::gateway
{

// Not synchronised: worker's thread only. Allocates nothing.
class lasting_list
{
public:
    // One relay of one session for the time it runs; registered where it is made.
    class entry
    {
    public:
        // `of`: null for nobody's. All three outlive it.
        entry(lasting_list& in, upstream::relay& under_way, const session::session* of) noexcept;
        ~entry();
        entry(const entry&) = delete;
        entry& operator=(const entry&) = delete;

    private:
        friend class lasting_list;
        lasting_list& in_;
        upstream::relay& under_way_;
        const session::session* of_;
        entry* previous_ = nullptr;
        entry* next_ = nullptr;
    };

    lasting_list() = default;
    lasting_list(const lasting_list&) = delete;
    lasting_list& operator=(const lasting_list&) = delete;

    // WebSockets and event streams of sessions that it means end; other answers go on to their ends.
    void end(const session::ending& what) noexcept;
    std::size_t size() const noexcept { return size_; }

private:
    entry* first_ = nullptr;
    std::size_t size_ = 0;
};

} // namespace sekisho::gateway
