// SPDX-License-Identifier: Apache-2.0
#include "settings/spelling.hpp"
#include "support/catch.hpp"

#include <string>
#include <string_view>

namespace sekisho::settings
{

TEST_CASE("a size is a number of bytes with an optional unit", "[settings]")
{
    const auto [text, bytes] = GENERATE(Catch::Generators::table<std::string_view, std::uint64_t>({
        {"0", 0},
        {"1048576", 1048576},
        {"64KiB", 65536},
        {"64 KiB", 65536},
        {"10MB", 10'000'000},
        {"3GiB", 3221225472},
        {"1kB", 1000},
        {"7B", 7},
    }));
    CAPTURE(text);
    CHECK(spelling<byte_size>::read(text).value().bytes == bytes);
}

TEST_CASE("a size of another form is refused", "[settings]")
{
    const auto text =
        GENERATE(as<std::string_view>(), "", "KiB", "-1", "1.5MiB", "64k", "64KiBs", "99999999999999TiB");
    CAPTURE(text);
    CHECK_FALSE(spelling<byte_size>::read(text).has_value());
}

TEST_CASE("a size is printed in the shortest spelling that is read back", "[settings]")
{
    const auto [bytes, text] = GENERATE(Catch::Generators::table<std::uint64_t, std::string>({
        {0, "0"},
        {1000, "1000"},
        {65536, "64KiB"},
        {1048576, "1MiB"},
        {1048577, "1048577"},
    }));
    CHECK(spelling<byte_size>::print({bytes}) == text);
    CHECK(spelling<byte_size>::read(text).value().bytes == bytes);
}

TEST_CASE("a listen address names a port and perhaps one address", "[settings]")
{
    const auto [text, host, port] =
        GENERATE(Catch::Generators::table<std::string, std::string, std::uint16_t>({
            {":8080", "", 8080},
            {"127.0.0.1:9090", "127.0.0.1", 9090},
            {"[::1]:9090", "::1", 9090},
            {"localhost:0", "localhost", 0},
        }));
    CAPTURE(text);
    const auto value = spelling<listen_address>::read(text).value();
    CHECK(value == listen_address{host, port});
    CHECK(spelling<listen_address>::print(value) == text);
}

TEST_CASE("a listen address of another form is refused", "[settings]")
{
    const auto text = GENERATE(
        as<std::string_view>(),
        "",
        "8080",
        ":",
        ":65536",
        ":-1",
        "::1:80",
        "[127.0.0.1]:80",
        "example.com:80",
        "127.0.0.1:",
        "127.1:80",
        "unix:/run/x"
    );
    CAPTURE(text);
    CHECK_FALSE(spelling<listen_address>::read(text).has_value());
}

TEST_CASE("a header name is a token, and off means none", "[settings]")
{
    CHECK(spelling<header_name>::read("X-Forwarded-User").value().str() == "X-Forwarded-User");
    CHECK(spelling<header_name>::read("off").value().empty());
    CHECK(spelling<header_name>::read("").value().empty());
    const auto text = GENERATE(as<std::string_view>(), "X User", "X:User", "X-\xe5\x90\x8d", "X\r\nY");
    CHECK_FALSE(spelling<header_name>::read(text).has_value());
}

TEST_CASE("a further header is a name, a colon and the path of a claim", "[settings]")
{
    const auto value = spelling<header_claim>::read("X-Country:  address.country").value();
    CHECK(value.header == "X-Country");
    CHECK(value.claim == "address.country");
    const auto text =
        GENERATE(as<std::string_view>(), "X-Country", "X Country: a", ": a", "X-Country:", "X-Country: a\nb");
    CHECK_FALSE(spelling<header_claim>::read(text).has_value());
}

TEST_CASE("a boolean is true or false and nothing else", "[settings]")
{
    CHECK(spelling<bool>::read("true").value());
    CHECK_FALSE(spelling<bool>::read("false").value());
    const auto text = GENERATE(as<std::string_view>(), "", "yes", "on", "1", "True", "0", "no");
    CHECK_FALSE(spelling<bool>::read(text).has_value());
}

TEST_CASE(
    "a duration of more than ten years is refused, for it would run over when added to the clock",
    "[settings]"
)
{
    CHECK(spelling<std::chrono::seconds>::read("3650d") == std::chrono::days(3650));
    CHECK_FALSE(spelling<std::chrono::seconds>::read("3650d1s"));
    CHECK_FALSE(spelling<std::chrono::seconds>::read("9000000d"));
}

TEST_CASE("a duration of whole seconds has no fraction", "[settings]")
{
    CHECK(spelling<std::chrono::seconds>::read("1h30m").value() == 90min);
    CHECK_FALSE(spelling<std::chrono::seconds>::read("1500ms").has_value());
    CHECK_FALSE(spelling<std::chrono::seconds>::read("12").has_value());
    CHECK(spelling<std::chrono::milliseconds>::read("1500ms").value() == 1500ms);
}

TEST_CASE("zero needs no unit", "[settings]")
{
    CHECK(spelling<std::chrono::seconds>::read("0").value() == 0s);
    CHECK(spelling<std::chrono::milliseconds>::read("0").value() == 0ms);
}

TEST_CASE("text is one line of UTF-8", "[settings]")
{
    CHECK(spelling<std::string>::read("山田").value() == "山田");
    CHECK_FALSE(spelling<std::string>::read("a\nb").has_value());
    CHECK_FALSE(spelling<std::string>::read("\xff").has_value());
}

TEST_CASE("a choice is one of its names in their exact spelling", "[settings]")
{
    CHECK(spelling<when_needed>::read("auto").value() == when_needed::automatic);
    CHECK(spelling<tls_version>::read("1.3").value() == tls_version::tls_1_3);
    CHECK_FALSE(spelling<auth_method>::read("PKCE").has_value());
    CHECK_FALSE(spelling<auth_method>::read("").has_value());
}

TEST_CASE("printing a secret says only whether it is set", "[settings]")
{
    CHECK(spelling<secret>::print(secret("hunter2")) == "(set, not shown)");
    CHECK(spelling<secret>::print(secret()).empty());
}

TEST_CASE("a listener can be off, another optional value can be empty", "[settings]")
{
    using optional_listener = std::optional<listen_address>;
    CHECK_FALSE(spelling<optional_listener>::read("off").value().has_value());
    CHECK(spelling<optional_listener>::print({}) == "off");
    CHECK_FALSE(spelling<std::optional<url>>::read("").value().has_value());
    CHECK_FALSE(spelling<std::optional<url>>::read("off").has_value());
}

TEST_CASE("a list as one text is cut at commas and spaces", "[settings]")
{
    using strings = std::vector<std::string>;
    CHECK(
        split_list("openid, profile email,,", separation::comma_or_space) ==
        strings{"openid", "profile", "email"}
    );
    CHECK(split_list("X-A: a.b, X-C: c", separation::comma) == strings{"X-A: a.b", "X-C: c"});
    CHECK(split_list("one\ntwo\n", separation::comma_or_space) == strings{"one", "two"});
    CHECK(split_list("", separation::comma).empty());
}

} // namespace sekisho::settings
