// SPDX-License-Identifier: Apache-2.0
#include "http/form.hpp"
#include "provider/renewal.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"
#include "unit/provider/relying_party.hpp"

#include <nlohmann/json.hpp>

using namespace sekisho;
using nlohmann::json;
using test::outcome;
using test::replies;

namespace
{

// What a refresh answers, as the fake provider's honest answer, with these members changed (null: gone).
net::incoming_response tokens(const test::fake_provider& of, const json& differing = json::object())
{
    json all{
        {"id_token", of.id_token()},
        {"access_token", "at-2"},
        {"token_type", "Bearer"},
        {"expires_in", 60},
        {"refresh_token", "rt-2"}
    };
    all.merge_patch(differing);
    return test::json_reply(all);
}

struct fixture : test::relying_party
{
    fixture() { peer.claims.erase("nonce"); }

    template <class Verb>
    auto run(Verb verb)
    {
        auto& with = live();
        return test::run(context(), verb(with, expected));
    }

    result<provider::renewed_sign_in> renew()
    {
        if (!peer.instead.contains("/token"))
            peer.instead["/token"] = [this](const auto&) { return tokens(peer); };
        return run([](auto& with, auto expected) { return with.renew(secret("rt-1"), expected); });
    }
    result<provider::renewed_sign_in> recheck()
    {
        return run([](auto& with, auto expected) { return with.recheck(secret("at-1"), expected); });
    }
    result<void> revoke(std::string token = "rt-1")
    {
        return run([&](auto& with, const auto&)
                   { return with.revoke(secret(std::move(token)), oidc::token_hint::refresh_token); });
    }
    std::string sent(std::string_view path, std::string_view name) const
    {
        const auto form = http::form::parse(peer.last_body(path));
        return form ? std::string(form->first(name).value_or("")) : std::string();
    }

    provider::renewal_expectations expected{{"https://idp.example", oidc::subject("alice"), {}}, {}};
};

std::string person_of(const result<provider::renewed_sign_in>& got)
{
    if (!got)
        return outcome(got);
    if (!got->person)
        return outcome(got->person);
    return *got->person ? (*got->person)->to_text() : "as it was";
}

} // namespace

TEST_CASE("a refresh gives new tokens and the person as they are now", "[provider]")
{
    fixture the;
    the.peer.claims["groups"] = {"board"};
    const auto got = the.renew();
    REQUIRE(outcome(got) == "ok");
    REQUIRE(got->person);
    REQUIRE(*got->person);
    CHECK((*got->person)->texts("groups") == std::vector<std::string>{"board"});
    CHECK(got->access_token.reveal() == "at-2");
    CHECK(got->refresh_token.reveal() == "rt-2");
    CHECK(got->expires_in == std::chrono::seconds(60));
    CHECK_FALSE(got->id_token.empty());
    CHECK(the.sent("/token", "grant_type") == "refresh_token");
    CHECK(the.sent("/token", "refresh_token") == "rt-1");
    CHECK(the.sent("/token", "scope").empty());
    CHECK(the.calls() == "1,1");
}

