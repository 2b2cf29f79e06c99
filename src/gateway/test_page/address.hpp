// SPDX-License-Identifier: Apache-2.0
#pragma once
// The address of the test page: the ticket that opened it, and how the provider is to ask. It is where a test
// comes back to, so the end of the sign-in reads from it what was asked.

#include "http/form.hpp"
#include "oidc/login_parameters.hpp"
#include "pages/test_report.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace sekisho::gateway
{

struct test_address
{
    std::optional<std::string> ticket; // unchecked
    pages::test_asking asking = pages::test_asking::as_usual;

    // Of the parameters of a request to it; those of other names do not count.
    static test_address of(const http::form& form);
    // Of what text() made; without anything when it is none.
    static test_address parse(std::string_view target);

    // `path`: addresses::test_path.
    std::string text(std::string_view path) const;
    // What the sign-in is asked for with.
    oidc::parameters said() const;
};

} // namespace sekisho::gateway
