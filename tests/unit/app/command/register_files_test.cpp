// SPDX-License-Identifier: Apache-2.0
#include "app/command/register_files.hpp"
#include "app/file.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"
#include "support/temporary_directory.hpp"

#include <filesystem>
#include <sys/stat.h>

namespace sekisho::app
{
namespace
{

unsigned int mode_of(const std::string& file)
{
    struct stat about = {};
    REQUIRE(::stat(file.c_str(), &about) == 0);
    return about.st_mode & 0777U;
}

kept_client whole()
{
    return {
        "c-1", secret("s3cret"), secret("t-1"), "https://idp.example/register/c-1", "https://idp.example"
    };
}

} // namespace

TEST_CASE("what a registration leaves can be read again, by its owner alone", "[app]")
{
    const test::temporary_directory directory;
    const auto out = directory.file("made/for/it");
    REQUIRE(test::outcome(prepare_to_keep(out)) == "ok");
    CHECK(mode_of(out) == 0700U);
    CHECK(std::filesystem::is_empty(out));
    REQUIRE(test::outcome(keep_client(out, whole())) == "ok");
    for (const auto* const name :
         {"client_id", "client_secret", "registration_access_token", "registration_client_uri", "issuer"})
        CHECK(mode_of(out + "/" + name) == 0600U);
    CHECK(read_file(out + "/client_id").value() == "c-1\n");
    const auto again = read_kept_client(out);
    REQUIRE(again);
    REQUIRE(*again);
    CHECK((*again)->id == "c-1");
    CHECK((*again)->client_secret.reveal() == "s3cret");
    CHECK((*again)->access_token.reveal() == "t-1");
    CHECK((*again)->client_uri == "https://idp.example/register/c-1");
    CHECK((*again)->issuer == "https://idp.example");
}

TEST_CASE("what is kept anew takes the place of all that was there", "[app]")
{
    const test::temporary_directory directory;
    REQUIRE(keep_client(directory.path(), whole()));
    directory.write("client_id.next", "of a run that was interrupted");
    REQUIRE(test::outcome(keep_client(directory.path(), {"c-2", {}, {}, {}, {}})) == "ok");
    const auto again = read_kept_client(directory.path());
    REQUIRE(again);
    REQUIRE(*again);
    CHECK((*again)->id == "c-2");
    CHECK((*again)->client_secret.empty());
    CHECK((*again)->access_token.empty());
    CHECK((*again)->issuer.empty());
}

TEST_CASE("where nothing is kept nothing is read, and what is forgotten is gone", "[app]")
{
    const test::temporary_directory directory;
    CHECK_FALSE(read_kept_client(directory.path()).value());
    CHECK_FALSE(read_kept_client(directory.file("none")).value());
    REQUIRE(keep_client(directory.path(), whole()));
    REQUIRE(forget_client(directory.path()));
    CHECK(std::filesystem::is_empty(directory.path()));
    CHECK(forget_client(directory.path()));
}

TEST_CASE("a directory that cannot be written to is told before anything is registered", "[app]")
{
    const test::temporary_directory directory;
    const auto file = directory.write("a-file", "");
    const auto no = prepare_to_keep(file + "/below");
    REQUIRE_FALSE(no);
    CHECK(no.error().detail.contains("a-file"));
}

} // namespace sekisho::app
