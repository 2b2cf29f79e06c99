// SPDX-License-Identifier: Apache-2.0
#pragma once
// A path as the application that forgives most may read it: for rules that demand something, which nobody may
// pass by another spelling. Rules that open something read it as it is (access/rule).

#include <string_view>

namespace sekisho::access
{

// Reads it character by character and allocates nothing. Every escape is decoded, also that of a slash; what
// stands between ";" and the next slash is left out (Servlet 6.0, 3.5); slashes in a row, and backslashes,
// are one slash, and none at the end; ASCII letters are small.
class lenient_path
{
public:
    explicit lenient_path(std::string_view path) noexcept : rest_(path) {}

    // '\0': the end; no path has a NUL.
    char next() noexcept;

private:
    char take() noexcept;

    std::string_view rest_;
    char waiting_ = '\0'; // behind the slash that was given last; '\0': nothing
};

} // namespace sekisho::access
