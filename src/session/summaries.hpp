// SPDX-License-Identifier: Apache-2.0
#pragma once
// The summaries of all sessions on a shelf, and the sets that find them: of a user, of a subject, of a
// session at the provider, of all.

#include "base/result.hpp"
#include "base/time.hpp"
#include "crypto/seal.hpp"
#include "net/task.hpp"
#include "session/ending.hpp"
#include "session/shelf.hpp"
#include "session/shelf_names.hpp"
#include "session/summary.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace sekisho::session
{

// A summary as it is put down: of two of one session the one with the higher version is the newer.
struct noted
{
    summary what;
    std::uint64_t version = 1;
    std::chrono::seconds life{0};
};

// May be used from any worker and answers there; `random` must outlive it. Error of every function:
// session_store_unavailable. What cannot be read (damaged, of a secret that is gone) is as if it were not
// there.
class summaries
{
public:
    // `keys`: a ring of the purpose "session_note".
    summaries(
        std::shared_ptr<shelf> where,
        crypto::key_ring keys,
        const std::vector<secret>& name_secrets,
        crypto::random_source& random
    );

    // Of a session that begins.
    net::task<result<void>> add(noted of);
    // Of one that goes on; adds it if it is not there.
    net::task<result<void>> follow(noted of);
    net::task<result<void>> remove(summary what);

    // nullopt: none of that session.
    net::task<result<std::optional<summary>>> find(session_id id);
    net::task<result<std::vector<summary>>> of_user(std::string user);
    net::task<result<std::vector<summary>>> all();
    // Those that an ending means by what they say.
    net::task<result<std::vector<summary>>> meant_by(ending what);

private:
    net::task<result<std::optional<summary>>> read(std::string member);
    net::task<result<std::vector<summary>>> in_sets(std::vector<std::string> sets);
    // The sets that have a session; under every secret.
    std::vector<std::string> sets_of(const summary& what) const;
    shelved sealed(const noted& of) const;

    std::shared_ptr<shelf> shelf_;
    crypto::key_ring keys_;
    shelf_names names_;
    crypto::random_source* random_;
};

} // namespace sekisho::session
