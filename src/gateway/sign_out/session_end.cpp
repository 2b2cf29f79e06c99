// SPDX-License-Identifier: Apache-2.0
#include "gateway/sign_out/session_end.hpp"

#include "base/log.hpp"

#include <utility>

namespace sekisho::gateway
{

net::task<void> session_end::end(const context& about)
{
    if (!about.session)
        co_return;
    const auto& value = about.session->value;
    opened_.forget(value.id);
    auto ended = co_await sessions_.end(session::ending_of(value, about.now));
    if (!ended)
        log::failure("sign_out_not_shared", ended.error(), {{"request_id", about.request_id}});
    log::info(
        "signed_out",
        {{"user", value.who.user},
         {"provider", value.provider},
         {"client", about.client_address},
         {"request_id", about.request_id}}
    );
}

session::set_cookies session_end::cookies(std::span<const http::field> request) const
{
    auto all = sessions_.where().erase(request);
    for (auto& each : hints_.erase(request))
        all.push_back(std::move(each));
    if (loops_.is_there(request))
        all.push_back(loops_.erase());
    return all;
}

} // namespace sekisho::gateway
