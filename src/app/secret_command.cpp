// SPDX-License-Identifier: Apache-2.0
#include "app/secret_command.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <optional>
#include <poll.h>
#include <spawn.h>
#include <string_view>
#include <sys/types.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace sekisho::app
{
namespace
{

using std::chrono::milliseconds;
using clock = std::chrono::steady_clock;

constexpr std::size_t kept_of_errors = 4096; // bytes of standard error; the rest is read and dropped
constexpr std::size_t shown_of_errors = 200; // bytes of its first line
constexpr int first_further = 3;             // the descriptor after input, output and errors

std::unexpected<error> failed(std::string how)
{
    return fail(errc::value_malformed, "settings.command", std::move(how));
}

std::string reason(int code) { return std::system_category().message(code); }

// One descriptor, closed at the end.
class descriptor
{
public:
    explicit descriptor(int number = -1) noexcept : number_(number) {}
    descriptor(descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    descriptor& operator=(descriptor&& other) noexcept
    {
        std::swap(number_, other.number_);
        return *this;
    }
    ~descriptor() { close(); }

    void close() noexcept
    {
        if (number_ >= 0)
            ::close(std::exchange(number_, -1));
    }
    int number() const noexcept { return number_; }
    bool is_open() const noexcept { return number_ >= 0; }

private:
    int number_;
};

// What the child writes and we read, without waiting.
struct stream
{
    descriptor reads;
    descriptor writes;
    std::string text;
    std::size_t most = 0; // bytes that are kept
    bool is_full = false; // there was more
};

std::optional<stream> make_stream(std::size_t most)
{
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
        return std::nullopt;
    stream made{descriptor(ends[0]), descriptor(ends[1]), {}, most, false};
    if (::fcntl(ends[0], F_SETFL, O_NONBLOCK) != 0)
        return std::nullopt;
    return made;
}

// What is there by now, but no longer than a child that never stops may write.
void read_what_is_there(stream& from)
{
    constexpr int most_turns = 32;
    std::array<char, 16 * 1024> block{};
    for (int turn = 0; from.reads.is_open() && turn < most_turns; ++turn)
    {
        const auto got = ::read(from.reads.number(), block.data(), block.size());
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0 && errno == EAGAIN)
            return;
        if (got <= 0)
            return from.reads.close();
        const auto size = static_cast<std::size_t>(got);
        const auto room = std::min(size, from.most - from.text.size());
        from.text.append(block.data(), room);
        from.is_full = from.is_full || room < size;
    }
}

// For posix_spawn: which descriptors and signals the child begins with.
class beginning
{
public:
    beginning(const stream& out, const stream& errors)
    {
        ::posix_spawn_file_actions_init(&files_);
        ::posix_spawn_file_actions_addopen(&files_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        ::posix_spawn_file_actions_adddup2(&files_, out.writes.number(), STDOUT_FILENO);
        ::posix_spawn_file_actions_adddup2(&files_, errors.writes.number(), STDERR_FILENO);
        // Sockets and keys that some library opened without O_CLOEXEC.
        ::posix_spawn_file_actions_addclosefrom_np(&files_, first_further);
        ::posix_spawnattr_init(&attributes_);
        ::sigset_t none{};
        ::sigset_t all{};
        ::sigemptyset(&none);
        ::sigfillset(&all);
        ::posix_spawnattr_setsigmask(&attributes_, &none);
        ::posix_spawnattr_setsigdefault(&attributes_, &all); // we ignore SIGPIPE, which would be inherited
        ::posix_spawnattr_setpgroup(&attributes_, 0);
        ::posix_spawnattr_setflags(
            &attributes_, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
        );
    }
    beginning(const beginning&) = delete;
    beginning& operator=(const beginning&) = delete;
    ~beginning()
    {
        ::posix_spawn_file_actions_destroy(&files_);
        ::posix_spawnattr_destroy(&attributes_);
    }

    const ::posix_spawn_file_actions_t* files() const { return &files_; }
    const ::posix_spawnattr_t* attributes() const { return &attributes_; }

private:
    ::posix_spawn_file_actions_t files_{};
    ::posix_spawnattr_t attributes_{};
};

std::vector<std::string> few_of(const settings::environment& variables)
{
    std::vector<std::string> few;
    for (const std::string_view name : {"PATH", "HOME", "LANG"})
        if (const auto found = variables.find(name); found != variables.end())
            few.push_back(found->first + "=" + found->second);
    return few;
}

// As exec wants them: pointers into the texts, and a null one at the end.
std::vector<char*> pointers_to(std::vector<std::string>& texts)
{
    std::vector<char*> made;
    for (auto& each : texts)
        made.push_back(each.data());
    made.push_back(nullptr);
    return made;
}

// The first line that says something, without what a terminal would obey.
std::string first_line(std::string_view text)
{
    const auto begin = text.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos)
        return {};
    std::string line(text.substr(begin, text.find_first_of("\r\n", begin) - begin).substr(0, shown_of_errors)
    );
    std::ranges::replace_if(
        line, [](char each) { return static_cast<unsigned char>(each) < 0x20 || each == 0x7f; }, '?'
    );
    return line;
}

class child
{
public:
    child(::pid_t process, stream out, stream errors)
        : process_(process), out_(std::move(out)), errors_(std::move(errors))
    {
        out_.writes.close();
        errors_.writes.close();
    }
    child(const child&) = delete;
    child& operator=(const child&) = delete;

    result<std::string> output(const command_limits& limits)
    {
        const auto end = clock::now() + limits.time;
        while (!has_ended())
        {
            if (out_.is_full)
                return killed("it printed more than " + std::to_string(limits.output) + " bytes");
            if (clock::now() >= end)
                return killed("it did not end within " + std::to_string(limits.time.count()) + " ms");
            wait_a_little();
        }
        read_what_is_there(out_);
        read_what_is_there(errors_);
        if (out_.is_full)
            return because("it printed more than " + std::to_string(limits.output) + " bytes");
        if (!status_)
            return because("how it ended is not known");
        if (WIFSIGNALED(*status_))
            return because("it was ended by signal " + std::to_string(WTERMSIG(*status_)));
        if (WEXITSTATUS(*status_) != 0)
            return because("it ended with status " + std::to_string(WEXITSTATUS(*status_)));
        return std::move(out_.text);
    }

private:
    bool has_ended()
    {
        int status = 0;
        const auto got = ::waitpid(process_, &status, WNOHANG);
        if (got == process_)
            status_ = status;
        return got == process_ || (got < 0 && errno != EINTR);
    }

    // Until there is something to read, or for as long as a child that said its last word may need to end.
    void wait_a_little()
    {
        std::array<::pollfd, 2> open{};
        ::nfds_t count = 0;
        for (const auto* const each : {&out_, &errors_})
            if (each->reads.is_open())
                open.at(count++) = {.fd = each->reads.number(), .events = POLLIN, .revents = 0};
        ::poll(open.data(), count, count == 0 ? 2 : 20);
        read_what_is_there(out_);
        read_what_is_there(errors_);
    }

    // Not reaped yet, so its number, which is its group's, is nobody else's.
    std::unexpected<error> killed(std::string why)
    {
        ::kill(-process_, SIGKILL);
        int status = 0;
        while (::waitpid(process_, &status, 0) < 0 && errno == EINTR)
            ;
        read_what_is_there(errors_);
        return because(std::move(why));
    }

    std::unexpected<error> because(std::string why) const
    {
        if (const auto line = first_line(errors_.text); !line.empty())
            why.append(": ").append(line);
        return failed(std::move(why));
    }

    ::pid_t process_;
    stream out_;
    stream errors_;
    std::optional<int> status_; // nullopt: none was told
};

} // namespace

result<std::string> run_secret_command(
    const std::vector<std::string>& words,
    const settings::environment& variables,
    const command_limits& limits
)
{
    auto out = make_stream(limits.output);
    auto errors = make_stream(kept_of_errors);
    if (!out || !errors)
        return failed("it could not be started: " + reason(errno));
    auto arguments = words;
    auto environment = few_of(variables);
    const auto argv = pointers_to(arguments);
    const auto envp = pointers_to(environment);
    const beginning how(*out, *errors);
    ::pid_t process = 0;
    if (const auto fault = ::posix_spawn(
            &process, words.front().c_str(), how.files(), how.attributes(), argv.data(), envp.data()
        );
        fault != 0)
        return failed("it could not be started: " + reason(fault));
    return child(process, std::move(*out), std::move(*errors)).output(limits);
}

} // namespace sekisho::app
