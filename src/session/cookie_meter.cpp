// SPDX-License-Identifier: Apache-2.0
#include "session/cookie_meter.hpp"

#include <algorithm>
#include <string>
#include <string_view>

namespace sekisho::session
{

cookie_meter::cookie_meter(metric::registry& metrics)
    : bytes_(metrics.make_counter(
          "sekisho_session_cookie_bytes_total",
          "Bytes of the session cookies given to browsers, which these send with every request."
      ))
{
    for (std::size_t index = 0; index < issued_.size(); ++index)
        issued_.at(index) = &metrics.make_counter(
            "sekisho_session_cookies_issued_total",
            "Session cookies given to browsers, by the number of pieces of at most 4 KiB.",
            metric::label("pieces", std::to_string(index + 1))
        );
}

void cookie_meter::note(const set_cookies& issued)
{
    std::size_t pieces = 0;
    std::size_t bytes = 0;
    for (const std::string_view each : issued)
        if (const auto sent = each.substr(0, each.find(';')); !sent.ends_with('='))
        {
            ++pieces;
            bytes += sent.size();
        }
    if (pieces == 0)
        return;
    const std::lock_guard lock(mutex_);
    issued_.at(std::min(pieces, issued_.size()) - 1)->add();
    bytes_.add(bytes);
}

} // namespace sekisho::session
