// SPDX-License-Identifier: Apache-2.0
#include "directory/reason.hpp"
#include "support/catch.hpp"

using namespace sekisho;

TEST_CASE("what an API says about its refusal is read in each of the usual forms", "[directory]")
{
    const auto [body, text] = GENERATE(table<std::string_view, std::string_view>({
        {R"({"error":{"code":"Authorization_RequestDenied","message":"No."}})",
         R"(Authorization_RequestDenied ("No."))"}, // Graph
        {R"({"error":{"code":403,"message":"Not Authorized","status":"PERMISSION_DENIED"}})",
         R"(PERMISSION_DENIED ("Not Authorized"))"}, // Google
        {R"({"error":"invalid_grant","error_description":"Invalid JWT Signature."})",
         R"(invalid_grant ("Invalid JWT Signature."))"},  // RFC 6749, 5.2
        {R"({"message":"Not Found"})", R"("Not Found")"}, // GitHub
        {R"({"error":"insufficient_scope"})", "insufficient_scope"},
        {R"({"error":{"code":7}})", ""},
        {R"({"message":["a"]})", ""},
        {R"({"message":"a\nlevel=error b"})", R"("a?level=error b")"}, // CWE-117
        {R"(["error"])", ""},
        {"<html>", ""},
        {"", ""},
    }));
    CAPTURE(body);
    CHECK(to_text(directory::reason_of(body)) == text);
}
