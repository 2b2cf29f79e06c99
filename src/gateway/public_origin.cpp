// SPDX-License-Identifier: Apache-2.0
#include "gateway/public_origin.hpp"

namespace sekisho::gateway
{

result<url> public_origin(const std::optional<url>& configured, const context& about)
{
    if (configured)
        return *configured;
    std::string text(about.is_secure ? "https://" : "http://");
    text.append(about.host);
    auto origin = url::parse(text);
    if (!origin || origin->path() != "/" || !origin->query().empty())
        return fail(errc::request_malformed, "request.host", "not a host: " + std::string(about.host));
    return origin;
}

} // namespace sekisho::gateway
