// SPDX-License-Identifier: Apache-2.0
#pragma once
// How large the session cookies are that browsers are given: many small servers and proxies refuse heads of
// more than 8 KiB.

#include "base/metric.hpp"
#include "session/jar.hpp"
#include "session/store.hpp"

#include <array>
#include <mutex>

namespace sekisho::session
{

// May be used from any worker: cookies are given seldom, so that a lock does no harm.
class cookie_meter
{
public:
    // Makes sekisho_session_cookies_issued_total and sekisho_session_cookie_bytes_total, which `metrics`
    // keeps.
    explicit cookie_meter(metric::registry& metrics);

    // What a browser will send back of these, names and values; deletions are not counted, nor is an answer
    // without any other cookie.
    void note(const set_cookies& issued);

private:
    std::mutex mutex_;                                  // of what follows
    std::array<metric::counter*, max_chunks> issued_{}; // by the number of pieces
    metric::counter& bytes_;
};

} // namespace sekisho::session
