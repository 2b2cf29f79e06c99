// SPDX-License-Identifier: Apache-2.0
#include "gateway/sign_in/email_domain.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"

#include <string>

using namespace sekisho;
using namespace sekisho::gateway;

TEST_CASE("CVE-2026-40574: a domain is what stands behind the one \"@\", in ASCII", "[gateway]")
{
    const auto [address, expected] = GENERATE(table<std::string, std::string>({
        {"a@example.com", "example.com"},
        {"a@EXAMPLE.Com", "example.com"},
        {"a.b+c@sub.example.com", "sub.example.com"},
        {"a@xn--bcher-kva.example", "xn--bcher-kva.example"},
        {"a@b\xc3\xbc"
         "cher.example",
         ""},
        {"a@evil.example@example.com", ""},
        {"\"a@b\"@example.com", ""},
        {"a@example.com.", ""},
        {"@example.com", ""},
        {"a@", ""},
        {"example.com", ""},
        {"", ""},
    }));
    CAPTURE(address);
    CHECK(domain_of(address) == expected);
}

TEST_CASE("CVE-2024-27918: an identity is held against whole domains, in both directions", "[gateway]")
{
    constexpr auto refused = "oidc_email_domain_refused at email_domain";
    constexpr auto elsewhere = "oidc_email_domain_elsewhere at email_domain";
    // 0: everybody else; 1: corp.example
    const std::vector<std::vector<std::string>> domains{{}, {"corp.example"}};
    const auto [from, email, username, user, expected] =
        GENERATE_COPY(table<std::size_t, std::string, std::string, std::string, std::string>({
            {1, "a@corp.example", "a", "1", "ok"},
            {1, "a@CORP.EXAMPLE", "a", "1", "ok"},
            {1, "a@sub.corp.example", "a", "1", refused},
            {1, "a@notcorp.example", "a", "1", refused}, // ends with the domain
            {1, "a@evil-corp.example", "a", "1", refused},
            {1, "a@corp.example.evil", "a", "1", refused},
            {1, "", "a@corp.example", "1", refused}, // a user name is no address
            {1, "a@corp.example", "a@else.example", "1", "ok"},
            {0, "a@else.example", "a", "1", "ok"},
            {0, "", "a", "1", "ok"},
            {0, "a@corp.example", "a", "1", elsewhere},
            {0, "a@Corp.Example", "a", "1", elsewhere},
            {0, "a@else.example", "boss@corp.example", "1", elsewhere},
            {0, "", "a", "boss@corp.example", elsewhere},
            {0, "a@\xef\xbd\x83orp.example", "a", "1", elsewhere}, // a full-width c
            {0, "a@sub.corp.example", "a", "1", "ok"},
        }));
    CAPTURE(from, email, username, user);
    identity::identity who;
    who.user = user;
    who.username = username;
    if (!email.empty())
        who.email = email;
    CHECK(test::outcome(check_email_domain(who, from, domains)) == expected);
}

TEST_CASE("without domains anywhere no address is looked at", "[gateway]")
{
    identity::identity who;
    who.email = "a@b\xc3\xbc"
                "cher.example";
    const std::vector<std::vector<std::string>> none{{}, {}};
    CHECK(check_email_domain(who, 0, none));
}
