// SPDX-License-Identifier: Apache-2.0
// Answers that the provider signs (JARM 1.0): nothing outside of its JWT is believed, and no JWT but the one
// of the provider, for us, now.
#include "base/encoding.hpp"
#include "flow/house.hpp"
#include "support/catch.hpp"

#include <nlohmann/json.hpp>

#include <functional>
#include <utility>

using namespace sekisho;
using namespace sekisho::test;

namespace
{

bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

nlohmann::json good_answer(const house::journey& from) { return {{"state", from.state}, {"code", "c-1"}}; }

std::string as_query(std::string_view jwt) { return "response=" + form_encode(jwt); }

// A JWT of the provider with these members instead of its own.
std::string
signed_with(house& here, const house::journey& from, std::string_view name, const nlohmann::json& value)
{
    auto inside = good_answer(from);
    inside[std::string(name)] = value;
    return here.peer.signed_response(std::move(inside));
}

std::string payload(const house::journey& from)
{
    auto inside = good_answer(from);
    inside.update({{"iss", "https://idp.example"}, {"aud", "gate"}, {"exp", opening + 300}});
    return inside.dump();
}

} // namespace

TEST_CASE("somebody signs in by a signed answer, in every flow and way", "[flow]")
{
    const auto [flow, mode, asked] = GENERATE(table<oidc::flow, oidc::response_mode, std::string>({
        {oidc::flow::pkce, oidc::response_mode::jwt, "jwt"},
        {oidc::flow::pkce, oidc::response_mode::query_jwt, "query.jwt"},
        {oidc::flow::code, oidc::response_mode::form_post_jwt, "form_post.jwt"},
        {oidc::flow::implicit, oidc::response_mode::jwt, "form_post.jwt"},
        {oidc::flow::code_id_token, oidc::response_mode::jwt, "form_post.jwt"},
        {oidc::flow::code_id_token_token, oidc::response_mode::form_post_jwt, "form_post.jwt"},
    }));
    house here({.flow = flow, .mode = mode});
    const auto there = here.leave();
    CHECK(parameter_of(there.provider_address.text(), "response_mode") == asked);
    CHECK(here.come_back(there).field("Location") == "/reports?a=1");
    CHECK(here.is_signed_in());
}

TEST_CASE("an answer that the provider did not sign for us, now and alone, signs nobody in", "[flow]")
{
    using lie = std::function<std::string(house&, const house::journey&)>;
    const auto [what, told, code] = GENERATE(table<std::string, lie, std::string>({
        {"of another client",
         [](house& here, const house::journey& from)
         { return as_query(signed_with(here, from, "aud", "another")); },
         "oidc_generic_token_failure"},
        {"of another issuer, signed by the same key",
         [](house& here, const house::journey& from)
         { return as_query(signed_with(here, from, "iss", "https://other.example")); },
         "oidc_issuer_mismatch"},
        {"expired",
         [](house& here, const house::journey& from)
         { return as_query(signed_with(here, from, "exp", opening - 60)); },
         "oidc_generic_token_failure"},
        {"without an end",
         [](house& here, const house::journey& from)
         { return as_query(signed_with(here, from, "exp", nullptr)); },
         "oidc_generic_token_failure"},
        {"HS256 with the public key",
         [](house& here, const house::journey& from)
         {
             const auto forged = signing_key::with_secret("HS256", here.peer.key.public_pem());
             return as_query(forged.sign_with_kid("k1", payload(from)));
         },
         "oidc_generic_token_failure"},
        {"another key with the same kid",
         [](house&, const house::journey& from)
         { return as_query(signing_key::make("ES256").sign_with_kid("k1", payload(from))); },
         "oidc_generic_token_failure"},
        {"an access token's type",
         [](house& here, const house::journey& from)
         {
             const auto jwt =
                 here.peer.key.sign(R"({"alg":"ES256","kid":"k1","typ":"at+jwt"})", payload(from));
             return as_query(jwt);
         },
         "oidc_generic_token_failure"},
        {"a plain code beside it",
         [](house& here, const house::journey& from) { return here.honest_query(from) + "&code=c-2"; },
         "oidc_login_error"},
        {"a plain state beside it",
         [](house& here, const house::journey& from)
         { return here.honest_query(from) + "&state=" + from.state; },
         "oidc_login_error"},
        {"twice",
         [](house& here, const house::journey& from)
         { return here.honest_query(from) + "&" + here.honest_query(from); },
         "oidc_parameter_duplicated"},
        {"not signed at all",
         [](house&, const house::journey& from)
         { return "state=" + from.state + "&code=c-1&iss=https%3A%2F%2Fidp.example"; },
         "oidc_login_error"},
        {"a plain error",
         [](house&, const house::journey& from) { return "state=" + from.state + "&error=login_required"; },
         "oidc_login_error"},
        {"the provider's own error",
         [](house& here, const house::journey& from)
         { return as_query(signed_with(here, from, "error", "access_denied")); },
         "oidc_access_denied"},
    }));
    CAPTURE(what);
    house here({.mode = oidc::response_mode::jwt});
    const auto there = here.leave();
    const auto page = here.get("/oidc/callback?" + told(here, there), errand::link_elsewhere);
    CHECK(page.status >= 400);
    CHECK(has(page.body, code));
    CHECK(here.peer.asked("/token") == 0);
    CHECK_FALSE(here.is_signed_in());
}

