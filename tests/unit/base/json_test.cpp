// SPDX-License-Identifier: Apache-2.0
#include "base/json.hpp"
#include "support/catch.hpp"

#include <nlohmann/json.hpp>

using namespace sekisho;

namespace
{

std::string nested(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

std::string detail(std::string_view text, errc expected = errc::value_malformed)
{
    const auto parsed = parse_json(text);
    REQUIRE_FALSE(parsed);
    CHECK(parsed.error().code == expected);
    return parsed.error().detail;
}

} // namespace

TEST_CASE("every kind of JSON value is built as it was written", "[base]")
{
    const std::string text =
        R"({"a":[1,-2,3.5,true,false,null,"\u00e9\n",[],{}],"b":{"c":{"d":18446744073709551615}}})";
    const auto parsed = parse_json(text).value();
    CHECK(
        to_text(parsed) ==
        "{\"a\":[1,-2,3.5,true,false,null,\"\xc3\xa9\\n\",[],{}],\"b\":{\"c\":{\"d\":18446744073709551615}}}"
    );
    CHECK(parse_json("7").value() == 7);
    CHECK(parse_json(" \"x\" ").value() == "x");
}

TEST_CASE("what is no JSON text is refused with the position", "[base]")
{
    auto [text, position] = GENERATE(table<std::string, std::string>({
        {"", "byte 0"},
        {"{", "byte 1"},
        {"[1,]", "byte 4"},
        {"{\"a\":1,}", "byte 8"},
        {"{'a':1}", "byte 2"},
        {"[1] 2", "byte 5"},
        {"nul", "byte 3"},
        {"NaN", "byte 1"},
        {"01", "byte 2"},
        {"1e999", "byte 5"},
        {"// x\n1", "byte 1"},
        {"\"\xff\"", "byte 2"},
        {"\"\\ud800\"", "byte"},
        {"\"a\tb\"", "byte 3"},
        {std::string("1\0", 2), "byte 2"},
        {std::string("[]\0}", 4), "byte 3"},
        {std::string("\"\0\"", 3), "byte 2"},
    }));
    CAPTURE(text);
    CHECK(detail(text).find(position) != std::string::npos);
}

TEST_CASE("an error never repeats what was read", "[base]")
{
    CHECK(detail("{\"access_token\":\"hunter2").find("hunter2") == std::string::npos);
}

TEST_CASE(
    "RFC 8259, 4: a second member of the same name is refused at any depth, however it is spelled", "[base]"
)
{
    auto [text, position] = GENERATE(table<std::string, std::string>({
        {R"({"a":1,"a":2})", "byte 10"},
        {R"({"a":1,"\u0061":2})", "byte 15"},
        {R"([{"b":{"a":1,"c":2,"a":1}}])", "byte 22"},
        {R"({"":1,"":1})", "byte 8"},
    }));
    CHECK(detail(text).find("same name at " + position) != std::string::npos);
    CHECK(parse_json(R"([{"a":1},{"a":2},{"A":{"a":3}}])"));
}

TEST_CASE("JSON may be as deep as its limit and not a level more", "[base]")
{
    CHECK(parse_json(nested(32)));
    CHECK(detail(nested(33), errc::value_too_large).find("deeper than 32 at byte 33") != std::string::npos);
    CHECK(parse_json(nested(3), {.size = 100, .depth = 3}));
    CHECK_FALSE(parse_json(R"({"a":{"b":{"c":{}}}})", {.size = 100, .depth = 3}));
    CHECK(parse_json(R"([[],[],[[]]])", {.size = 100, .depth = 3})); // depth, not count
    CHECK(parse_json("1", {.size = 100, .depth = 0}));
}

TEST_CASE("JSON may be as large as its limit and not a byte more", "[base]")
{
    CHECK(parse_json("[1234]", {.size = 6, .depth = 1}));
    const auto refused = parse_json("[12345]", {.size = 6, .depth = 1});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == errc::value_too_large);
    CHECK(parse_json("\"" + std::string(1024 * 1024 - 2, 'x') + "\""));
    CHECK_FALSE(parse_json("\"" + std::string(1024 * 1024 - 1, 'x') + "\""));
}

TEST_CASE("CVE-2026-48042: a million nested brackets get a clean error", "[base]")
{
    const auto text = GENERATE(std::string(1'000'000, '['), nested(500'000));
    CHECK(detail(text, errc::value_too_large).find("deeper") != std::string::npos);
    // Even when the limit allows it, no recursion of ours or of the parser's runs out of stack.
    CHECK_FALSE(parse_json(std::string(1'000'000, '['), {.size = 2'000'000, .depth = 2'000'000}));
}

TEST_CASE("text that is not UTF-8 is written with replacement characters", "[base]")
{
    CHECK(to_text(json("a\xff")) == "\"a\xef\xbf\xbd\"");
}

TEST_CASE("members are read with their kind", "[base]")
{
    const auto value =
        parse_json(R"({"t":"x","n":1.5,"i":7,"b":true,"z":null,"l":["a","b"],"e":[]})").value();
    const auto object = json_object::of(value, "metadata").value();
    CHECK(object.text("t").value() == "x");
    CHECK(object.optional_text("t").value() == "x");
    CHECK(object.optional_number("n").value() == 1.5);
    CHECK(object.optional_number("i").value() == 7);
    CHECK(object.optional_bool("b").value() == true);
    CHECK(object.optional_texts("l").value() == std::vector<std::string>{"a", "b"});
    CHECK(object.optional_texts("e").value().empty());
    CHECK(object.has("t"));
    CHECK(object.find("z") != nullptr);
    CHECK(object.find("absent") == nullptr);
}

TEST_CASE("CVE-2026-41571: null is the same as absent and never becomes a text", "[base]")
{
    const auto value = parse_json(R"({"z":null})").value();
    const auto object = json_object::of(value, "claims").value();
    const auto* const name = GENERATE("z", "absent");
    CHECK_FALSE(object.has(name));
    CHECK(object.optional_text(name).value() == std::nullopt);
    CHECK(object.optional_number(name).value() == std::nullopt);
    CHECK(object.optional_bool(name).value() == std::nullopt);
    CHECK(object.optional_texts(name).value().empty());
    CHECK_FALSE(object.text(name));
}

TEST_CASE("a member of the wrong kind is refused with its path", "[base]")
{
    const auto value = parse_json(R"({"t":"x","n":1,"l":["a",1]})").value();
    const auto object = json_object::of(value, "metadata").value();
    const auto path = [](const auto& refused)
    {
        REQUIRE_FALSE(refused);
        CHECK(refused.error().where == "metadata");
        return refused.error().detail;
    };
    CHECK(path(object.text("n")).starts_with("metadata.n: expected a string, found number"));
    CHECK(path(object.text("absent")).starts_with("metadata.absent: expected a string, which is missing"));
    CHECK(path(object.optional_text("n")).starts_with("metadata.n"));
    CHECK(path(object.optional_number("t")).starts_with("metadata.t"));
    CHECK(path(object.optional_bool("n")).starts_with("metadata.n"));
    CHECK(path(object.optional_texts("t")).starts_with("metadata.t"));
    CHECK(path(object.optional_texts("l")).starts_with("metadata.l"));
    CHECK(path(json_object::of(value.at("l"), "metadata")).find("found array") != std::string::npos);
}
