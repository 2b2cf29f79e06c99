// SPDX-License-Identifier: Apache-2.0
#include "gateway/websocket_origin.hpp"

#include "base/url.hpp"

namespace sekisho::gateway
{

result<void> check_websocket_origin(std::span<const http::field> fields, const context& about)
{
    const auto count = http::count(fields, "Origin");
    if (count == 0)
        return {};
    const auto text = *http::find(fields, "Origin");
    const auto origin = url::parse(text);
    const auto ours = url::parse(std::string(about.is_secure ? "https://" : "http://").append(about.host));
    if (count == 1 && origin && ours && same_origin(*origin, *ours))
        return {};
    return fail(
        errc::websocket_origin_refused,
        "websocket.origin",
        "expected " + (ours ? ours->origin() : std::string(about.host)) + ", received " + std::string(text)
    );
}

} // namespace sekisho::gateway
