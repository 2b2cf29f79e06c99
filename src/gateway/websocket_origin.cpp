// SPDX-License-Identifier: Apache-2.0
#include "gateway/websocket_origin.hpp"

#include "base/url.hpp"

namespace sekisho::gateway
{

result<void> check_websocket_origin(
    std::span<const http::field> fields, const context& about, const std::optional<url>& public_url
)
{
    const auto count = http::count(fields, "Origin");
    if (count == 0)
        return {};
    const auto text = *http::find(fields, "Origin");
    const auto origin = url::parse(text);
    const auto asked = url::parse(std::string(about.is_secure ? "https://" : "http://").append(about.host));
    const auto is_asked = origin && asked && same_origin(*origin, *asked);
    if (count == 1 && (is_asked || (origin && public_url && same_origin(*origin, *public_url))))
        return {};
    const auto expected = public_url ? public_url->origin()
                          : asked    ? asked->origin()
                                     : std::string(about.host);
    return fail(
        errc::websocket_origin_refused,
        "websocket.origin",
        "expected " + expected + ", received " + std::string(text)
    );
}

} // namespace sekisho::gateway
