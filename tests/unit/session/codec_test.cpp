// SPDX-License-Identifier: Apache-2.0
#include "session/codec.hpp"
#include "support/catch.hpp"
#include "support/session_values.hpp"

#include <string>

using namespace sekisho;
using namespace std::chrono_literals;
using session::decode_session;
using session::decode_sign_in;
using session::encode;
using test::noon;
using test::same_session;
using test::sample_session;

namespace
{

session::sign_in sample_sign_in()
{
    session::sign_in value;
    value.state = oidc::state("state-1");
    value.nonce = oidc::nonce("nonce-1");
    value.code_verifier = oidc::code_verifier("verifier-1");
    value.return_to = "/reports?q=%2F%E5&a=b;c#";
    value.provider = "main";
    value.method = oidc::flow::implicit;
    value.created = noon;
    value.max_age = 3600s;
    value.acr = {"urn:mfa", "phr"};
    value.scopes = {"payments"};
    value.scope = "payments reports";
    value.person = "fingerprint-1";
    value.purpose = session::sign_in_purpose::silent;
    return value;
}

} // namespace

TEST_CASE("a session comes back as it was", "[session]")
{
    auto value = sample_session();
    value.id_token = secret("i.d.t");
    value.access_token = secret("access");
    const auto read = decode_session(encode(value));
    REQUIRE(read);
    CHECK(same_session(*read, value));
}

TEST_CASE("an unknown time of authentication and an early one stay different", "[session]")
{
    auto value = sample_session();
    value.auth_time.reset();
    CHECK_FALSE(decode_session(encode(value))->auth_time);
    value.auth_time = time_point(0s);
    CHECK(decode_session(encode(value))->auth_time == time_point(0s));
}

TEST_CASE(
    "no nonce and one whose hash is zero stay different, as do an unknown iat and an early one", "[session]"
)
{
    auto value = sample_session();
    value.nonce_mark.reset();
    value.issued.reset();
    CHECK_FALSE(decode_session(encode(value))->nonce_mark);
    CHECK_FALSE(decode_session(encode(value))->issued);
    value.nonce_mark = 0;
    value.issued = time_point(0s);
    CHECK(decode_session(encode(value))->nonce_mark == 0);
    CHECK(decode_session(encode(value))->issued == time_point(0s));
}

TEST_CASE("sessions of an earlier layout are refused", "[session]")
{
    const auto version = GENERATE('A', 'B', 'C');
    auto old = encode(sample_session());
    old[0] = version;
    CHECK_FALSE(decode_session(old));
}

TEST_CASE("no e-mail address and an empty one stay different", "[session]")
{
    auto value = sample_session();
    value.who.email.reset();
    CHECK_FALSE(decode_session(encode(value))->who.email);
    value.who.email = "";
    CHECK(decode_session(encode(value))->who.email == "");
}

TEST_CASE("CVE-2021-32785: format directives and binary bytes in values come back as they were", "[session]")
{
    using namespace std::string_literals;
    auto value = sample_session("%n%s%n%x");
    value.who.user = "%s%s%s%n";
    value.who.name = "%.1000000d{}{0}"s + '\0' + "\xff\r\n";
    value.who.groups = {"%n", "", "{}"};
    const auto read = decode_session(encode(value));
    REQUIRE(read);
    CHECK(same_session(*read, value));
}

TEST_CASE("CVE-2023-35941: moving bytes between neighbouring fields gives other bytes", "[session]")
{
    auto left = sample_session();
    left.who.user = "ab";
    left.who.username = "c";
    auto right = sample_session();
    right.who.user = "a";
    right.who.username = "bc";
    CHECK(encode(left) != encode(right));
    left = sample_session();
    left.who.groups = {"a", "b"};
    right = sample_session();
    right.who.groups = {"ab"};
    CHECK(encode(left) != encode(right));
}

TEST_CASE("times beyond 2038 and 2106 come back as they were", "[session]")
{
    auto value = sample_session();
    value.created = time_point(2147483648s);
    value.last_seen = time_point(4294967296s);
    value.expires = time_point(253402300799s);
    CHECK(same_session(*decode_session(encode(value)), value));
}

TEST_CASE("an encoding that is cut anywhere, or goes on, is refused", "[session]")
{
    const auto encoded = encode(sample_session());
    for (std::size_t size = 0; size < encoded.size(); ++size)
    {
        CAPTURE(size);
        const auto read = decode_session(std::string_view(encoded).substr(0, size));
        REQUIRE_FALSE(read);
        REQUIRE(read.error().code == errc::value_malformed);
    }
    CHECK(decode_session(encoded + "x").error().detail == "unreadable at: end");
}

TEST_CASE("whatever decodes encodes to the same bytes", "[session]")
{
    const auto encoded = GENERATE(encode(sample_session()), encode(sample_sign_in()));
    int readable = 0;
    for (std::size_t at = 0; at < encoded.size(); ++at)
        for (const int change : {1, 3, 0x80, 0xff})
        {
            auto changed = encoded;
            changed[at] = static_cast<char>(changed[at] ^ change);
            CAPTURE(at, change);
            if (const auto read = decode_session(changed))
            {
                REQUIRE(encode(*read) == changed);
                ++readable;
            }
            if (const auto read = decode_sign_in(changed))
            {
                REQUIRE(encode(*read) == changed);
                ++readable;
            }
        }
    CHECK(readable > 50);
}

TEST_CASE("absurd lengths and counts are refused without memory being taken", "[session]")
{
    using namespace std::string_literals;
    const auto encoded = GENERATE(
        ""s,
        "C"s,
        "B\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"s, // 2^64 - 1
        "B\xff\xff\xff\xff\xff\xff\xff\xff\xff\x7f"s, // more than 64 bits
        "B\x81\x00x"s,                                // 1 in two bytes
        "B\xff\xff\xff\x7f"s
    );
    CHECK_FALSE(decode_session(encoded));
    CHECK_FALSE(decode_session("B" + std::string(70'000, '\0')));
}

TEST_CASE("a sign-in comes back as it was", "[session]")
{
    const auto value = sample_sign_in();
    const auto read = decode_sign_in(encode(value));
    REQUIRE(read);
    CHECK(read->state == value.state);
    CHECK(read->nonce == value.nonce);
    CHECK(read->code_verifier == value.code_verifier);
    CHECK(read->return_to == value.return_to);
    CHECK(read->provider == value.provider);
    CHECK(read->method == value.method);
    CHECK(read->created == value.created);
    CHECK(read->max_age == value.max_age);
    CHECK(read->acr == value.acr);
    CHECK(read->scopes == value.scopes);
    CHECK(read->scope == value.scope);
    CHECK(read->person == value.person);
    CHECK(read->purpose == value.purpose);
    CHECK_FALSE(read->keeps_signed_in);
    auto without = value;
    without.keeps_signed_in = true;
    CHECK(decode_sign_in(encode(without))->keeps_signed_in);
    without.max_age.reset();
    CHECK_FALSE(decode_sign_in(encode(without))->max_age);
    without.max_age = 0s;
    CHECK(decode_sign_in(encode(without))->max_age == 0s);
}

TEST_CASE("CVE-2024-47616: a sign-in never reads as a session, nor the reverse", "[session]")
{
    CHECK_FALSE(decode_session(encode(sample_sign_in())));
    CHECK_FALSE(decode_sign_in(encode(sample_session())));
    auto cut = encode(sample_sign_in());
    cut.pop_back();
    CHECK_FALSE(decode_sign_in(cut));
    CHECK_FALSE(decode_sign_in(encode(sample_sign_in()) + "x"));
}
