// SPDX-License-Identifier: Apache-2.0
#include "base/log.hpp"
#include "provider/decryption_keys.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"
#include "support/private_keys.hpp"
#include "support/temporary_directory.hpp"
#include "support/test_jwe.hpp"

#include <nlohmann/json.hpp>

using namespace sekisho;
using provider::decryption_keys;

namespace
{

const time_point noon{std::chrono::seconds(1'790'000'000)};

std::string
jwk(const std::string& kid, time_point from, std::string_view family = "P-256", const char* alg = nullptr)
{
    auto key = crypto::decryption_key::from_pem(secret(test::private_pem(family))).value().private_jwk();
    key["kid"] = kid;
    key["nbf"] = to_numeric_date(from);
    if (alg != nullptr)
        key["alg"] = alg;
    return key.dump();
}

std::vector<std::string> kids(const std::vector<crypto::decryption_key>& keys)
{
    std::vector<std::string> names;
    for (const auto& each : keys)
        names.push_back(each.kid());
    return names;
}

using names = std::vector<std::string>;

struct quiet
{
    quiet() { log::configure(log::level::off, log::format::text); }
    test::temporary_directory disk;
};

} // namespace

TEST_CASE("every key of a directory decrypts, the newest is published (Core 10.2.1)", "[provider]")
{
    const quiet the;
    the.disk.write("a.jwk", jwk("new", noon));
    the.disk.write("b.jwk", jwk("old", noon - 24h));
    the.disk.write("notes.txt", "not a key");
    decryption_keys keys(the.disk.path());
    CHECK(kids(keys.all(noon).value()) == names{"old", "new"});
    CHECK(kids(keys.published(noon)) == names{"new"});
}

TEST_CASE("of each kind and algorithm one key is published", "[provider]")
{
    const quiet the;
    the.disk.write("1.jwk", jwk("ec", noon - 2h));
    the.disk.write("2.jwk", jwk("rsa", noon - 1h, "RSA"));
    the.disk.write("3.jwk", jwk("bound", noon, "P-256", "ECDH-ES+A256KW"));
    the.disk.write("4.pem", test::private_pem("X25519"));
    decryption_keys keys(the.disk.path());
    CHECK(keys.all(noon)->size() == 4);
    CHECK(keys.published(noon).size() == 4);
}

TEST_CASE("a key that is put beside the old one is used without a restart", "[provider]")
{
    const quiet the;
    the.disk.write("1.jwk", jwk("old", noon - 1h));
    decryption_keys keys(the.disk.path());
    CHECK(kids(keys.published(noon)) == names{"old"});
    the.disk.write("2.jwk", jwk("new", noon));
    CHECK(kids(keys.published(noon)) == names{"old"}); // the files are looked at once a second
    CHECK(kids(keys.published(noon + 1s)) == names{"new"});
    CHECK(kids(keys.all(noon + 1s).value()) == names{"old", "new"});
}

TEST_CASE("keys that were read stay in use when their file is broken", "[provider]")
{
    const quiet the;
    const auto name = the.disk.write("key.jwk", jwk("good", noon));
    decryption_keys keys(name);
    CHECK(kids(keys.published(noon)) == names{"good"});
    the.disk.write("key.jwk", "{");
    CHECK(kids(keys.all(noon + 1s).value()) == names{"good"});
}

TEST_CASE("without a usable key the error names setting, file and reason", "[provider]")
{
    const quiet the;
    const auto [file, text, reason] = GENERATE(table<std::string, std::string, std::string>({
        {"key.pem", "", "empty"},
        {"key.pem", std::string(test::openssl_ec_encrypted), "encrypted"},
        {"key.jwk", std::string(test::rfc8037_ed25519), "only signs"},
    }));
    const auto name = the.disk.write(file, text);
    decryption_keys keys(name);
    const auto found = keys.all(noon);
    CHECK(test::outcome(found) == "value_malformed at oidc.decryption_key");
    CHECK_THAT(test::detail(found), Catch::Matchers::Contains(name) && Catch::Matchers::Contains(reason));
    CHECK(keys.published(noon).empty());
}

TEST_CASE("where no key is set there is none, and nothing is wrong", "[provider]")
{
    decryption_keys keys("");
    CHECK(keys.all(noon)->empty());
    CHECK(keys.published(noon).empty());
}
