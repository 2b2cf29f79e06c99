// SPDX-License-Identifier: Apache-2.0
#include "http/multipart.hpp"
#include "support/catch.hpp"

#include <string>
#include <tuple>

using namespace sekisho;
using http::boundary_of;
using http::multipart_kind;
using http::parse_multipart;

namespace
{

std::string part(const std::string& disposition, const std::string& value)
{
    return "--b\r\nContent-Disposition: " + disposition + "\r\n\r\n" + value + "\r\n";
}

const std::string end = "--b--\r\n";

} // namespace

TEST_CASE("the fields of a form come back in their order, line breaks and all", "[http]")
{
    const auto body = part("form-data; name=\"title\"", "a \"b\" & c\r\nd") +
                      part("form-data; name=\"title\"", "") + part("form-data; name=\"na%22me%0D%0A\"", "x") +
                      part("form-data; name=\"日本\"", "語") + end;
    const auto read = parse_multipart(body, "b");
    REQUIRE(read);
    REQUIRE(read->size() == 4);
    CHECK((*read)[0].name == "title");
    CHECK((*read)[0].value == "a \"b\" & c\r\nd");
    CHECK((*read)[1].value.empty());
    CHECK((*read)[2].name == "na\"me\r\n");
    CHECK((*read)[3].name == "日本");
    CHECK((*read)[3].value == "語");
}

TEST_CASE("a file field in which nothing was chosen is told from text", "[http]")
{
    const auto body = "--b\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"\"\r\nContent-Type: "
                      "application/octet-stream\r\n\r\n\r\n" +
                      part("form-data; name=\"note\"", "") + end;
    const auto read = parse_multipart(body, "b");
    REQUIRE(read);
    CHECK((*read)[0].kind == multipart_kind::no_file);
    CHECK((*read)[1].kind == multipart_kind::text);
}

TEST_CASE("a form with a file is refused, and so is what no browser sends", "[http]")
{
    const auto [body, code] = GENERATE(table<std::string, errc>({
        {part("form-data; name=\"a\"; filename=\"x.png\"", "x") + end, errc::value_too_large},
        {part("form-data; name=\"a\"; filename*=UTF-8''x", "x") + end, errc::value_too_large},
        {part("form-data; name=\"a\"; filename=\"\"", "content") + end, errc::value_too_large},
        {"", errc::value_malformed},
        {"preamble\r\n" + part("form-data; name=\"a\"", "x") + end, errc::value_malformed},
        {part("form-data; name=\"a\"", "x"), errc::value_malformed},                // no end
        {part("form-data; name=\"a\"", "x") + end + "more", errc::value_malformed}, // RFC 2046: an epilogue
        {part("form-data", "x") + end, errc::value_malformed},                      // RFC 7578, 4.2: no name
        {part("attachment; name=\"a\"", "x") + end, errc::value_malformed},
        {part("form-data; name=\"a", "x") + end, errc::value_malformed},
        {"--b\r\nno head\r\n" + end, errc::value_malformed},
        {"--bx\r\n" + end, errc::value_malformed},
        {"--b\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Transfer-Encoding: "
         "base64\r\n\r\neA==\r\n" +
             end,
         errc::value_malformed}, // RFC 7578, 4.7
    }));
    CAPTURE(body);
    const auto read = parse_multipart(body, "b");
    REQUIRE_FALSE(read);
    CHECK(read.error().code == code);
}

TEST_CASE("more fields or bytes than allowed are too large", "[http]")
{
    const auto body = part("form-data; name=\"a\"", "x") + part("form-data; name=\"b\"", "y") + end;
    CHECK(parse_multipart(body, "b", {.fields = 2, .bytes = body.size()}));
    CHECK(
        parse_multipart(body, "b", {.fields = 1, .bytes = body.size()}).error().code == errc::value_too_large
    );
    CHECK(
        parse_multipart(body, "b", {.fields = 2, .bytes = body.size() - 1}).error().code ==
        errc::value_too_large
    );
}

TEST_CASE("the boundary of a Content-Type, RFC 2046, 5.1.1", "[http]")
{
    const auto [type, boundary] = GENERATE(table<std::string, std::string>({
        {"multipart/form-data; boundary=----WebKitFormBoundaryAbC123", "----WebKitFormBoundaryAbC123"},
        {"multipart/form-data; boundary=\"a b\"", "a b"},
        {"multipart/form-data;charset=utf-8;BOUNDARY=x", "x"},
        {"multipart/form-data", ""},
        {"multipart/form-data; boundary=", ""},
        {"multipart/form-data; boundary=\"a\xff\"", ""},
        {"multipart/form-data; boundary=\"a ", ""},
        {"multipart/form-data; boundary=" + std::string(71, 'x'), ""},
        {"multipart/form-data; boundary=" + std::string(70, 'x'), std::string(70, 'x')},
    }));
    CAPTURE(type);
    CHECK(boundary_of(type) == boundary);
}
