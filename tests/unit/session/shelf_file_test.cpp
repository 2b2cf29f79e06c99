// SPDX-License-Identifier: Apache-2.0
#include "contract/shelf_contract.hpp"
#include "session/shelf_file.hpp"
#include "support/catch.hpp"
#include "support/manual_clock.hpp"
#include "support/outcome.hpp"
#include "support/session_values.hpp"
#include "support/temporary_directory.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sys/stat.h>

using namespace sekisho;
using namespace std::chrono_literals;
using session::load_shelf;
using session::memory_shelf;
using session::put_when;
using session::save_shelf;
using test::noon;
using test::run;
using texts = std::vector<std::string>;

namespace
{

const crypto::key_ring keys({secret("a secret of enough length, surely")}, "session_file");

std::string read(const std::string& file)
{
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

struct shelves
{
    test::temporary_directory where;
    std::string file = where.file("sessions");
    test::manual_clock clock;
    memory_shelf before{100, clock.steady()};
    memory_shelf after{100, clock.steady()};

    shelves()
    {
        put("s:1", "one", 1h);
        put("s:2", std::string(300'000, 'x'), 2h); // more than a block
        put("s:3", std::string("\0\n", 2), 3h);
        run(before.add_member("u:1", "a", 2h));
        run(before.add_member("u:1", "b", 1h));
    }
    void put(const std::string& name, const std::string& value, std::chrono::milliseconds life)
    {
        REQUIRE(*run(before.put(name, {7, value}, life, put_when::absent)));
    }
    result<std::size_t> save() { return save_shelf(before, file, keys, crypto::system_random(), noon); }
    result<std::size_t> load(time_point now = noon) { return load_shelf(after, file, keys, now); }
    std::string value(const std::string& name)
    {
        const auto got = run(after.get(name)).value();
        return got ? got->value : "(none)";
    }
};

} // namespace

TEST_CASE("a shelf that was saved is there again, less what is over", "[session]")
{
    shelves here;
    REQUIRE(here.save() == 3U);
    struct ::stat seen{};
    REQUIRE(::stat(here.file.c_str(), &seen) == 0);
    CHECK((seen.st_mode & 0777U) == 0600U);
    CHECK(here.where.count() == 1); // nothing is left beside it
    const auto text = read(here.file);
    for (const auto* each : {"s:1", "u:1"})
        CHECK(text.find(each) == std::string::npos);

    REQUIRE(here.load(noon + 1h) == 2U);
    CHECK(here.value("s:1") == "(none)");
    CHECK(here.value("s:2") == std::string(300'000, 'x'));
    CHECK(here.value("s:3") == std::string("\0\n", 2));
    CHECK(run(here.after.get("s:3")).value()->version == 7);
    CHECK(run(here.after.members("u:1")) == texts{"a"});
    // Their ends have not moved.
    here.clock.advance(1h);
    CHECK(here.value("s:2") == "(none)");
    CHECK(run(here.after.members("u:1"))->empty());
    here.clock.advance(1h);
    CHECK(here.value("s:3") == "(none)");
}

TEST_CASE("a file is used once: sessions that end afterwards do not come back by a crash", "[session]")
{
    shelves here;
    REQUIRE(here.save());
    REQUIRE(here.load() == 3U);
    CHECK(here.where.count() == 0);
    CHECK(here.load() == 0U);
}

TEST_CASE("saving over an older file leaves one whole private file", "[session]")
{
    shelves here;
    here.where.write("sessions", "older");
    here.where.write("sessions.new", "left behind by a crash");
    REQUIRE(here.save());
    CHECK(here.where.count() == 1);
    CHECK(here.load() == 3U);
}

TEST_CASE("the most recently used stay when the shelf is smaller now", "[session]")
{
    shelves here;
    run(here.before.get("s:1"));
    REQUIRE(here.save());
    memory_shelf small(2, here.clock.steady());
    REQUIRE(load_shelf(small, here.file, keys, noon));
    CHECK(run(small.get("s:1")).value());
    CHECK_FALSE(run(small.get("s:2")).value());
}

TEST_CASE("a damaged or foreign file is set aside whole, and the error says so", "[session]")
{
    shelves here;
    REQUIRE(here.save());
    const auto text = read(here.file);
    const auto first = text.find('\n');
    const auto second = text.find('\n', first + 1);
    const auto title = text.substr(0, first + 1);
    shelves there;
    there.put("s:4", "more", 1h);
    REQUIRE(there.save());
    const auto others = read(there.file);
    auto changed = text;
    changed[text.size() - 10] = changed[text.size() - 10] == 'A' ? 'Q' : 'A';
    const auto [what, damaged, detail] = GENERATE_COPY(table<std::string, std::string, std::string>({
        {"empty", "", "not a file of saved sessions"},
        {"something else", "hello\n", "not a file of saved sessions"},
        {"only a title", title, "cut off"},
        {"cut between blocks", text.substr(0, second + 1), "cut off"},
        {"cut in a block", text.substr(0, text.size() - 20), "block"},
        {"changed", changed, "damaged"},
        {"without its first block", title + text.substr(second + 1), "block 1 is damaged"},
        {"blocks of another file", title + others.substr(others.find('\n') + 1), "block 1 is damaged"},
        {"going on", text + "more\n", "goes on after its end"},
    }));
    CAPTURE(what);
    here.where.write("sessions", damaged);
    const auto loaded = here.load();
    CHECK(test::outcome(loaded) == "value_malformed at session.memory_file");
    CHECK(test::has(test::detail(loaded), detail));
    CHECK(test::has(test::detail(loaded), here.file + ".unreadable"));
    CHECK(here.after.size() == 0);
    CHECK(run(here.after.members("u:1"))->empty());
    CHECK(read(here.file + ".unreadable") == damaged);
    CHECK_FALSE(std::filesystem::exists(here.file));
}

TEST_CASE("a file of another secret is set aside, one of the previous secret is read", "[session]")
{
    shelves here;
    REQUIRE(here.save());
    const secret next("the next secret, of enough length");
    const crypto::key_ring rotated({next, secret("a secret of enough length, surely")}, "session_file");
    const crypto::key_ring foreign({next}, "session_file");
    SECTION("previous") { CHECK(load_shelf(here.after, here.file, rotated, noon) == 3U); }
    SECTION("another")
    {
        const auto loaded = load_shelf(here.after, here.file, foreign, noon);
        CHECK(test::has(test::detail(loaded), "session.secret"));
        CHECK(here.after.size() == 0);
    }
}

TEST_CASE("a place that cannot be written is said, with the reason", "[session]")
{
    shelves here;
    here.file = here.where.file("no/such/directory");
    const auto saved = here.save();
    CHECK(test::outcome(saved) == "internal_error at session.memory_file");
    CHECK(test::has(test::detail(saved), "No such file or directory"));
    CHECK(here.load() == 0U);
}
