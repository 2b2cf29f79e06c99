// SPDX-License-Identifier: Apache-2.0
#include "gateway/form/kept_form.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"

#include <string>
#include <vector>

using namespace sekisho;
using namespace sekisho::gateway;
using test::outcome;

namespace
{

kept_form sample()
{
    return {
        .origin = "https://app.example.com",
        .target = "/orders/new?draft=1",
        .encoding = form_encoding::multipart,
        .fields =
            {{"title", "a & b\r\nc", kept_kind::text},
             {"", "", kept_kind::text},
             {"file", "", kept_kind::no_file}},
        .issuer = "https://idp.example",
        .subject = "alice"
    };
}

struct request
{
    std::vector<http::field> fields;
    http::request_head head;
    explicit request(std::vector<http::field> with, std::string_view method = "POST")
        : fields(std::move(with)), head{method, "/x", 11, fields}
    {
    }
    request(const request&) = delete;
    request& operator=(const request&) = delete;
};

std::string outcome_of(std::string_view body, std::size_t limit = 100)
{
    const request by({{"Content-Type", "application/x-www-form-urlencoded"}});
    return outcome(read_fields(body, form_encoding::urlencoded, by.head, limit));
}

} // namespace

TEST_CASE("a kept form is read back as it was", "[gateway]")
{
    const auto form = sample();
    const auto back = decode_kept_form(encode(form));
    REQUIRE(back);
    CHECK(back->origin == form.origin);
    CHECK(back->target == form.target);
    CHECK(back->encoding == form.encoding);
    CHECK(back->issuer == form.issuer);
    CHECK(back->subject == form.subject);
    REQUIRE(back->fields.size() == form.fields.size());
    for (std::size_t index = 0; index < form.fields.size(); ++index)
    {
        CHECK(back->fields[index].name == form.fields[index].name);
        CHECK(back->fields[index].value == form.fields[index].value);
        CHECK(back->fields[index].kind == form.fields[index].kind);
    }
}

TEST_CASE("a kept form that was cut off anywhere, or goes on, is none", "[gateway]")
{
    const auto whole = encode(sample());
    for (std::size_t size = 0; size < whole.size(); ++size)
    {
        CAPTURE(size);
        CHECK(outcome(decode_kept_form(whole.substr(0, size))) == "value_malformed at kept_form");
    }
    CHECK_FALSE(decode_kept_form(whole + std::string(1, '\0')));
}

TEST_CASE("a byte of a kept form that says something impossible is refused", "[gateway]")
{
    const auto whole = encode(sample());
    const auto with = [&](std::size_t at, char byte)
    {
        auto changed = whole;
        changed[at] = byte;
        return decode_kept_form(changed).has_value();
    };
    const auto encoding_at = 1 + 1 + sample().origin.size() + 1 + sample().target.size();
    REQUIRE(whole[encoding_at] == 1);
    CHECK_FALSE(with(0, 'D'));              // a session's version
    CHECK_FALSE(with(encoding_at, 2));      // no such encoding
    CHECK_FALSE(with(whole.size() - 1, 2)); // no such kind
    CHECK_FALSE(with(1, '\x7f'));           // a length beyond the end
    CHECK(with(encoding_at, 0));
}

TEST_CASE("a kept form has at most two thousand fields", "[gateway]")
{
    auto form = sample();
    form.fields.assign(2000, {"n", "v", kept_kind::text});
    CHECK(decode_kept_form(encode(form)));
    form.fields.push_back({"n", "v", kept_kind::text});
    CHECK_FALSE(decode_kept_form(encode(form)));
}

TEST_CASE("only a form that a page sends is taken for one", "[gateway]")
{
    const auto [method, mode, destination, accept, is_form] =
        GENERATE(table<std::string, std::string, std::string, std::string, bool>({
            {"POST", "navigate", "document", "text/html", true},
            {"GET", "navigate", "document", "text/html", false},
            {"PUT", "navigate", "document", "text/html", false},
            {"POST", "cors", "empty", "text/html", false},
            {"POST", "navigate", "iframe", "text/html", false},
            {"POST", "", "", "text/html", true}, // an older browser
            {"POST", "", "", "application/json", false},
        }));
    CAPTURE(method, mode, destination, accept);
    std::vector<http::field> fields{{"Accept", accept}};
    if (!mode.empty())
    {
        fields.push_back({"Sec-Fetch-Mode", mode});
        fields.push_back({"Sec-Fetch-Dest", destination});
    }
    const request by(std::move(fields), method);
    CHECK(is_sent_form(by.head) == is_form);
}

TEST_CASE("what can be sent again is a form of one of two encodings", "[gateway]")
{
    const auto [type, expected] = GENERATE(table<std::string, std::string>({
        {"application/x-www-form-urlencoded", "urlencoded"},
        {"Application/X-WWW-Form-UrlEncoded; charset=UTF-8", "urlencoded"},
        {"multipart/form-data; boundary=b", "multipart"},
        {"multipart/form-data-x", "none"},
        {"text/plain", "none"},
        {"application/json", "none"},
        {"", "none"},
    }));
    CAPTURE(type);
    const request by({{"Content-Type", type}});
    const auto found = encoding_of(by.head);
    const auto* const name = !found                               ? "none"
                             : *found == form_encoding::multipart ? "multipart"
                                                                  : "urlencoded";
    CHECK(name == expected);
}

TEST_CASE("only text that would arrive as it was is kept", "[gateway]")
{
    const auto [body, expected] = GENERATE(table<std::string, std::string>({
        {"a=b&c=%E8%AA%9E", "ok"},
        {"a=b%0D%0Ac", "ok"},
        {"", "ok"},
        {"a=b%0Ac", "value_malformed at kept_form"},
        {"a=b%0Dc", "value_malformed at kept_form"},
        {"a=b%0D", "value_malformed at kept_form"},
        {"a=%0Ab", "value_malformed at kept_form"},
        {"a=%00", "value_malformed at kept_form"},
        {"a=%FF", "value_malformed at kept_form"},
        {"%FF=a", "value_malformed at kept_form"},
        {"n%0A=a", "value_malformed at kept_form"},
    }));
    CAPTURE(body);
    CHECK(outcome_of(body) == expected);
}

TEST_CASE("a form beyond its limit is too large", "[gateway]")
{
    CHECK(outcome_of("a=" + std::string(98, 'b')) == "ok");
    CHECK(outcome_of("a=" + std::string(99, 'b')).starts_with("value_too_large"));
    std::string many;
    for (int count = 0; count < 2001; ++count)
        many += "a=b&";
    many.pop_back();
    CHECK(outcome_of(many, 100'000) != "ok");
}
