// SPDX-License-Identifier: Apache-2.0
#include "support/wire_message.hpp"

#include <algorithm>
#include <stdexcept>

namespace sekisho::test
{
namespace
{

bool equal_names(std::string_view left, std::string_view right)
{
    const auto lower = [](char each)
    { return each >= 'A' && each <= 'Z' ? static_cast<char>(each + 32) : each; };
    return std::ranges::equal(left, right, {}, lower, lower);
}

} // namespace

std::string wire_message::start_line() const { return head.substr(0, head.find("\r\n")); }

int wire_message::status() const { return head.starts_with("HTTP/1.") ? std::stoi(head.substr(9, 3)) : 0; }

std::vector<std::string> wire_message::all(std::string_view name) const
{
    std::vector<std::string> found;
    for (auto at = head.find("\r\n"); at != std::string::npos && at + 2 < head.size();
         at = head.find("\r\n", at + 2))
    {
        const auto line = std::string_view(head).substr(at + 2, head.find("\r\n", at + 2) - at - 2);
        const auto colon = line.find(':');
        if (colon == std::string_view::npos || !equal_names(line.substr(0, colon), name))
            continue;
        auto value = line.substr(colon + 1);
        while (value.starts_with(' '))
            value.remove_prefix(1);
        found.emplace_back(value);
    }
    return found;
}

std::string wire_message::field(std::string_view name) const
{
    const auto found = all(name);
    if (found.size() > 1)
        throw std::runtime_error("several fields of the name " + std::string(name));
    return found.empty() ? std::string() : found.front();
}

} // namespace sekisho::test
