// SPDX-License-Identifier: Apache-2.0
#include "gateway/sign_in/provider_choice.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"

#include <string>

using namespace sekisho;
using namespace sekisho::gateway;

namespace
{

struct plan
{
    std::uint32_t order = 0;
    std::vector<std::string> email_domains{};
    std::vector<std::string> hosts{};
    std::vector<std::string> paths{};
};

provider::configuration named(std::string name, plan what)
{
    provider::configuration made;
    made.name = std::move(name);
    made.offer.order = what.order;
    made.offer.email_domains = std::move(what.email_domains);
    made.offer.hosts = std::move(what.hosts);
    made.offer.paths = std::move(what.paths);
    return made;
}

// "main" and "guests" for everybody, "corp" with a domain, "staff" for a path, "partners" for a host.
provider_offers sample()
{
    const std::vector<provider::configuration> all{
        named("main", {.order = 5}),
        named("guests", {.order = 1}),
        named("corp", {.order = 9, .email_domains = {"Corp.example"}}),
        named("staff", {.paths = {"/staff/*", "/api/staff"}}),
        named("partners", {.email_domains = {"partner.example"}, .hosts = {"partners.example:8443"}}),
    };
    return provider_offers::make(all).value();
}

// "one main", "ask guests main corp; email", "refused"
std::string summary(const provider_offers& of, const sign_in_facts& facts)
{
    const auto choice = of.choose(facts);
    if (choice.is == provider_choice::outcome::refused)
        return "refused";
    std::string text(choice.is == provider_choice::outcome::one ? "one" : "ask");
    for (const auto each : choice.among)
        text.append(" ").append(of.name(each));
    if (choice.has_remembered)
        text.append("; remembered");
    if (choice.asks_email)
        text.append("; email");
    if (choice.note == address_note::unknown_domain)
        text.append("; unknown domain");
    if (choice.note == address_note::malformed)
        text.append("; malformed");
    if (!choice.login_hint.empty())
        text.append("; hint ").append(choice.login_hint);
    return text;
}

} // namespace

TEST_CASE("the provider follows from host, address, link and path, in this order", "[gateway]")
{
    const auto [host, path, idp, email, expected] =
        GENERATE(table<std::string, std::string, std::string, std::string, std::string>({
            // nothing says anything: those that name neither host nor path, in their order
            {"app.example", "/", "", "", "ask guests main corp; email"},
            // the path
            {"app.example", "/staff/x", "", "", "one staff; email"},
            {"app.example", "/api/staff", "", "", "one staff; email"},
            {"app.example", "/staffed", "", "", "ask guests main corp; email"},
            // the link
            {"app.example", "/", "main", "", "one main"},
            {"app.example", "/staff/x", "main", "", "one main"},
            {"app.example", "/", "staff", "", "one staff"},
            {"app.example", "/", "nobody", "", "refused"},
            {"app.example", "/", "Main", "", "refused"},
            {"app.example", "/", "partners", "", "refused"}, // that is another host's
            // the host
            {"partners.example:8443", "/", "", "", "one partners; email"},
            {"PARTNERS.example:8443", "/staff/x", "", "", "one partners; email"},
            {"partners.example:8443", "/", "main", "", "refused"},
            {"partners.example", "/", "", "", "ask guests main corp; email"},
            // the address
            {"app.example", "/", "", "a@corp.example", "one corp; hint a@corp.example"},
            {"app.example", "/staff/x", "", "a@CORP.example", "one corp; hint a@CORP.example"},
            {"app.example", "/", "corp", "a@corp.example", "one corp; hint a@corp.example"},
            {"app.example", "/", "main", "a@corp.example", "refused"},
            {"app.example",
             "/",
             "",
             "a@sub.corp.example",
             "ask guests main; email; unknown domain; hint a@sub.corp.example"},
            {"app.example",
             "/",
             "",
             "a@corp.example.evil.example",
             "ask guests main; email; unknown domain; hint a@corp.example.evil.example"},
            {"app.example", "/", "", "a@evil.example@corp.example", "ask guests main corp; email; malformed"},
            {"app.example", "/", "", "corp.example", "ask guests main corp; email; malformed"},
            {"app.example", "/", "main", "a@else.example", "one main; hint a@else.example"},
            {"app.example",
             "/",
             "",
             "a@partner.example", // not on this host
             "ask guests main; email; unknown domain; hint a@partner.example"},
            {"partners.example:8443",
             "/",
             "",
             "a@corp.example",
             "ask; email; unknown domain; hint a@corp.example"},
            {"partners.example:8443", "/", "", "a@partner.example", "one partners; hint a@partner.example"},
        }));
    CAPTURE(host, path, idp, email);
    CHECK(summary(sample(), {host, path, idp, email, {}}) == expected);
}

