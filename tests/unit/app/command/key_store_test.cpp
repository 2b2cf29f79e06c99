// SPDX-License-Identifier: Apache-2.0
#include "app/command/key_command.hpp"
#include "app/command/key_store.hpp"
#include "provider/decryption_keys.hpp"
#include "provider/key_files.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"
#include "support/private_keys.hpp"
#include "support/temporary_directory.hpp"

#include <nlohmann/json.hpp>

#include <sys/stat.h>

using namespace sekisho;
using namespace sekisho::app;
using crypto::algorithm;

namespace
{

const time_point noon{std::chrono::seconds(1'790'000'000)};

std::string text_of(const std::string& name) { return provider::read_small_file(name).value(); }

mode_t mode_of(const std::string& name)
{
    struct stat about = {};
    REQUIRE(::stat(name.c_str(), &about) == 0);
    return about.st_mode & 07777;
}

bool exists(const std::string& name) { return std::filesystem::exists(name); }

} // namespace

TEST_CASE("a new key is a file that only its owner reads and that is a key", "[app]")
{
    const test::temporary_directory disk;
    const auto [name, is_pem] = GENERATE(table<std::string, bool>({{"key.jwk", false}, {"key.pem", true}}));
    const auto made = generate_key(disk.file(name), algorithm::es384, noon);
    REQUIRE(test::outcome(made) == "ok");
    CHECK(made->file == disk.file(name));
    CHECK(mode_of(made->file) == 0600);
    CHECK(text_of(made->file).starts_with("-----BEGIN PRIVATE KEY-----") == is_pem);
    const auto read = provider::read_key_file<crypto::signing_key>(made->file);
    REQUIRE(test::outcome(read) == "ok");
    CHECK(read->key.thumbprint() == made->key.thumbprint());
    CHECK(read->key.usual_algorithm() == algorithm::es384);
    CHECK(disk.count() == 1); // nothing temporary is left
}

TEST_CASE(
    "a new key that decrypts is one for the provider's directory, and the next is the newest there", "[app]"
)
{
    const test::temporary_directory disk;
    const auto keys = disk.file("keys/");
    const auto first = generate_decryption_key(keys, crypto::key_management::ecdh_es_a256kw, noon);
    REQUIRE(test::outcome(first) == "ok");
    CHECK(mode_of(first->file) == 0600);
    const auto second = generate_decryption_key(keys, crypto::key_management::ecdh_es_a256kw, noon + 24h);
    REQUIRE(test::outcome(second) == "ok");
    provider::decryption_keys read(keys);
    CHECK(read.all(noon)->size() == 2);
    REQUIRE(read.published(noon).size() == 1);
    CHECK(read.published(noon).front().kid() == second->key.kid());
    CHECK(
        change_keys({key_action::rotate, {}, crypto::key_management::ecdh_es, keys}, noon).status ==
        status_failed
    );
}

TEST_CASE("a key that decrypts is not put among those that sign", "[app]")
{
    const test::temporary_directory disk;
    REQUIRE(generate_key(disk.path(), algorithm::es256, noon));
    const auto made = generate_decryption_key(disk.path(), crypto::key_management::ecdh_es, noon);
    CHECK(test::outcome(made) == "value_malformed at key");
}

TEST_CASE("sekisho key prints the public half of the key that decrypts", "[app]")
{
    const test::temporary_directory disk;
    const auto made = generate_decryption_key(disk.file("dec.pem"), crypto::key_management::ecdh_es, noon);
    REQUIRE(test::outcome(made) == "ok");
    settings::model with;
    with.oidc.decryption_key = made->file;
    const auto report = describe_keys(with, noon);
    CHECK(report.status == 0);
    CHECK_THAT(
        report.text, Catch::Matchers::Contains(made->key.kid()) && Catch::Matchers::Contains(R"("use":"enc")")
    );
    CHECK_THAT(report.text, !Catch::Matchers::Contains(R"("d":)"));
}

TEST_CASE("a key is never written over a file that is there", "[app]")
{
    const test::temporary_directory disk;
    const auto name = disk.write("key.jwk", "precious");
    const auto made = generate_key(name, algorithm::es256, noon);
    CHECK(test::outcome(made) == "value_malformed at key");
    CHECK_THAT(test::detail(made), Catch::Matchers::Contains(name));
    CHECK(text_of(name) == "precious");
    CHECK(disk.count() == 1);
}

TEST_CASE("a directory gets its first key, and is made when its name ends in a slash", "[app]")
{
    const test::temporary_directory disk;
    const auto where = GENERATE(false, true) ? disk.path() : disk.file("keys") + "/";
    const auto made = generate_key(where, algorithm::eddsa, noon);
    REQUIRE(test::outcome(made) == "ok");
    const auto read = provider::read_key_files<crypto::signing_key>(where);
    REQUIRE(read);
    CHECK(read->keys.size() == 1);
    CHECK(read->keys.front().from == noon);
    const auto again = generate_key(where, algorithm::eddsa, noon);
    CHECK_THAT(test::detail(again), Catch::Matchers::Contains("sekisho key rotate"));
}

TEST_CASE("where nothing can be written the reason is the system's", "[app]")
{
    const test::temporary_directory disk;
    const auto made = generate_key(disk.file("no/such/key.jwk"), algorithm::es256, noon);
    CHECK_THAT(test::detail(made), Catch::Matchers::Contains("No such file or directory"));
}

TEST_CASE("a rotation adds a key of the same kind that signs later, once", "[app]")
{
    const test::temporary_directory disk;
    const auto first = generate_key(disk.path(), algorithm::es512, noon - 24h).value();
    const auto done = rotate_keys({.directory = disk.path(), .alg = {}}, noon);
    REQUIRE(test::outcome(done) == "ok");
    REQUIRE(done->added);
    CHECK(done->signs_from == noon + 1h);
    CHECK(done->removed.empty());
    const auto read = provider::read_key_file<crypto::signing_key>(done->added->file);
    REQUIRE(read);
    CHECK(read->from == noon + 1h);
    CHECK(read->key.usual_algorithm() == algorithm::es512);
    CHECK(mode_of(done->added->file) == 0600);

    const auto again = rotate_keys({.directory = disk.path(), .alg = {}}, noon + 59min);
    REQUIRE(again);
    CHECK_FALSE(again->added);
    CHECK(again->signs_from == noon + 1h);
    CHECK(disk.count() == 2);
    CHECK(exists(first.file));
}

TEST_CASE("a rotation removes keys whose assertions are dead, and no others", "[app]")
{
    const test::temporary_directory disk;
    const auto first = generate_key(disk.path(), algorithm::es256, noon - 24h).value();
    const auto second = rotate_keys({.directory = disk.path(), .alg = {}, .publication = 1h}, noon).value();
    const auto early = rotate_keys({.directory = disk.path(), .alg = {}}, noon + 1h + 9min);
    REQUIRE(early);
    CHECK(early->removed.empty());
    std::filesystem::remove(early->added->file);
    const auto late = rotate_keys({.directory = disk.path(), .alg = algorithm::eddsa}, noon + 1h + 10min);
    REQUIRE(late);
    CHECK(late->removed == std::vector{first.file});
    CHECK_FALSE(exists(first.file));
    CHECK(exists(second.added->file));
    CHECK(late->added->key.usual_algorithm() == algorithm::eddsa);
}

TEST_CASE("a rotation interrupted at any point is finished by the next", "[app]")
{
    const test::temporary_directory disk;
    generate_key(disk.path(), algorithm::es256, noon - 24h).value();
    disk.write(".sekisho-AbCdEf", "{\"kty\":\"EC\",\"d\":"); // a write that was cut off
    const auto done = rotate_keys({.directory = disk.path(), .alg = {}}, noon);
    REQUIRE(test::outcome(done) == "ok");
    CHECK(done->added);
}

TEST_CASE("a directory that cannot be rotated is refused with the reason and left as it is", "[app]")
{
    const test::temporary_directory disk;
    CHECK_THAT(
        test::detail(rotate_keys({.directory = disk.file("none"), .alg = {}}, noon)),
        Catch::Matchers::Contains("No such file")
    );
    CHECK_THAT(
        test::detail(rotate_keys({.directory = disk.path(), .alg = {}}, noon)),
        Catch::Matchers::Contains("sekisho key generate")
    );
    generate_key(disk.path(), algorithm::es256, noon - 24h).value();
    disk.write("broken.pem", test::openssl_rsa_1024);
    const auto refused = rotate_keys({.directory = disk.path(), .alg = {}}, noon);
    CHECK_THAT(test::detail(refused), Catch::Matchers::Contains("broken.pem"));
    CHECK(disk.count() == 2);
}

TEST_CASE("what to register is the address of our keys, with each key's state and its public half", "[app]")
{
    const test::temporary_directory disk;
    generate_key(disk.path(), algorithm::es256, noon - 24h).value();
    const auto next = rotate_keys({.directory = disk.path(), .alg = {}}, noon).value();
    settings::model with;
    with.server.public_url = url::parse("https://app.example.com").value();
    with.oidc.client_id = "gate";
    with.oidc.signing_key = disk.path();
    const auto report = describe_keys(with, noon);
    CHECK(report.status == 0);
    CHECK_THAT(report.text, Catch::Matchers::Contains("https://app.example.com/oidc/jwks"));
    CHECK_THAT(report.text, Catch::Matchers::Contains(" signs\n"));
    CHECK_THAT(report.text, Catch::Matchers::Contains("signs from " + format_time(noon + 1h)));
    CHECK_THAT(report.text, Catch::Matchers::Contains(next.added->key.kid()));
    CHECK_THAT(report.text, Catch::Matchers::Contains("\"kty\":\"EC\""));
    CHECK_THAT(report.text, !Catch::Matchers::Contains("\"d\":"));
}

TEST_CASE("without a key, or with a broken one, there is nothing to register", "[app]")
{
    const test::temporary_directory disk;
    settings::model with;
    CHECK(describe_keys(with, noon).status == status_failed);
    CHECK_THAT(describe_keys(with, noon).text, Catch::Matchers::Contains("sekisho key generate"));
    with.oidc.signing_key = disk.write("key.pem", "nothing");
    CHECK(describe_keys(with, noon).status == status_failed);
    CHECK_THAT(describe_keys(with, noon).text, Catch::Matchers::Contains("key.pem"));
}
