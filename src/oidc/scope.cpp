// SPDX-License-Identifier: Apache-2.0
#include "oidc/scope.hpp"

#include <algorithm>

namespace sekisho::oidc
{

std::string scope_words(std::string_view sent, scope_form how)
{
    const std::string_view separators = how == scope_form::foreign ? " ," : " ";
    std::string text;
    while (!sent.empty())
    {
        const auto end = std::min(sent.find_first_of(separators), sent.size());
        if (end > 0)
            text.append(text.empty() ? "" : " ").append(sent.substr(0, end));
        sent.remove_prefix(std::min(end + 1, sent.size()));
    }
    return text;
}

} // namespace sekisho::oidc
