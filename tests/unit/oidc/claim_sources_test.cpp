// SPDX-License-Identifier: Apache-2.0
#include "base/json.hpp"
#include "oidc/claim_sources.hpp"
#include "oidc/id_token.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"
#include "support/test_keys.hpp"

#include <nlohmann/json.hpp>

using namespace sekisho;
using namespace sekisho::oidc;
using test::outcome;
using test::signing_key;

namespace
{

constexpr std::int64_t clock_says = 1'800'000'000;

claims of(const json& value) { return claims::parse(value.dump(), "test").value(); }

// Core 5.6.2.1 and 5.6.2.2, shortened.
json example()
{
    return {
        {"sub", "alice"},
        {"name", "Alice"},
        {"_claim_names",
         {{"address", "src1"}, {"phone_number", "src1"}, {"shipping", "src2"}, {"name", "src1"}}},
        {"_claim_sources",
         {{"src1", {{"JWT", "a.b.c"}}},
          {"src2", {{"endpoint", "https://claims.example/me"}, {"access_token", "theirs"}}}}},
    };
}

claim_sources read(const json& value) { return read_claim_sources(of(value), transport::https_or_loopback); }

result<claims> aggregated(const json& payload, const signing_key& signs, const signing_key& known)
{
    const std::vector keys{crypto::verification_key::from_jwk(json::parse(known.jwk())).value()};
    return validate_aggregated(
        signs.sign_with_kid("", payload.dump()),
        {issuer("https://idp.example"), {}, asymmetric_algorithms()},
        keys,
        time_point(std::chrono::seconds(clock_says))
    );
}

} // namespace

TEST_CASE(
    "aggregated and distributed sources are read with the claims that are missing (Core 5.6.2)", "[oidc]"
)
{
    const auto sources = read(example());
    REQUIRE(sources.usable.size() == 2);
    CHECK(sources.notes.empty());
    CHECK(sources.usable[0].jwt == "a.b.c");
    CHECK_FALSE(sources.usable[0].endpoint);
    CHECK(sources.usable[0].claims == std::vector<std::string>{"address", "phone_number"}); // name is known
    CHECK(sources.usable[1].endpoint->text() == "https://claims.example/me");
    CHECK(sources.usable[1].access_token.reveal() == "theirs");
    CHECK(sources.usable[1].claims == std::vector<std::string>{"shipping"});
}

TEST_CASE("what names no usable source is left out, with a note where somebody meant something", "[oidc]")
{
    const auto [rule, sources, notes] = GENERATE(table<std::string, json, std::size_t>({
        {"no sources", nullptr, 0},
        {"no object", "src1", 0},
        {"nobody points there", {{"other", {{"JWT", "a.b.c"}}}}, 0},
        {"empty", {{"src1", json::object()}}, 1},
        {"a text", {{"src1", "https://claims.example"}}, 1},
        {"plain http", {{"src1", {{"endpoint", "http://claims.example/me"}}}}, 1},
        {"a script", {{"src1", {{"endpoint", "javascript:alert(1)"}}}}, 1},
        {"JWT is no text", {{"src1", {{"JWT", 7}}}}, 1},
    }));
    CAPTURE(rule);
    auto value = example();
    value["_claim_sources"] = sources;
    CHECK(read(value).usable.empty());
    CHECK(read(value).notes.size() == notes);
}

TEST_CASE("no source says what the sign-in itself rests on", "[oidc]")
{
    const auto name = GENERATE(
        as<std::string>(), "sub", "iss", "aud", "acr", "amr", "auth_time", "sid", "tid", "hd", "_claim_names"
    );
    CAPTURE(name);
    const auto sources =
        read({{"x", 1}, {"_claim_names", {{name, "s"}}}, {"_claim_sources", {{"s", {{"JWT", "a.b.c"}}}}}});
    CHECK(sources.usable.empty());
}

TEST_CASE("of many sources four are read", "[oidc]")
{
    json value{{"sub", "alice"}};
    for (int index = 0; index < 1000; ++index)
    {
        const auto name = "s" + std::to_string(index);
        value["_claim_names"]["c" + std::to_string(index)] = name;
        value["_claim_sources"][name] = {{"JWT", "a.b.c"}};
    }
    CHECK(read(value).usable.size() == 4);
    CHECK(read(value).notes.size() == 1);
}

TEST_CASE("a distributed claim is fetched from an allowed host over https only", "[oidc]")
{
    const std::vector<std::string> hosts{"claims.example", "Other.example:8443"};
    const auto [endpoint, expected] = GENERATE(table<std::string, bool>({
        {"https://claims.example/me", true},
        {"https://CLAIMS.example:443/me", true},
        {"https://claims.example:8443/me", false},
        {"https://other.example:8443/", true},
        {"https://other.example/", false},
        {"https://evil.claims.example/", false},
        {"https://claims.example.evil.example/", false},
        {"http://claims.example/", false},
    }));
    CAPTURE(endpoint);
    CHECK(is_allowed_host(url::parse(endpoint).value(), hosts) == expected);
    CHECK_FALSE(is_allowed_host(url::parse(endpoint).value(), {}));
}

