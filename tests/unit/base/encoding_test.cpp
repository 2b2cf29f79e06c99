// SPDX-License-Identifier: Apache-2.0
#include "base/encoding.hpp"
#include "support/catch.hpp"

using namespace sekisho;

TEST_CASE("RFC 4648, 10: base64 and base64url give the printed texts and read them back", "[base]")
{
    auto [plain, encoded] = GENERATE(table<std::string, std::string>({
        {"", ""},
        {"f", "Zg=="},
        {"fo", "Zm8="},
        {"foo", "Zm9v"},
        {"foob", "Zm9vYg=="},
        {"fooba", "Zm9vYmE="},
        {"foobar", "Zm9vYmFy"},
    }));
    CHECK(base64_encode(as_bytes(plain)) == encoded);
    CHECK(as_text(base64_decode(encoded).value()) == plain);
    const auto unpadded = encoded.substr(0, encoded.find('='));
    CHECK(base64url_encode(as_bytes(plain)) == unpadded);
    CHECK(as_text(base64url_decode(unpadded).value()) == plain);
}

TEST_CASE("the two alphabets differ in their last letters", "[base]")
{
    const std::string data("\xfb\xff\xbf", 3);
    CHECK(base64_encode(as_bytes(data)) == "+/+/");
    CHECK(base64url_encode(as_bytes(data)) == "-_-_");
    CHECK_FALSE(base64_decode("-_-_"));
    CHECK_FALSE(base64url_decode("+/+/"));
}

TEST_CASE("every byte survives base64url and hex", "[base]")
{
    bytes all;
    for (int value = 0; value < 256; ++value)
        all.push_back(static_cast<std::byte>(value));
    CHECK(base64url_decode(base64url_encode(all)).value() == all);
    CHECK(hex_encode(all).starts_with("000102030405060708090a0b"));
    CHECK(hex_encode(all).ends_with("fdfeff"));
}

TEST_CASE("base64url has one spelling: everything else is refused", "[base]")
{
    const auto text = GENERATE(
        as<std::string>{},
        "Zg==",
        "Z",
        "Zm9vY",
        "Zh",
        "Zm9",
        "Zm 9v",
        "Zm9v\n",
        " Zm9v",
        "Zm9*",
        "Zm\xc3\xa9v",
        "=",
        "A"
    );
    const auto decoded = base64url_decode(text);
    REQUIRE_FALSE(decoded);
    CHECK(decoded.error().code == errc::value_malformed);
}

TEST_CASE("base64 has one spelling: everything else is refused", "[base]")
{
    const auto text = GENERATE(
        as<std::string>{},
        "Zg",
        "Zg=",
        "Zg===",
        "Zh==",
        "Zm9=",
        "Zm9v\n",
        "Z===",
        "====",
        "=g==",
        "Zg==Zg==",
        "Zg=="
        " "
    );
    CHECK_FALSE(base64_decode(text));
}

TEST_CASE("percent and form encoding differ in the space and the tilde", "[base]")
{
    CHECK(percent_encode("a b+c~-._*/?\xc3\xa9") == "a%20b%2Bc~-._%2A%2F%3F%C3%A9");
    CHECK(form_encode("a b+c~-._*/?\xc3\xa9") == "a+b%2Bc%7E-._*%2F%3F%C3%A9");
    CHECK(percent_decode("a+b%20c").value() == "a+b c");
    CHECK(form_decode("a+b%20c%2B").value() == "a b c+");
}

TEST_CASE("escapes are decoded once", "[base]")
{
    CHECK(percent_decode("%2541").value() == "%41");
    CHECK(form_decode("%252b").value() == "%2b");
    CHECK(percent_decode("%00").value() == std::string(1, '\0'));
}

TEST_CASE("a broken escape is refused", "[base]")
{
    const auto text = GENERATE(as<std::string>{}, "%", "%4", "a%", "%4g", "%g4", "%%41", "% 1", "%+1");
    CHECK_FALSE(percent_decode(text));
    CHECK_FALSE(form_decode(text));
}

TEST_CASE("well-formed UTF-8 is told from all else", "[base]")
{
    auto [text, expected] = GENERATE(table<std::string, bool>({
        {"", true},
        {"plain", true},
        {"\xc3\xa9", true},          // U+00E9
        {"\xe2\x82\xac", true},      // U+20AC
        {"\xf0\x9f\x98\x80", true},  // U+1F600
        {"\xf4\x8f\xbf\xbf", true},  // U+10FFFF
        {"\xef\xbf\xbf", true},      // U+FFFF
        {"\xc0\x80", false},         // overlong NUL
        {"\xc1\xbf", false},         // overlong
        {"\xe0\x80\x80", false},     // overlong
        {"\xf0\x80\x80\x80", false}, // overlong
        {"\xed\xa0\x80", false},     // surrogate
        {"\xed\xbf\xbf", false},     // surrogate
        {"\xf4\x90\x80\x80", false}, // beyond U+10FFFF
        {"\xf5\x80\x80\x80", false},
        {"\x80", false},
        {"\xc3", false},
        {"\xe2\x82", false},
        {"\xf0\x9f\x98", false},
        {"\xc3(", false},
        {"a\xff", false},
    }));
    CHECK(is_utf8(text) == expected);
}
