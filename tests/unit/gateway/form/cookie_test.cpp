// SPDX-License-Identifier: Apache-2.0
#include "gateway/form/cookie.hpp"
#include "support/catch.hpp"
#include "support/fixed_random.hpp"
#include "support/outcome.hpp"
#include "support/session_values.hpp"

using namespace sekisho;
using namespace sekisho::gateway;
using namespace std::chrono_literals;
using test::cookie_request;
using test::has;
using test::noon;

namespace
{

const std::string token = "t0ken";

form_cookie made(
    std::string_view end = session::emergency_cookie_end,
    session::transport by = session::transport::https,
    const std::string& purpose = "emergency_form"
)
{
    const std::vector<secret> secrets{secret("a secret of more than thirty-two bytes")};
    return {{.reached_by = by}, end, "/oidc/emergency", crypto::key_ring(secrets, purpose)};
}

std::string remembered(const form_cookie& at, std::string return_to = "/reports?a=1")
{
    test::fixed_random random;
    return at.remember(
        {.token = token, .return_to = std::move(return_to), .about = "name", .shown = noon}, random
    );
}

std::string pair_of(const std::string& set_cookie) { return set_cookie.substr(0, set_cookie.find(';')); }

} // namespace

TEST_CASE("a form of ours is known again by the browser it was shown to", "[gateway]")
{
    const auto at = made();
    const cookie_request browser(pair_of(remembered(at)));
    const auto found = at.find(browser, token, noon + 1min);
    REQUIRE(found);
    CHECK(found->return_to == "/reports?a=1");
    CHECK(found->about == "name");
    CHECK(found->shown == noon);
    CHECK_FALSE(at.find(browser, "t0keN", noon));
    CHECK_FALSE(at.find(browser, "", noon));
    CHECK_FALSE(at.find(cookie_request(""), token, noon));
}

TEST_CASE("a form is good for ten minutes, and not from the future", "[gateway]")
{
    const auto [passed, is_good] = GENERATE(table<std::chrono::seconds, bool>({
        {0s, true},
        {599s, true},
        {600s, false},
        {-600s, true}, // another replica's clock
        {-601s, false},
    }));
    CAPTURE(passed.count());
    const auto at = made();
    const cookie_request browser(pair_of(remembered(at)));
    CHECK(at.find(browser, token, noon + passed).has_value() == is_good);
}

TEST_CASE("one form's cookie is not another form's", "[gateway]")
{
    const auto at = made();
    const auto text = pair_of(remembered(at));
    const auto value = text.substr(text.find('=') + 1);
    const auto local = made(session::local_cookie_end);
    CHECK_FALSE(local.find(cookie_request(local.name() + "=" + value), token, noon));
    const auto other = made(session::emergency_cookie_end, session::transport::https, "local_form");
    CHECK_FALSE(other.find(cookie_request(text), token, noon));
    auto altered = text;
    altered.back() = altered.back() == 'A' ? 'Q' : 'A';
    CHECK_FALSE(at.find(cookie_request(altered), token, noon));
    CHECK_FALSE(at.find(cookie_request(text.substr(0, text.size() - 4)), token, noon));
}

TEST_CASE("the cookie of a form travels to its own address only, and never from another site", "[gateway]")
{
    const auto [by, name, is_secure] = GENERATE(table<session::transport, std::string, bool>({
        {session::transport::https, "__Secure-sekisho_signin_emergency", true},
        {session::transport::http, "sekisho_signin_emergency", false},
    }));
    const auto at = made(session::emergency_cookie_end, by);
    CHECK(at.name() == name);
    for (const auto& text : {remembered(at), at.erase()})
    {
        CHECK(text.starts_with(name + "="));
        CHECK(has(text, "; Path=/oidc/emergency"));
        CHECK(has(text, "; HttpOnly"));
        CHECK(has(text, "; SameSite=Strict"));
        CHECK(has(text, "; Secure") == is_secure);
    }
    CHECK(has(remembered(at), "; Max-Age=600"));
    CHECK(has(at.erase(), "; Max-Age=0"));
}

TEST_CASE("a return address too long for a cookie becomes the front page", "[gateway]")
{
    const auto at = made();
    for (const auto& [size, is_kept] : {std::pair(2000, true), std::pair(2001, false)})
    {
        const auto address = "/" + std::string(static_cast<std::size_t>(size) - 1, 'a');
        const auto found = at.find(cookie_request(pair_of(remembered(at, address))), token, noon);
        REQUIRE(found);
        CHECK(found->return_to == (is_kept ? address : "/"));
    }
}
