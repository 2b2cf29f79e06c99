// SPDX-License-Identifier: Apache-2.0
#include "app/command/emergency_file.hpp"
#include "crypto/random.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"
#include "support/temporary_directory.hpp"

#include <fstream>
#include <iterator>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>
#include <vector>

using namespace sekisho;
using app::emergency_file;
using app::missing_file;
using emergency::people;
using emergency::people_register;
using test::detail;
using test::has;
using test::outcome;

namespace
{

constexpr time_point noon{std::chrono::seconds(1'800'000'000)};

people_register::change inviting(std::string name)
{
    return [name = std::move(name)](people& all) -> result<people_register::after>
    {
        auto invited = all.invite(name, noon, crypto::system_random());
        if (!invited)
            return std::unexpected(invited.error());
        return people_register::after::keep;
    };
}

std::string text_of(const std::string& file)
{
    std::ifstream in(file);
    return {std::istreambuf_iterator<char>(in), {}};
}

struct stat about(const std::string& file)
{
    struct stat found{};
    REQUIRE(::stat(file.c_str(), &found) == 0);
    return found;
}

} // namespace

TEST_CASE("a file of people that is not there is a mistake to the gate and new to the command", "[app]")
{
    const test::temporary_directory here;
    const auto file = here.file("people.json");
    const auto gates = emergency_file(file, missing_file::is_an_error);
    const auto refused = gates->read();
    CHECK(outcome(refused) == "emergency_unavailable at emergency.file");
    CHECK(has(detail(refused), file));
    CHECK(has(detail(refused), "sekisho emergency invite"));
    CHECK(outcome(gates->update(inviting("taro"))) == "emergency_unavailable at emergency.file");
    CHECK(here.count() == 0);

    const auto commands = emergency_file(file, missing_file::is_empty);
    const auto none = commands->read();
    REQUIRE(none);
    CHECK(none->all().empty());
    REQUIRE(commands->update(inviting("taro")));
    const auto read = gates->read();
    REQUIRE(read);
    CHECK(read->find("taro") != nullptr);
}

TEST_CASE("the file of people is its owner's alone, and no other file is left beside it", "[app]")
{
    const test::temporary_directory here;
    const auto file = here.file("people.json");
    REQUIRE(emergency_file(file, missing_file::is_empty)->update(inviting("taro")));
    CHECK((about(file).st_mode & 0777U) == 0600U);
    CHECK(here.count() == 1);
}

TEST_CASE("a change is a new file in the place of the old one, which stays whole for who reads it", "[app]")
{
    const test::temporary_directory here;
    const auto file = here.file("people.json");
    const auto on = emergency_file(file, missing_file::is_empty);
    REQUIRE(on->update(inviting("taro")));
    const auto before = text_of(file);
    std::ifstream reader(file);
    REQUIRE(on->update(inviting("hanako")));
    CHECK(std::string(std::istreambuf_iterator<char>(reader), {}) == before);
    CHECK(on->read()->find("hanako") != nullptr);
}

TEST_CASE("who has a change and leaves it, or fails, changes nothing", "[app]")
{
    const test::temporary_directory here;
    const auto file = here.file("people.json");
    const auto on = emergency_file(file, missing_file::is_empty);
    REQUIRE(on->update(inviting("taro")));
    const auto before = about(file);
    const auto leaves = on->update(
        [](people& all) -> result<people_register::after>
        {
            all.remove("taro");
            return people_register::after::leave_alone;
        }
    );
    CHECK(leaves);
    const auto fails = on->update(
        [](people& all) -> result<people_register::after>
        {
            all.remove("taro");
            return fail(errc::emergency_refused, "test", "no");
        }
    );
    CHECK(outcome(fails) == "emergency_refused at test");
    CHECK(about(file).st_ino == before.st_ino);
    CHECK(on->read()->find("taro") != nullptr);
    CHECK(here.count() == 1);
}

TEST_CASE("a damaged file of people is refused by its name, and never written over", "[app]")
{
    const test::temporary_directory here;
    const auto file = here.write("people.json", "{\"people\": [");
    const auto on = emergency_file(file, GENERATE(missing_file::is_an_error, missing_file::is_empty));
    const auto refused = on->read();
    CHECK(outcome(refused) == "emergency_unavailable at emergency.file");
    CHECK(has(detail(refused), file + ": "));
    CHECK(outcome(on->update(inviting("taro"))) == "emergency_unavailable at emergency.file");
    CHECK(text_of(file) == "{\"people\": [");
}

TEST_CASE("changes of several processes at a time all count", "[app]")
{
    const test::temporary_directory here;
    const auto file = here.file("people.json");
    REQUIRE(emergency_file(file, missing_file::is_empty)->update(inviting("first")));
    std::vector<std::thread> others;
    for (int number = 0; number < 4; ++number)
        others.emplace_back(
            [&file, number]
            {
                // flock is between open files, so threads are as good as processes.
                const auto on = emergency_file(file, missing_file::is_an_error);
                for (int round = 0; round < 10; ++round)
                    static_cast<void>(
                        on->update(inviting("p" + std::to_string(number) + "-" + std::to_string(round)))
                    );
            }
        );
    for (auto& each : others)
        each.join();
    CHECK(emergency_file(file, missing_file::is_an_error)->read()->all().size() == 41);
}

TEST_CASE("where nothing can be written it is said, with what to do", "[app]")
{
    const test::temporary_directory here;
    const auto on = emergency_file(here.file("missing/people.json"), missing_file::is_empty);
    const auto refused = on->update(inviting("taro"));
    CHECK(outcome(refused) == "emergency_unavailable at emergency.file");
    CHECK(has(detail(refused), "missing: cannot be opened"));
    if (::geteuid() == 0)
        return; // root may write everywhere
    const auto file = here.write("people.json", text_of("/dev/null"));
    ::chmod(here.path().c_str(), 0500);
    const auto denied =
        emergency_file(here.file("new.json"), missing_file::is_empty)->update(inviting("taro"));
    ::chmod(here.path().c_str(), 0700);
    CHECK(has(detail(denied), "needs the right to write the file and its directory"));
}