TEST_CASE("an answer with alg none belongs to nobody, whatever state it claims", "[flow]")
{
    house here({.mode = oidc::response_mode::jwt});
    const auto there = here.leave();
    const auto algorithm = GENERATE(as<std::string>(), "none", "None", "nOnE");
    const auto jwt = base64url(R"({"alg":")" + algorithm + "\"}") + "." + base64url(payload(there)) + ".";
    const auto page = here.get("/oidc/callback?" + as_query(jwt), errand::link_elsewhere);
    CHECK(page.status == 400);
    CHECK(has(page.body, "oidc_state_missing"));
    CHECK(here.peer.asked("/token") == 0);
    CHECK(here.come_back(there).status == 303); // and it did no harm
}

TEST_CASE("a signed answer where none was asked for is refused, however good its signature", "[flow]")
{
    house here;
    const auto there = here.leave();
    const auto jwt = here.peer.signed_response(good_answer(there));
    const auto page = here.get("/oidc/callback?" + as_query(jwt), errand::link_elsewhere);
    CHECK(page.status == 400);
    CHECK(has(page.body, "oidc_login_error"));
    CHECK(here.peer.asked("/token") == 0);
}

TEST_CASE("an answer of one provider is not taken for another one's sign-in", "[flow]")
{
    auto second = further_provider("second");
    second.wishes.mode = oidc::response_mode::jwt;
    house here({.mode = oidc::response_mode::jwt, .further = {second}});
    const auto there = here.leave("/oidc/login?idp=second");
    REQUIRE(there.provider_address.origin() == "https://second.example");
    const auto jwt = here.peer.signed_response(good_answer(there)); // of the first
    const auto page = here.get("/oidc/callback?" + as_query(jwt), errand::link_elsewhere);
    CHECK(page.status == 400);
    CHECK(has(page.body, "oidc_generic_token_failure"));
    CHECK(here.further[0]->asked("/token") == 0);
    CHECK(here.peer.asked("/token") == 0);
}

TEST_CASE("a key that the provider changed since is fetched once more for an answer", "[flow]")
{
    house here({.mode = oidc::response_mode::jwt});
    REQUIRE(here.sign_in().status == 303);
    here.peer.key = signing_key::make("ES256");
    here.peer.kid = "k2";
    here.now += std::chrono::seconds(30);
    here.jar = {};
    CHECK(here.sign_in().status == 303);
    CHECK(here.peer.asked("/jwks") == 2);
}

TEST_CASE(
    "the report of a test shows what is inside of a signed answer, and which of its checks failed", "[flow]"
)
{
    house here({.mode = oidc::response_mode::jwt});
    const auto address =
        "/oidc/test?idp=main&ticket=" + gateway::make_test_ticket(here.test_tickets, here.now, here.random);
    const auto good = here.come_back(here.leave(address));
    CHECK(has(good.body, "The test sign-in works"));
    CHECK(has(good.body, "response.signature"));
    CHECK(has(good.body, "response (payload)"));
    const auto there = here.leave(address);
    const auto failed = here.get(
        "/oidc/callback?" + as_query(signed_with(here, there, "aud", "another")), errand::link_elsewhere
    );
    CHECK(has(failed.body, "response.aud"));
    CHECK(has(failed.body, "oidc_generic_token_failure"));
}
