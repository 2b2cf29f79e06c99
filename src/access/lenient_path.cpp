// SPDX-License-Identifier: Apache-2.0
#include "access/lenient_path.hpp"

#include <cstddef>
#include <utility>

namespace sekisho::access
{
namespace
{

// -1: no digit.
int hex_value(char digit) noexcept
{
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    if (digit >= 'A' && digit <= 'F')
        return digit - 'A' + 10;
    return digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : -1;
}

bool is_slash(char each) noexcept { return each == '/' || each == '\\'; }

} // namespace

// The next one, decoded; '\0': the end.
char lenient_path::take() noexcept
{
    if (rest_.empty())
        return '\0';
    auto found = rest_.front();
    std::size_t size = 1;
    if (found == '%' && rest_.size() > 2 && hex_value(rest_[1]) >= 0 && hex_value(rest_[2]) >= 0)
    {
        found = static_cast<char>(hex_value(rest_[1]) * 16 + hex_value(rest_[2]));
        size = 3;
    }
    rest_.remove_prefix(size);
    return found;
}

char lenient_path::next() noexcept
{
    if (waiting_ != '\0')
        return std::exchange(waiting_, '\0');
    bool is_behind_slash = false;
    bool is_parameter = false;
    for (auto each = take(); each != '\0'; each = take())
    {
        if (is_slash(each))
        {
            is_behind_slash = true;
            is_parameter = false;
        }
        else if (each == ';')
            is_parameter = true;
        else if (!is_parameter)
        {
            if (each >= 'A' && each <= 'Z')
                each = static_cast<char>(each - 'A' + 'a');
            if (!is_behind_slash)
                return each;
            waiting_ = each;
            return '/';
        }
    }
    return '\0';
}

} // namespace sekisho::access
