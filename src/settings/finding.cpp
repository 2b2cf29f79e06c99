// SPDX-License-Identifier: Apache-2.0
#include "settings/finding.hpp"

namespace sekisho::settings
{

std::string to_text(const finding& what)
{
    std::string text;
    for (const auto* part : {&what.place, &what.setting})
        if (!part->empty())
            text.append(*part).append(": ");
    return text.append(what.message);
}

} // namespace sekisho::settings
