// SPDX-License-Identifier: Apache-2.0
#include "app/secret_command.hpp"
#include "app/settings_source.hpp"
#include "support/catch.hpp"
#include "support/temporary_directory.hpp"

#include <array>
#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <filesystem>
#include <string>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

using namespace sekisho;
using app::run_secret_command;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;
using words = std::vector<std::string>;

namespace
{

constexpr app::command_limits small{.time = std::chrono::seconds(10), .output = 1000};

words shell(const std::string& script) { return {"/bin/sh", "-c", script}; }

std::string fault_of(const words& command, const app::command_limits& limits = {})
{
    const auto got = run_secret_command(command, {}, limits);
    REQUIRE_FALSE(got);
    return got.error().detail;
}

} // namespace

TEST_CASE("a command's output is the secret, and its arguments are what they are", "[app]")
{
    CHECK(run_secret_command({"/bin/echo", "a b", "$HOME", "'"}, {}).value_or("") == "a b $HOME '\n");
    CHECK(run_secret_command(shell("echo noise >&2; printf s3cret"), {}).value_or("") == "s3cret");
}

TEST_CASE("a command has three variables of ours, nothing to read and no open file", "[app]")
{
    const settings::environment ours{
        {"HOME", "/home/us"}, {"LANG", "ja_JP.UTF-8"}, {"PATH", "/bin"}, {"OIDC_CLIENT_SECRET", "hunter2"}
    };
    CHECK(
        run_secret_command({"/usr/bin/env"}, ours).value_or("") ==
        "PATH=/bin\nHOME=/home/us\nLANG=ja_JP.UTF-8\n"
    );
    CHECK(run_secret_command({"/bin/cat"}, {}).value_or("?").empty());
    const auto inherited = ::open("/dev/null", O_RDONLY); // without O_CLOEXEC
    REQUIRE(inherited > 2);
    const auto seen = run_secret_command(shell("test ! -e /proc/self/fd/" + std::to_string(inherited)), {});
    ::close(inherited);
    CHECK(seen);
}

TEST_CASE("a command does not inherit that we ignore a signal", "[app]")
{
    const auto before = std::signal(SIGPIPE, SIG_IGN);
    const auto got = run_secret_command(shell("kill -PIPE $$; echo alive"), {});
    std::signal(SIGPIPE, before);
    REQUIRE_FALSE(got);
    CHECK(got.error().detail == "it was ended by signal " + std::to_string(SIGPIPE));
}

TEST_CASE("a command that fails is refused with its status and what it complained of", "[app]")
{
    CHECK(fault_of(shell("exit 3")) == "it ended with status 3");
    CHECK(
        fault_of(shell("printf s3cret; printf '\\n  permission\\033 denied\\nmore\\n' >&2; exit 2")) ==
        "it ended with status 2: permission? denied"
    );
    CHECK(fault_of(shell("printf '%01000d' 0 >&2; exit 1")).size() < 300);
    CHECK(fault_of(shell("kill -KILL $$")) == "it was ended by signal 9");
    CHECK_THAT(fault_of({"/no/such/program"}), StartsWith("it could not be started: No such file"));
    CHECK_THAT(fault_of({"/etc/passwd"}), StartsWith("it could not be started: Permission denied"));
}

TEST_CASE("a command that does not end is ended, with everything that it started", "[app]")
{
    const test::temporary_directory here;
    const auto fifo = here.file("alive");
    REQUIRE(::mkfifo(fifo.c_str(), 0600) == 0);
    const auto reader = ::open(fifo.c_str(), O_RDONLY | O_NONBLOCK);
    REQUIRE(reader >= 0);
    // A grandchild that ignores polite signals and holds the fifo open for as long as it lives.
    const auto script =
        "trap '' TERM HUP; (exec 7>" + fifo + "; echo x >&7; sleep 600) & echo waiting >&2; wait";
    const auto why = fault_of(shell(script), {.time = std::chrono::seconds(2), .output = 1000});
    CHECK(why == "it did not end within 2000 ms: waiting");
    std::array<char, 16> block{};
    CHECK(::read(reader, block.data(), block.size()) == 2); // it was there
    ::fcntl(reader, F_SETFL, 0);
    CHECK(::read(reader, block.data(), block.size()) == 0); // waits until nobody holds it open
    ::close(reader);
}

TEST_CASE("a command that never stops talking is ended at the limit", "[app]")
{
    CHECK(fault_of(shell("while :; do echo 0123456789; done"), small) == "it printed more than 1000 bytes");
    CHECK(fault_of(shell("printf '%01001d' 0"), small) == "it printed more than 1000 bytes");
    CHECK(run_secret_command(shell("printf '%01000d' 0"), {}, small).value_or("").size() == 1000);
    const auto got = run_secret_command(shell("printf '%0200000d' 0 >&2; printf s3cret"), {});
    CHECK(got.value_or("") == "s3cret"); // what it complains of is read and dropped
}

TEST_CASE("what a command leaves behind holds nobody up", "[app]")
{
    const auto began = std::chrono::steady_clock::now();
    // The grandchild keeps standard output open.
    CHECK(run_secret_command(shell("sleep 5 & printf s3cret"), {}).value_or("") == "s3cret");
    CHECK(std::chrono::steady_clock::now() - began < std::chrono::seconds(4));
}

TEST_CASE("a secret's command is run at every load, and never to learn which files there are", "[app]")
{
    const test::temporary_directory here;
    const auto count = here.file("count");
    const auto script = here.write("secret", "#!/bin/sh\necho x >> " + count + "\nwc -l < " + count + "\n");
    std::filesystem::permissions(script, std::filesystem::perms::owner_all);
    const app::settings_source source(
        {}, {{"OIDC_CLIENT_SECRET_COMMAND", script}, {"PATH", "/usr/bin:/bin"}}
    );
    CHECK(source.load().values.oidc.client_secret.reveal() == "1");
    CHECK(source.files().empty());
    CHECK(source.load(app::secret_commands::are_left_alone).values.oidc.client_secret.empty());
    const auto again = source.load();
    CHECK(again.values.oidc.client_secret.reveal() == "2");
    CHECK(again.origin_of("oidc.client_secret").place == "environment OIDC_CLIENT_SECRET_COMMAND");
}
