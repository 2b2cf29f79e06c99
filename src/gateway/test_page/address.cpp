// SPDX-License-Identifier: Apache-2.0
#include "gateway/test_page/address.hpp"

#include "gateway/parameters.hpp"

namespace sekisho::gateway
{

using pages::test_asking;

test_address test_address::of(const http::form& form)
{
    test_address made;
    if (const auto ticket = form.first("ticket"))
        made.ticket = *ticket;
    if (form.first("prompt") == "login")
        made.asking = test_asking::anew;
    return made;
}

test_address test_address::parse(std::string_view target)
{
    const auto mark = target.find('?');
    const auto form = http::form::parse(mark == target.npos ? std::string_view() : target.substr(mark + 1));
    return form ? of(*form) : test_address();
}

std::string test_address::text(std::string_view path) const
{
    std::string made(path);
    if (ticket)
        made = with_query_parameter(made, "ticket", *ticket);
    return asking == test_asking::anew ? with_query_parameter(made, "prompt", "login") : made;
}

oidc::parameters test_address::said() const
{
    if (asking == test_asking::anew)
        return {{"prompt", "login"}};
    return {};
}

} // namespace sekisho::gateway