TEST_CASE("the provider of the last time is offered first, where it is offered at all", "[gateway]")
{
    const auto all = sample();
    CHECK(summary(all, {"app.example", "/", {}, {}, "corp"}) == "ask corp guests main; remembered; email");
    CHECK(summary(all, {"app.example", "/", {}, {}, "partners"}) == "ask guests main corp; email");
    CHECK(summary(all, {"app.example", "/", {}, {}, "<script>"}) == "ask guests main corp; email");
    CHECK(
        summary(all, {"app.example", "/", {}, "a@b.example", "corp"}) ==
        "ask guests main; email; unknown domain; hint a@b.example"
    );
}

TEST_CASE("one provider is never asked for, and a longer path wins", "[gateway]")
{
    const std::vector<provider::configuration> single{named("only", {})};
    const auto one = provider_offers::make(single).value();
    CHECK(summary(one, {"any.example", "/x", {}, {}, {}}) == "one only");
    CHECK(summary(one, {"any.example", "/x", {}, "a@b.example", {}}) == "one only; hint a@b.example");
    CHECK(summary(one, {"any.example", "/x", {}, "not an address", {}}) == "one only");

    const std::vector<provider::configuration> nested{
        named("wide", {.paths = {"/a/*"}}), named("narrow", {.paths = {"/a/b/*"}})
    };
    const auto two = provider_offers::make(nested).value();
    CHECK(summary(two, {"any.example", "/a/b/c", {}, {}, {}}) == "one narrow");
    CHECK(summary(two, {"any.example", "/a/c", {}, {}, {}}) == "one wide");
    CHECK(summary(two, {"any.example", "/", {}, {}, {}}) == "ask wide narrow");
}

TEST_CASE("a host that no provider is for signs nobody in", "[gateway]")
{
    const std::vector<provider::configuration> all{named("a", {.hosts = {"a.example"}})};
    CHECK(summary(provider_offers::make(all).value(), {"b.example", "/", {}, {}, {}}) == "refused");
}

TEST_CASE("an offer that cannot be held is refused at start with its provider's name", "[gateway]")
{
    const auto [domain, path, expected] = GENERATE(table<std::string, std::string, std::string>({
        {"example.com", "staff", "provider \"b\""},
        {"example.com", "/a?b", "provider \"b\""},
        {"@example.com", "/", "no domain"},
        {"*.example.com", "/", "no domain"},
        {"example", "/", "no domain"},
        {"b\xc3\xbc"
         "cher.example",
         "/",
         "xn--"},
        {"TAKEN.example", "/", "belongs to provider \"a\" already"},
    }));
    CAPTURE(domain, path);
    const std::vector<provider::configuration> all{
        named("a", {.email_domains = {"taken.example"}}),
        named("b", {.email_domains = {domain}, .paths = {path}})
    };
    const auto made = provider_offers::make(all);
    REQUIRE_FALSE(made);
    CHECK(made.error().code == errc::value_malformed);
    CHECK(test::has(made.error().detail, expected));
}
