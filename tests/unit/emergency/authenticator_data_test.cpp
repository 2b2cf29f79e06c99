// SPDX-License-Identifier: Apache-2.0
// WebAuthn Level 2, 6.1 and 6.5.1; RFC 9053; the encoding of CTAP 2.1, 8.
#include "emergency/authenticator_data.hpp"
#include "support/authenticator.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"

using namespace sekisho;
using namespace sekisho::emergency;
using test::cbor_head;
using test::cbor_number;
using test::cbor_octets;
using test::outcome;

namespace
{

std::string read(const std::string& cose)
{
    cbor_reader from(as_bytes(cose));
    const auto key = read_cose_key(from);
    return key ? "ok" : test::detail(key);
}

std::string pair(std::int64_t label, const std::string& value) { return cbor_number(label) + value; }

const std::string good_x(32, 'x');

} // namespace

TEST_CASE("a key that is none of the three that we ask for is refused", "[emergency]")
{
    const auto [what, cose] = GENERATE(table<std::string, std::string>({
        {"nothing", ""},
        {"no map", cbor_number(1)},
        {"an empty map", cbor_head(5, 0)},
        {"a point off the curve",
         cbor_head(5, 5) + pair(1, cbor_number(2)) + pair(3, cbor_number(-7)) + pair(-1, cbor_number(1)) +
             pair(-2, cbor_octets(good_x)) + pair(-3, cbor_octets(good_x))},
        {"ES256 on P-384",
         cbor_head(5, 5) + pair(1, cbor_number(2)) + pair(3, cbor_number(-7)) + pair(-1, cbor_number(2)) +
             pair(-2, cbor_octets(good_x)) + pair(-3, cbor_octets(good_x))},
        {"ES384",
         cbor_head(5, 5) + pair(1, cbor_number(2)) + pair(3, cbor_number(-35)) + pair(-1, cbor_number(1)) +
             pair(-2, cbor_octets(good_x)) + pair(-3, cbor_octets(good_x))},
        {"a small RSA key",
         cbor_head(5, 4) + pair(1, cbor_number(3)) + pair(3, cbor_number(-257)) +
             pair(-1, cbor_octets(std::string(128, '\x91'))) +
             pair(-2, cbor_octets(std::string("\1\0\1", 3)))},
        {"a coordinate that is missing",
         cbor_head(5, 4) + pair(1, cbor_number(2)) + pair(3, cbor_number(-7)) + pair(-1, cbor_number(1)) +
             pair(-2, cbor_octets(good_x))},
        {"a member twice",
         cbor_head(5, 5) + pair(1, cbor_number(1)) + pair(1, cbor_number(1)) + pair(3, cbor_number(-8)) +
             pair(-1, cbor_number(6)) + pair(-2, cbor_octets(good_x))},
        {"a member too many (a kid)",
         cbor_head(5, 5) + pair(1, cbor_number(1)) + pair(2, cbor_octets("kid")) + pair(3, cbor_number(-8)) +
             pair(-1, cbor_number(6)) + pair(-2, cbor_octets(good_x))},
        {"a label that is a text", cbor_head(5, 1) + test::cbor_text("kty") + cbor_number(2)},
    }));
    CAPTURE(what);
    CHECK(read(cose) != "ok");
}

TEST_CASE("CBOR that is written in more than one way, or is too much, is refused", "[emergency]")
{
    const auto [what, data] = GENERATE(table<std::string, std::string>({
        {"a long form of a small number", std::string("\x18\x01", 2)},
        {"a longer form of a middle number", std::string("\x19\x00\xff", 3)},
        {"an indefinite map", std::string("\xbf\xff", 2)},
        {"a reserved length", std::string("\x1c", 1)},
        {"a number cut short", std::string("\x1a\x01\x02", 3)},
        {"a string cut short",
         std::string(
             "\x45"
             "ab",
             3
         )},
        {"a string of 2^64 - 1 bytes", std::string("\x5b\xff\xff\xff\xff\xff\xff\xff\xff", 9)},
        {"33 items", cbor_head(4, 33) + std::string(33, '\0')},
        {"five levels", std::string("\x81\x81\x81\x81\x00", 5)},
        {"a tag", std::string("\xc0\x00", 2)},
    }));
    CAPTURE(what);
    cbor_reader reader(as_bytes(data));
    CHECK(outcome(reader.pass_over()) == "value_malformed at cbor");
}

TEST_CASE("authenticator data says who was there, and has nothing behind it", "[emergency]")
{
    const test::authenticator key("EdDSA", "the id");
    test::ceremony_answer says{.flags = 0x05, .counter = 0x01020304};
    const auto data = key.authenticator_data(says, true);
    const auto read = parse_authenticator_data(as_bytes(data));
    REQUIRE(outcome(read) == "ok");
    CHECK(read->is_user_present);
    CHECK(read->is_user_verified);
    CHECK(read->counter == 0x01020304);
    REQUIRE(read->credential);
    CHECK(as_text(read->credential->id) == "the id");
    for (std::size_t size = 0; size < data.size(); ++size)
        CHECK_FALSE(parse_authenticator_data(as_bytes(std::string_view(data).substr(0, size))));
    CHECK_FALSE(parse_authenticator_data(as_bytes(data + "x")));
}

TEST_CASE("extensions are passed over where the flags say that there are some", "[emergency]")
{
    const test::authenticator key("ES256");
    test::ceremony_answer says{.flags = 0x85};
    says.more_authenticator_data = cbor_head(5, 1) + test::cbor_text("credProtect") + cbor_number(2);
    CHECK(parse_authenticator_data(as_bytes(key.authenticator_data(says, true))));
    CHECK(parse_authenticator_data(as_bytes(key.authenticator_data(says, false))));
    says.more_authenticator_data = cbor_number(2);
    CHECK_FALSE(parse_authenticator_data(as_bytes(key.authenticator_data(says, false))));
}
