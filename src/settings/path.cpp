// SPDX-License-Identifier: Apache-2.0
#include "settings/path.hpp"

#include <algorithm>
#include <string>

namespace sekisho::settings
{

bool is_plain_path(std::string_view path)
{
    const bool is_clean = std::ranges::none_of(
        path,
        [](char each)
        {
            const auto code = static_cast<unsigned char>(each);
            return code <= 0x20 || code >= 0x7f || std::string_view("?#%\\*").contains(each);
        }
    );
    if (!path.starts_with('/') || !is_clean || path.contains("//"))
        return false;
    const auto with_end = std::string(path) + "/";
    return !with_end.contains("/./") && !with_end.contains("/../");
}

bool is_path_pattern(std::string_view pattern)
{
    if (pattern.ends_with("/*"))
        pattern.remove_suffix(1);
    return is_plain_path(pattern);
}

} // namespace sekisho::settings
