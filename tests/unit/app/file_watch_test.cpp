// SPDX-License-Identifier: Apache-2.0
#include "app/file_watch.hpp"
#include "support/catch.hpp"
#include "support/temporary_directory.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

using namespace sekisho;
using namespace std::chrono_literals;
using app::file_watch;

namespace
{

namespace fs = std::filesystem;

void write(const fs::path& file, const std::string& text) { std::ofstream(file) << text; }

// What is told when `change` happens after the watch has begun.
template <class Change>
std::vector<std::string> told_of(const std::set<std::string>& files, Change change)
{
    net::asio::io_context io(1);
    auto watch = file_watch::open(io.get_executor());
    REQUIRE(watch);
    CHECK((*watch)->use(files).empty());
    std::vector<std::string> found;
    net::asio::co_spawn(
        io.get_executor(),
        (*watch)->changed(20ms),
        [&](std::exception_ptr failure, std::vector<std::string> names)
        {
            CHECK_FALSE(failure);
            found = std::move(names);
        }
    );
    change();
    io.run_for(20s);
    return found;
}

} // namespace

TEST_CASE("a file that is written, replaced, made or removed is told by its name", "[app]")
{
    const test::temporary_directory folder;
    const fs::path home = folder.path();
    write(home / "secret", "one");
    write(home / "other", "x");
    const auto file = (home / "secret").string();
    const std::set<std::string> files{file, (home / "later" / "made").string()};

    CHECK(told_of(files, [&] { write(file, "two"); }) == std::vector{file});
    CHECK(
        told_of(
            files,
            [&]
            {
                write(home / "new", "three");
                fs::rename(home / "new", file);
            }
        ) == std::vector{file}
    );
    CHECK(told_of(files, [&] { fs::remove(file); }) == std::vector{file});
    CHECK(told_of(files, [&] { write(file, "four"); }) == std::vector{file});
    const auto made = (home / "later" / "made").string();
    CHECK(
        told_of(
            {made},
            [&]
            {
                fs::create_directory(home / "later");
                write(made, "five");
            }
        ) == std::vector{made}
    );
}

TEST_CASE("the swap of Kubernetes' ..data is a change of every file behind it", "[app]")
{
    const test::temporary_directory folder;
    const fs::path home = folder.path();
    fs::create_directories(home / "..1");
    fs::create_directories(home / "..2");
    write(home / "..1" / "tls.crt", "one");
    write(home / "..1" / "tls.key", "one");
    write(home / "..2" / "tls.crt", "two");
    write(home / "..2" / "tls.key", "two");
    fs::create_directory_symlink("..1", home / "..data");
    fs::create_symlink("..data/tls.crt", home / "tls.crt");
    fs::create_symlink("..data/tls.key", home / "tls.key");
    const std::vector<std::string> files{(home / "tls.crt").string(), (home / "tls.key").string()};
    const auto swap = [&]
    {
        fs::create_directory_symlink("..2", home / "..data_tmp");
        fs::rename(home / "..data_tmp", home / "..data");
        fs::remove_all(home / "..1");
    };
    CHECK(told_of({files.begin(), files.end()}, swap) == files);
}

TEST_CASE("what else happens in the folder is nobody's business", "[app]")
{
    const test::temporary_directory folder;
    const fs::path home = folder.path();
    write(home / "secret", "one");
    const auto file = (home / "secret").string();
    net::asio::io_context io(1);
    auto watch = file_watch::open(io.get_executor());
    REQUIRE(watch);
    (*watch)->use({file});
    std::vector<std::string> found;
    auto is_done = false;
    net::asio::co_spawn(
        io.get_executor(),
        (*watch)->changed(1ms),
        [&](std::exception_ptr, std::vector<std::string> names)
        {
            found = std::move(names);
            is_done = true;
        }
    );
    write(home / "other", "x");
    for (int handled = 0; handled < 3; ++handled) // the event, the pause behind it, and reading again
        io.run_one_for(1s);
    CHECK_FALSE(is_done);
    (*watch)->stop();
    io.run_for(20s);
    CHECK(is_done);
    CHECK(found.empty());
}

TEST_CASE("the places of a file are its folder, itself, and where links on the way stand", "[app]")
{
    const test::temporary_directory folder;
    const auto home = fs::canonical(fs::path(folder.path()));
    fs::create_directories(home / "real" / "inner");
    fs::create_directory_symlink("real", home / "link");
    write(home / "real" / "inner" / "file", "x");
    const auto places = app::places_of((home / "link" / "inner" / "file").string());
    CHECK(places.contains(home.string()));
    CHECK(places.contains((home / "real" / "inner").string()));
    // Links that lead to one another end.
    fs::create_symlink("b", home / "a");
    fs::create_symlink("a", home / "b");
    CHECK_FALSE(app::places_of((home / "a").string()).empty());
}
