// SPDX-License-Identifier: Apache-2.0
#include "gateway/form/own_form.hpp"
#include "support/catch.hpp"
#include "support/fixed_random.hpp"
#include "support/outcome.hpp"
#include "support/session_values.hpp"

#include <string>
#include <vector>

using namespace sekisho;
using namespace sekisho::gateway;
using namespace std::chrono_literals;
using test::noon;

namespace
{

const url origin = url::parse("https://app.example.com").value();

http::request_head head_of(const std::vector<http::field>& fields) { return {"POST", "/x", 11, fields}; }

form_cookie forms()
{
    const std::vector<secret> secrets{secret("a secret of more than thirty-two bytes")};
    return {
        {.reached_by = session::transport::https},
        session::local_cookie_end,
        "/oidc/local",
        crypto::key_ring(secrets, "local_form")
    };
}

} // namespace

TEST_CASE("the log of a form of another site says what was expected and what came", "[gateway]")
{
    const auto [fields, is_ours, said] = GENERATE(table<std::vector<http::field>, bool, std::string>({
        {{{"Sec-Fetch-Site", "same-origin"}},
         true,
         "expected a page of https://app.example.com, received Sec-Fetch-Site \"same-origin\", Origin none"},
        {{{"Sec-Fetch-Site", "cross-site"}, {"Origin", "https://evil.example"}},
         false,
         "expected a page of https://app.example.com, received Sec-Fetch-Site \"cross-site\", Origin "
         "\"https://evil.example\""},
        {{{"Origin", "https://evil.example"}},
         false,
         "expected a page of https://app.example.com, received Sec-Fetch-Site none, Origin "
         "\"https://evil.example\""},
        {{{"Origin", "https://app.example.com"}},
         true,
         "expected a page of https://app.example.com, received Sec-Fetch-Site none, Origin "
         "\"https://app.example.com\""},
        {{{"Origin", "a\"b\nc"}},
         false,
         "expected a page of https://app.example.com, received Sec-Fetch-Site none, Origin \"a?b?c\""},
        {{}, false, "expected a page of https://app.example.com, received Sec-Fetch-Site none, Origin none"},
    }));
    CAPTURE(said);
    CHECK(is_from_our_origin(head_of(fields), origin) == is_ours);
    CHECK(origin_difference(head_of(fields), origin) == said);
}

TEST_CASE("a form that this browser was not shown is refused with what is missing", "[gateway]")
{
    const auto at = forms();
    test::fixed_random random;
    const auto set = at.remember({.token = "t0ken", .return_to = "/", .shown = noon}, random);
    const auto cookie = set.substr(0, set.find(';'));
    const auto expected = "expected the form that this browser was shown within 10m, received ";
    const auto other = " is not of, or an older one";
    const auto [sent, token, waited, refused] =
        GENERATE_COPY(table<std::string, std::string, std::chrono::minutes, std::string>({
            {cookie, "t0ken", 1min, ""},
            {cookie, "another", 1min, expected + ("one that the cookie " + at.name()) + other},
            {cookie, "t0ken", 11min, expected + ("one that the cookie " + at.name()) + other},
            {"", "t0ken", 1min, expected + ("one without the cookie " + at.name())},
        }));
    CAPTURE(token, refused);
    std::vector<http::field> fields;
    if (!sent.empty())
        fields.push_back({"Cookie", sent});
    const auto posted = http::form::parse("form=" + token).value();
    const error why{errc::local_sign_in_refused, "local_sign_in", {}};
    const auto shown = form_shown_here(at, head_of(fields), posted, noon + waited, why);
    CHECK(test::outcome(shown) == (refused.empty() ? "ok" : "local_sign_in_refused at local_sign_in"));
    CHECK(test::detail(shown) == refused);
}
