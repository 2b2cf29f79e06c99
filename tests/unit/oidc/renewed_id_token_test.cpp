// SPDX-License-Identifier: Apache-2.0
#include "oidc/renewed_id_token.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"

#include <nlohmann/json.hpp>

using namespace sekisho;
using namespace sekisho::oidc;
using test::outcome;

namespace
{

claims made(std::string_view text) { return claims::parse(text, "test").value(); }

const std::string kept = R"({"iss":"https://op","sub":"alice","iat":1000,"nonce":"n-1","auth_time":900})";

} // namespace

TEST_CASE("a renewed ID token is held against the sign-in that it renews (Core 12.2)", "[oidc]")
{
    const auto [rule, renewed, before, expected] =
        GENERATE_COPY(table<std::string, std::string, std::string, std::string>({
            {"the same person, newer", R"({"iss":"https://op","sub":"alice","iat":2000})", kept, "ok"},
            {"in the same second", R"({"iss":"https://op","sub":"alice","iat":1000})", kept, "ok"},
            {"sub: another",
             R"({"iss":"https://op","sub":"bob","iat":2000})",
             kept,
             "oidc_refresh_refused at id_token.sub"},
            {"sub: missing",
             R"({"iss":"https://op","iat":2000})",
             kept,
             "oidc_refresh_refused at id_token.sub"},
            {"iss: another",
             R"({"iss":"https://op/","sub":"alice","iat":2000})",
             kept,
             "oidc_refresh_refused at id_token.iss"},
            {"iss: no text",
             R"({"iss":["https://op"],"sub":"alice","iat":2000})",
             kept,
             "oidc_refresh_refused at id_token.iss"},
            {"iss and sub hold without a kept token",
             R"({"iss":"https://op","sub":"bob"})",
             "{}",
             "oidc_refresh_refused at id_token.sub"},
            {"iat: older than the one it renews",
             R"({"iss":"https://op","sub":"alice","iat":999})",
             kept,
             "oidc_generic_token_failure at id_token.iat"},
            {"iat: gone",
             R"({"iss":"https://op","sub":"alice"})",
             kept,
             "oidc_generic_token_failure at id_token.iat"},
            {"nonce: the same", R"({"iss":"https://op","sub":"alice","iat":2000,"nonce":"n-1"})", kept, "ok"},
            {"nonce: another",
             R"({"iss":"https://op","sub":"alice","iat":2000,"nonce":"n-2"})",
             kept,
             "oidc_nonce_missing at id_token.nonce"},
            {"nonce: none was there before",
             R"({"iss":"https://op","sub":"alice","iat":2000,"nonce":"n-2"})",
             R"({"iss":"https://op","sub":"alice","iat":1000})",
             "oidc_nonce_missing at id_token.nonce"},
            {"nonce: nothing to compare it with",
             R"({"iss":"https://op","sub":"alice","iat":2000,"nonce":"n-2"})",
             "{}",
             "ok"},
            {"nonce: no text",
             R"({"iss":"https://op","sub":"alice","iat":2000,"nonce":7})",
             kept,
             "oidc_nonce_missing at id_token.nonce"},
            {"auth_time: the same",
             R"({"iss":"https://op","sub":"alice","iat":2000,"auth_time":900})",
             kept,
             "ok"},
            {"auth_time: before the sign-in",
             R"({"iss":"https://op","sub":"alice","iat":2000,"auth_time":899})",
             kept,
             "oidc_generic_token_failure at id_token.auth_time"},
            {"auth_time: later, for another application: the caller's affair",
             R"({"iss":"https://op","sub":"alice","iat":2000,"auth_time":1999})",
             kept,
             "ok"},
            {"auth_time: nothing to compare it with",
             R"({"iss":"https://op","sub":"alice","iat":2000,"auth_time":1})",
             R"({"iss":"https://op","sub":"alice","iat":1000})",
             "ok"},
        }));
    CAPTURE(rule);
    // Of the token before only its mark is left: none is kept.
    renewed_person who{"https://op", subject("alice"), {}, mark_of(made(before))};
    if (const auto seconds = made(before).number("auth_time"))
        who.mark.auth_time = time_point(std::chrono::seconds(static_cast<std::int64_t>(*seconds)));
    CHECK(outcome(check_renewed(made(renewed), who)) == expected);
}

TEST_CASE("a path that reads as a claim's name is no claim of a renewed ID token", "[oidc]")
{
    const renewed_person who{"https://op", subject("alice"), {}, {}};
    CHECK_FALSE(check_renewed(made(R"({"x":{"iss":"https://op"},"sub":"alice"})"), who));
}

TEST_CASE("claims are made those of the person who signed in, whatever they say", "[oidc]")
{
    const renewed_person who{"https://op", subject("alice"), {}, {}};
    const auto same = as_person(made(R"({"iss":"https://evil","sub":"bob","groups":["a"]})"), who);
    CHECK(same.text("iss") == "https://op");
    CHECK(same.subject().view() == "alice");
    CHECK(same.texts("groups") == std::vector<std::string>{"a"});
}