TEST_CASE(
    "a refreshed ID token is checked as any other, and its failure keeps only the refresh token", "[provider]"
)
{
    const auto [rule, change, expected] = GENERATE(table<std::string, json, std::string>({
        {"aud", {{"aud", "another"}}, "oidc_generic_token_failure at id_token.aud"},
        {"expired", {{"exp", 1'000}}, "oidc_generic_token_failure at id_token.exp"},
        {"iat in the future", {{"iat", 1'790'009'000}}, "oidc_generic_token_failure at id_token.iat"},
        {"azp", {{"azp", "another"}}, "oidc_generic_token_failure at id_token.azp"},
        {"Core 12.2: sub", {{"sub", "bob"}}, "oidc_refresh_refused at id_token.sub"},
        {"iss", {{"iss", "https://evil.example"}}, "oidc_issuer_mismatch at id_token.iss"},
        {"at_hash", {{"at_hash", "AAAAAAAAAAAAAAAAAAAAAA"}}, "oidc_generic_token_failure at id_token.at_hash"
        },
    }));
    CAPTURE(rule);
    fixture the;
    the.peer.claims.merge_patch(change);
    const auto got = the.renew();
    CHECK(person_of(got) == expected);
    REQUIRE(got);
    CHECK(got->refresh_token.reveal() == "rt-2");
    CHECK(got->access_token.empty());
    CHECK(got->id_token.empty());
    CHECK(the.peer.asked("/userinfo") == 0); // the access token beside it is shown to nobody
}

TEST_CASE("mod_auth_openidc CL:308: a refreshed ID token that nobody signed is not taken", "[provider]")
{
    fixture the;
    const auto other = test::signing_key::make("ES256");
    the.peer.instead["/token"] =
        replies(tokens(the.peer, {{"id_token", other.sign_with_kid("k1", the.peer.claims.dump())}}));
    CHECK(person_of(the.renew()).starts_with("oidc_generic_token_failure at id_token.signature"));
}

TEST_CASE("without a new ID token UserInfo says who it is, and what it does not say stays", "[provider]")
{
    fixture the;
    the.peer.instead["/token"] = replies(tokens(the.peer, {{"id_token", nullptr}}));
    the.peer.userinfo = {{"sub", "alice"}, {"iss", "https://evil.example"}, {"groups", {"board"}}};
    the.expected.who.id_token =
        oidc::claims::parse(R"({"groups":["staff"],"department":"7","sub":"x"})", "test").value();
    const auto got = the.renew();
    REQUIRE(person_of(got).starts_with("{"));
    const auto& now = **got->person;
    CHECK(now.texts("groups") == std::vector<std::string>{"board"}); // CVE-2021-41230
    CHECK(now.text("department") == "7");
    CHECK(now.text("iss") == "https://idp.example");
    CHECK(now.subject().view() == "alice");
    CHECK(got->access_token.reveal() == "at-2");
}

TEST_CASE(
    "what the ID token of the sign-in said does not come back over what UserInfo says now", "[provider]"
)
{
    const auto [said_now, expected] = GENERATE(table<std::string, std::string>({
        {R"({"groups":null})", R"({"email":"a@x","email_verified":true,"groups":null})"}, // none any more
        {R"({"groups":[]})", R"({"email":"a@x","email_verified":true,"groups":[]})"},
        {R"({"email":"ceo@x"})", R"({"email":"ceo@x","groups":["staff"]})"}, // which nobody has verified
        {R"({"email":"A@x"})", R"({"email":"A@x","email_verified":true,"groups":["staff"]})"},
        {R"({"email":"b@x","email_verified":false})",
         R"({"email":"b@x","email_verified":false,"groups":["staff"]})"},
    }));
    CAPTURE(said_now);
    fixture the;
    the.peer.instead["/token"] = replies(tokens(the.peer, {{"id_token", nullptr}}));
    the.peer.userinfo = json::parse(said_now);
    the.peer.userinfo["sub"] = "alice";
    the.expected.who.id_token =
        oidc::claims::parse(R"({"groups":["staff"],"email":"a@x","email_verified":true})", "test").value();
    auto whole = json::parse(expected);
    whole.update({{"sub", "alice"}, {"iss", "https://idp.example"}});
    CHECK(person_of(the.renew()) == whole.dump());
}

TEST_CASE("without any ID token a UserInfo that lacks what is wanted changes nobody", "[provider]")
{
    const auto [wanted, expected] = GENERATE(table<std::string, std::string>({
        {"groups", "as it was"},
        {"email", R"({"email":"alice@example.com","iss":"https://idp.example","sub":"alice"})"},
    }));
    fixture the;
    the.what.wanted_claims = {{wanted}};
    the.peer.instead["/token"] = replies(tokens(the.peer, {{"id_token", nullptr}}));
    CHECK(person_of(the.renew()) == expected);
}

TEST_CASE("where UserInfo is never asked and no ID token comes, people stay who they were", "[provider]")
{
    fixture the;
    the.what.userinfo = provider::userinfo_policy::never;
    the.peer.instead["/token"] = replies(tokens(the.peer, {{"id_token", nullptr}}));
    const auto got = the.renew();
    CHECK(person_of(got) == "as it was");
    CHECK(got->access_token.reveal() == "at-2");
    CHECK(the.calls() == "1,0");
}

TEST_CASE("new tokens survive whatever fails after the refresh, at each call", "[provider]")
{
    const auto call = GENERATE(range(std::size_t{0}, std::size_t{4}));
    CAPTURE(call);
    fixture the;
    the.peer.failing_call = call; // metadata, token, keys, userinfo
    the.peer.failure = {errc::network_failure, "test", "broken"};
    const auto got = the.renew();
    if (call < 2)
    {
        CHECK(outcome(got).starts_with(call == 0 ? "oidc_metadata_fetch_failure" : "oidc_refresh_failure"));
        return;
    }
    REQUIRE(got);
    CHECK_FALSE(got->person);
    CHECK(got->refresh_token.reveal() == "rt-2");
    CHECK(got->access_token.reveal() == (call == 2 ? "" : "at-2")); // nothing beside an unchecked ID token
}

TEST_CASE("an OAuth 2.0 person who is another one after the refresh is refused", "[provider]")
{
    struct completion final : provider::completion
    {
        net::task<result<oidc::claims>> complete(oidc::claims, secret) override
        {
            co_return oidc::claims::parse(R"({"iss":"https://idp.example","sub":"bob"})", "test");
        }
    };
    fixture the;
    the.what.protocol = provider::protocol::oauth2;
    the.completes = std::make_unique<completion>();
    CHECK(person_of(the.renew()) == "oidc_refresh_refused at id_token.sub");
}

TEST_CASE("a recheck tells a person who is gone from an endpoint that is in trouble", "[provider]")
{
    const auto [status, text, expected] = GENERATE(table<int, std::string, std::string>({
        {200, R"({"sub":"alice"})", "ok"},
        {401, "", "oidc_refresh_refused at userinfo.token"},
        {403, "", "oidc_userinfo_failure at userinfo"},
        {500, "", "oidc_userinfo_failure at userinfo"},
        {200, R"({"sub":"bob"})", "oidc_userinfo_failure at userinfo.sub"},
    }));
    CAPTURE(status, text);
    fixture the;
    net::incoming_response answer{.status = status, .fields = {}, .body = text};
    the.peer.instead["/userinfo"] = replies(answer);
    CHECK(outcome(the.recheck()) == expected);
    CHECK(the.field("/userinfo", "Authorization") == "Bearer at-1");
}

TEST_CASE("a recheck is never taken for done where nobody may be asked", "[provider]")
{
    fixture the;
    the.what.userinfo = provider::userinfo_policy::never;
    CHECK(outcome(the.recheck()) == "oidc_userinfo_failure at userinfo");
    CHECK(the.calls() == "0,0");
}

TEST_CASE("a sign-in refused by UserInfo is still a failure of UserInfo", "[provider]")
{
    fixture the;
    the.peer.remember("n-1");
    the.peer.instead["/userinfo"] = replies({.status = 401, .fields = {}, .body = {}});
    CHECK(outcome(the.sign_in()) == "oidc_userinfo_failure at userinfo.token");
}

TEST_CASE("a token is revoked where the provider has an address for it, and nowhere else", "[provider]")
{
    const auto [address, token, asked] = GENERATE(table<bool, std::string, std::size_t>({
        {true, "rt-1", 1},
        {false, "rt-1", 0},
        {true, "", 0},
    }));
    fixture the;
    if (address)
        the.peer.metadata["revocation_endpoint"] = "https://idp.example/revoke";
    the.peer.instead["/revoke"] = replies({.status = 200, .fields = {}, .body = {}});
    CHECK(outcome(the.revoke(token)) == "ok");
    CHECK(the.peer.asked("/revoke") == asked);
    if (asked == 1)
        CHECK(the.sent("/revoke", "token") == token);
}

TEST_CASE("a revocation that fails says so", "[provider]")
{
    fixture the;
    the.peer.metadata["revocation_endpoint"] = "https://idp.example/revoke";
    the.peer.instead["/revoke"] = replies({.status = 503, .fields = {}, .body = {}});
    CHECK(outcome(the.revoke()) == "oidc_revocation_failure at revocation");
    fixture other;
    other.peer.failing_call = 0;
    other.peer.failure = {errc::network_failure, "test", "broken"};
    CHECK(outcome(other.revoke()) == "oidc_revocation_failure at revocation_endpoint");
}

TEST_CASE("the Origin goes along with a refresh where the registration wants it", "[provider]")
{
    fixture the;
    the.what.proofs.sends_origin = true;
    the.expected.redirect = oidc::redirect_uri("https://gate.example/oidc/callback");
    REQUIRE(the.renew());
    CHECK(the.field("/token", "Origin") == "https://gate.example");
}

TEST_CASE("a refreshed ID token is believed for TLS as the first one is, and checked as much", "[provider]")
{
    const auto [rule, change, expected] = GENERATE(table<std::string, json, std::string>({
        {"nothing", json::object(), "known"},
        {"sub", {{"sub", "bob"}}, "oidc_refresh_refused at id_token.sub"},
        {"aud", {{"aud", "another"}}, "oidc_generic_token_failure at id_token.aud"},
    }));
    CAPTURE(rule);
    fixture the;
    the.what.signature = provider::signature_need::believed_for_tls;
    the.peer.metadata.erase("jwks_uri");
    the.peer.claims.merge_patch(change);
    const auto got = the.renew();
    REQUIRE(got);
    const auto is_known = got->person && *got->person;
    CHECK((is_known ? "known" : person_of(got)) == expected);
    CHECK(the.peer.asked("/userinfo") == (is_known ? 1U : 0U));
}
