// SPDX-License-Identifier: Apache-2.0
#include "provider/response_check.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"
#include "support/temporary_directory.hpp"
#include "support/test_jwe.hpp"
#include "unit/provider/fixture.hpp"

#include <memory>
#include <string>

using namespace sekisho;
using test::outcome;

namespace
{

// Two providers; each has a key of ours of its own, or none (empty).
struct two_providers : test::provider_fixture
{
    provider::registry all;

    two_providers(const std::string& one, const std::string& two)
    {
        for (const auto& [name, file] : {std::pair("one", one), std::pair("two", two)})
        {
            what.name = name;
            what.decryption_key = file;
            REQUIRE(all.add(std::make_shared<provider::provider>(what, services())));
        }
    }
};

} // namespace

TEST_CASE(
    "an encrypted answer opens with a key of whichever provider, a signed one stays as it is", "[provider]"
)
{
    const test::temporary_directory disk;
    const auto pem = test::private_pem("P-256");
    const auto other = test::private_pem("X25519");
    two_providers the(disk.write("one.pem", other), disk.write("two.pem", pem));
    const auto jws = the.key.sign_with_kid("k1", "{}");
    const auto jwe = test::encrypt(jws, {"ECDH-ES", "A128GCM", test::public_pem(pem)});
    CHECK(provider::signed_response(the.all, jwe).value() == jws);
    CHECK(provider::signed_response(the.all, jws).value() == jws);
    CHECK(provider::signed_response(the.all, "anything").value() == "anything");
}

TEST_CASE(
    "an encrypted answer that cannot be opened, or has no signature inside, is told apart", "[provider]"
)
{
    const test::temporary_directory disk;
    const auto pem = test::private_pem("P-256");
    const auto file = disk.write("one.pem", pem);
    const test::jwe_plan plan{"ECDH-ES", "A128GCM", test::public_pem(pem)};
    const test::jwe_plan foreign{"ECDH-ES", "A128GCM", test::public_pem(test::private_pem("P-256"))};
    two_providers the(file, "");
    constexpr std::string_view unreadable = "oidc_generic_token_failure at response.encryption";
    CHECK(outcome(provider::signed_response(the.all, test::encrypt("a.b.c", foreign))) == unreadable);
    CHECK(
        outcome(provider::signed_response(the.all, test::encrypt("{}", plan))) ==
        "oidc_generic_token_failure at response"
    );
    two_providers without("", "");
    const auto refused = provider::signed_response(without.all, test::encrypt("a.b.c", plan));
    CHECK(outcome(refused) == unreadable);
    CHECK_THAT(test::detail(refused), Catch::Matchers::Contains("set oidc.decryption_key"));
    two_providers broken(disk.file("absent.pem"), "");
    CHECK_THAT(
        test::detail(provider::signed_response(broken.all, test::encrypt("a.b.c", plan))),
        Catch::Matchers::Contains("absent.pem")
    );
}
