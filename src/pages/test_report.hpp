// SPDX-License-Identifier: Apache-2.0
#pragma once
// The two pages of "Test SSO": where a provider is chosen, and what came of it. For administrators; what
// stands on them has no secrets any more.

#include "base/error.hpp"
#include "http/head.hpp"
#include "pages/chooser.hpp"
#include "pages/page.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace sekisho::pages
{

enum class test_made : std::uint8_t
{
    yes,
    left_out, // on purpose; the detail says why
};

struct test_check
{
    std::string name;
    std::optional<errc> failed; // nullopt: passed, or not made
    std::string detail;
    test_made made = test_made::yes;
};

struct test_step
{
    text_key title = text_key::test_step_metadata;
    std::vector<std::pair<std::string, std::string>> values;    // name and text
    std::vector<std::pair<std::string, std::string>> documents; // name and indented JSON
    std::vector<test_check> checks;
};

struct test_report
{
    std::optional<errc> failed; // nullopt: the sign-in would have worked
    std::string failure;        // where it failed and what exactly was wrong
    std::vector<test_step> steps;
    std::string download;  // the report in JSON
    std::string again_url; // an address of ours
};

// Whether the provider signs in whoever it knows already.
enum class test_asking : std::uint8_t
{
    as_usual,
    anew, // prompt=login
};

struct test_choice
{
    std::vector<way> ways; // one for each provider
    test_asking asking = test_asking::as_usual;
    std::string other_way_url; // the same page, asking the other way
};

// 200: one link for each provider, and one to this page with the other way of asking.
http::response test_page(const setting& with, const test_choice& what);

// 200, also when the sign-in failed: the report is what was asked for. The download comes with the page.
http::response test_report_page(const setting& with, const test_report& what);

} // namespace sekisho::pages
