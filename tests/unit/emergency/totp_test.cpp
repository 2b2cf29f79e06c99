// SPDX-License-Identifier: Apache-2.0
#include "emergency/totp.hpp"
#include "support/catch.hpp"
#include "support/fixed_random.hpp"
#include "support/outcome.hpp"

using namespace sekisho;
using namespace sekisho::emergency;

namespace
{

// RFC 6238, appendix B: "12345678901234567890".
const secret rfc_secret("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");

time_point at(std::int64_t seconds) { return time_point(std::chrono::seconds(seconds)); }

} // namespace

TEST_CASE("codes are those of RFC 6238, appendix B", "[emergency]")
{
    const auto [seconds, code] = GENERATE(table<std::int64_t, std::string>({
        {59, "287082"},
        {1111111109, "081804"},
        {1111111111, "050471"},
        {1234567890, "005924"},
        {2000000000, "279037"},
        {20000000000, "353130"},
    }));
    CHECK(totp_code(rfc_secret, totp_step(at(seconds))) == code);
    CHECK(check_totp(rfc_secret, code, at(seconds), 0) == totp_step(at(seconds)));
}

TEST_CASE("a code is good a step early and a step late, once", "[emergency]")
{
    const auto now = at(1234567890);
    const auto step = totp_step(now);
    const auto code_of = [](std::int64_t of) { return *totp_code(rfc_secret, of); };
    CHECK(check_totp(rfc_secret, code_of(step - 1), now, 0) == step - 1);
    CHECK(check_totp(rfc_secret, code_of(step + 1), now, 0) == step + 1);
    CHECK_FALSE(check_totp(rfc_secret, code_of(step - 2), now, 0));
    CHECK_FALSE(check_totp(rfc_secret, code_of(step + 2), now, 0));
    CHECK_FALSE(check_totp(rfc_secret, code_of(step), now, step));     // used
    CHECK_FALSE(check_totp(rfc_secret, code_of(step - 1), now, step)); // older than the used one
    CHECK(check_totp(rfc_secret, code_of(step + 1), now, step) == step + 1);
}

TEST_CASE("nothing but six digits of the right secret is a code", "[emergency]")
{
    const auto now = at(59);
    for (const auto* typed : {"", "28708", "2870820", "287082 ", "000000", "abcdef"})
        CHECK_FALSE(check_totp(rfc_secret, typed, now, 0));
    CHECK_FALSE(check_totp(secret("not base 32!"), "287082", now, 0));
    CHECK_FALSE(check_totp(secret(), "287082", now, 0));
}

TEST_CASE("a new secret has 160 bits, and apps can take its address", "[emergency]")
{
    test::fixed_random random;
    const auto made = make_totp_secret(random);
    CHECK(made.reveal() == "AAAQEAYEAUDAOCAJBIFQYDIOB4IBCEQT");
    CHECK(
        totp_address(made, "app.example.com", "alice@x").reveal() ==
        "otpauth://totp/"
        "app.example.com:alice%40x?secret=AAAQEAYEAUDAOCAJBIFQYDIOB4IBCEQT&issuer=app.example.com"
        "&algorithm=SHA1&digits=6&period=30"
    );
}
