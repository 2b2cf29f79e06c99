// link: identity
// SPDX-License-Identifier: Apache-2.0
// Whatever claims map to has a user, holds no control characters and can be put into header lines.
#include "base/encoding.hpp"
#include "identity/headers.hpp"
#include "identity/mapping.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace sekisho;
    static const identity::mapping_config config = []
    {
        identity::mapping_config made;
        made.user = {"oid", "sub"};
        made.groups = {"realm_access.roles", "groups"};
        made.group_delimiter = ",";
        made.extra = {{"X-Extra", {"extra", "a.b.c"}}};
        return made;
    }();
    identity::header_config headers;
    headers.extra = {"X-Extra"};
    headers.encoding = static_cast<identity::value_encoding>(size % 4);
    headers.groups_as = static_cast<identity::group_format>(size % 3);

    const auto claims = oidc::claims::parse(as_text(std::as_bytes(std::span(data, size))), "fuzz");
    if (!claims)
        return 0;
    const auto who = identity::map_claims(*claims, config);
    if (!who)
        return 0;
    if (who->user.empty() || who->subject.empty() || !identity::is_clean_text(who->user))
        std::abort();
    const auto lines = identity::render(*who, {}, headers);
    if (!lines && headers.encoding != identity::value_encoding::utf8)
        std::abort();
    if (lines && std::ranges::count(*lines, '\n') != std::ranges::count(*lines, '\r'))
        std::abort();
    return 0;
}