TEST_CASE("OIDCCClientTestAggregatedClaims: the provider's own signature vouches, nobody else's", "[oidc]")
{
    const auto provider = signing_key::make("ES256");
    const auto stranger = signing_key::make("ES256");
    const std::string failure = "oidc_userinfo_failure at claim_source.";
    const auto [rule, payload, expected] = GENERATE_COPY(table<std::string, json, std::string>({
        {"signed by the provider", {{"address", "x"}}, "ok"},
        {"and says so", {{"iss", "https://idp.example"}}, "ok"},
        {"of another claims provider", {{"iss", "https://bank.example"}}, failure + "iss"},
        {"iss is no text", {{"iss", 7}}, failure + "iss"},
        {"expired", {{"exp", clock_says - 61}}, failure + "exp"},
        {"exp is no number", {{"exp", "soon"}}, failure + "exp"},
    }));
    CAPTURE(rule);
    CHECK(outcome(aggregated(payload, provider, provider)) == expected);
    CHECK(outcome(aggregated(payload, stranger, provider)) == failure + "signature");
    const auto none = test::base64url(R"({"alg":"none"})") + "." + test::base64url(payload.dump()) + ".";
    CHECK(outcome(inspect_claim_source(none)) == "oidc_userinfo_failure at claim_source");
}

TEST_CASE("an allowed host answers with JSON or with a JWT", "[oidc]")
{
    const auto jwt = signing_key::make("ES256").sign_with_kid("", R"({"shipping":"box"})");
    const std::string failure = "oidc_userinfo_failure at claim_source";
    const auto [status, type, body, expected] =
        GENERATE_COPY(table<int, std::string, std::string, std::string>({
            {200, "application/json", R"({"shipping":"box"})", "ok"},
            {200, "application/jwt", jwt, "ok"},
            {200, "application/jwt", test::base64url(R"({"alg":"none"})") + ".e30.", failure},
            {200, "application/json", jwt, failure},
            {200, "application/jwt", "{}", failure},
            {200, "application/json", "[]", failure},
            {401, "application/json", R"({"shipping":"box"})", failure},
            {302, "", "", failure},
        }));
    CAPTURE(status, type, body);
    const auto got = read_distributed(status, type, body);
    CHECK(outcome(got) == expected);
    if (got)
        CHECK(got->text("shipping") == "box");
}

TEST_CASE("a source adds what it is named for, and nothing that is there", "[oidc]")
{
    const auto known = of({{"sub", "alice"}, {"name", "Alice"}, {"shipping", nullptr}});
    const claim_source source{
        .name = "s", .claims = {"shipping", "name", "sub"}, .jwt = {}, .endpoint = {}, .access_token = {}
    };
    const auto added = with_source(
        known, source, of({{"shipping", "box"}, {"name", "Mallory"}, {"sub", "mallory"}, {"admin", true}})
    );
    CHECK(added.to_text() == R"({"name":"Alice","shipping":"box","sub":"alice"})");
}

TEST_CASE("a claim that is kept elsewhere is known by whichever path leads to it", "[oidc]")
{
    const auto [value, path, is_elsewhere] = GENERATE(table<std::string, std::string, bool>({
        {R"({"_claim_names":{"groups":"s"}})", "groups", true},
        {R"({"_claim_names":{"groups":"s"}})", "/groups", true},
        {R"({"_claim_names":{"groups":"s"}})", "/groups/0", true},
        {R"({"_claim_names":{"groups":"s"}})", "groups.names", true},
        {R"({"_claim_names":{"groups":["s"]}})", "groups", true},
        {R"({"_claim_names":{"a.b/c~d":"s"}})", "a.b/c~d.e", true},
        {R"({"_claim_names":{"a.b/c~d":"s"}})", "/a.b~1c~0d/e", true},
        {R"({"_claim_names":{"groups":"s"}})", "groups_direct", false},
        {R"({"_claim_names":{"groups":"s"}})", "/groups_direct", false},
        {R"({"_claim_names":{"groups":"s"}})", "roles", false},
        {R"({"_claim_names":"groups"})", "groups", false},
        {R"({"hasgroups":true})", "groups", true},
        {R"({"hasgroups":true})", "/groups", true},
        {R"({"hasgroups":"true"})", "groups", true},
        {R"({"hasgroups":"1"})", "groups", true},
        {R"({"hasgroups":1})", "groups", true},
        {R"({"hasgroups":{}})", "groups", true},
        {R"({"hasgroups":false})", "groups", false},
        {R"({"hasgroups":"false"})", "groups", false},
        {R"({"hasgroups":null})", "groups", false},
        {R"({"hasgroups":true})", "roles", false},
        {"{}", "groups", false},
    }));
    CAPTURE(value, path);
    CHECK(is_kept_elsewhere(claims::parse(value, "test").value(), path) == is_elsewhere);
}

TEST_CASE("a source that delivers an address does not make it a verified one", "[oidc]")
{
    const auto known = claims::parse(R"({"sub":"alice","email_verified":true})", "test").value();
    const claim_source source{
        .name = "s", .claims = {"email"}, .jwt = {}, .endpoint = {}, .access_token = {}
    };
    const auto whole =
        with_source(known, source, claims::parse(R"({"email":"ceo@x","email_verified":true})", "t").value());
    CHECK(whole.to_text() == R"({"email":"ceo@x","sub":"alice"})");
}
