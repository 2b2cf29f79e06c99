// SPDX-License-Identifier: Apache-2.0
#include "identity/identity.hpp"
#include "support/catch.hpp"

#include <string>
#include <string_view>

using namespace sekisho;
using namespace std::string_literals;

TEST_CASE("a clean text has no control character of any plane and is UTF-8", "[identity]")
{
    const auto [text, is_clean] = GENERATE(table<std::string, bool>({
        {"alice", true},
        {"", true},
        {"山田太郎", true},
        {"Renée O'Brien", true},
        {"a\nb", false},
        {"a\rb", false},
        {"a\tb", false},
        {"a\0b"s, false},
        {"a\x7f", false},
        {"a\xc2\x85"
         "b",
         false}, // U+0085, a line break to some readers
        {"a\xc2\xa0"
         "b",
         true},              // U+00A0
        {"\xc0\xaf", false}, // overlong
        {"\xff", false},
    }));
    CAPTURE(text);
    CHECK(identity::is_clean_text(text) == is_clean);
}

TEST_CASE("a person is issuer and subject together, also as a fingerprint", "[identity]")
{
    identity::identity one;
    one.issuer = "https://idp.example";
    one.subject = "alice";
    auto other = one;
    other.username = "al";
    CHECK(is_same_person(one, other));
    CHECK(fingerprint(one) == fingerprint(other));
    CHECK(fingerprint(one).size() == 43);
    other.subject = "alice2";
    CHECK_FALSE(is_same_person(one, other));
    CHECK(fingerprint(one) != fingerprint(other));
    other.issuer = "https://idp.examplealice"; // the border between the two counts
    other.subject = "2";
    CHECK_FALSE(is_same_person(one, other));
    auto shifted = one;
    shifted.issuer += "a";
    shifted.subject = "lice";
    CHECK(fingerprint(one) != fingerprint(shifted));
}

TEST_CASE("CVE-2026-40574: an e-mail address has one clear form", "[identity]")
{
    const auto [text, is_address] = GENERATE(table<std::string, bool>({
        {"alice@example.com", true},
        {"o'brien+tag@example.co.jp", true},
        {"taro@例え.jp", true},
        {"a@evil.com@ok.com", false},
        {"\"a@evil.com\"@ok.com", false},
        {"\"a b\"@ok.com", false},
        {"alice@example.com.", false},
        {"alice@.example.com", false},
        {"alice@example..com", false},
        {"alice@ok.com\0@evil.com"s, false},
        {"alice@ok.com\0"s, false},
        {"alice@ok.com\r\nX: y", false},
        {"Alice <alice@ok.com>", false},
        {"a@ok.com,b@evil.com", false},
        {"a@ok.com;b", false},
        {" alice@ok.com", false},
        {"alice@ok.com ", false},
        {"@ok.com", false},
        {"alice@", false},
        {"alice", false},
        {"", false},
    }));
    CAPTURE(text);
    CHECK(identity::is_email_address(text) == is_address);
}
