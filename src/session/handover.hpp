// SPDX-License-Identifier: Apache-2.0
#pragma once
// The way from an old cookie to the session that was renewed since: the browser learns of a renewal only with
// its next answer, and other requests of it are under way.

#include "base/log_repetition.hpp"
#include "base/result.hpp"
#include "crypto/seal.hpp"
#include "net/task.hpp"
#include "session/session.hpp"
#include "session/shelf.hpp"

#include <chrono>
#include <memory>
#include <optional>

namespace sekisho::session
{

// For a cookie_store. May be used from any worker and answers there; `random` must outlive it.
class handover
{
public:
    // `keys`: a ring of the purpose "session_handover".
    handover(std::shared_ptr<shelf> where, crypto::key_ring keys, crypto::random_source& random);

    // Keeps a renewed value for those who come with an older cookie. false: one of this generation or a newer
    // one is there, and nothing changed. Error: session_store_unavailable.
    net::task<result<bool>> keep(const session& newer, std::chrono::milliseconds life);

    // For serving a request: the value that is newer than the cookie's; nullopt: none. While the shelf is
    // down also nullopt, with a line in the log: the cookie's own value serves until its end. It does not say
    // that the cookie's refresh token is unused.
    net::task<result<std::optional<session>>> newest(const session& from_cookie);

    // For using the refresh token: as newest(), but while the shelf is down it says so, and the token must
    // not be sent: the provider would take a second use for theft. Error: session_store_unavailable.
    net::task<result<std::optional<session>>> surely_newest(const session& from_cookie);

    // Error: session_store_unavailable.
    net::task<result<void>> take(const session_id& id);

private:
    std::shared_ptr<shelf> shelf_;
    crypto::key_ring keys_;
    crypto::random_source* random_;
    log::repetition not_looked_up_;
};

} // namespace sekisho::session
