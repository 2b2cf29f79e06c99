// SPDX-License-Identifier: Apache-2.0
#include "app/command/emergency_file.hpp"

#include "app/file.hpp"

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <filesystem>
#include <optional>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace sekisho::app
{
namespace
{

using emergency::people;
using emergency::people_register;

std::unexpected<error> unavailable(const std::string& file, const std::string& what, int reason)
{
    std::string text = file + ": " + what + ": " + std::system_category().message(reason);
    if (reason == EROFS || reason == EACCES || reason == EPERM)
        text +=
            "; counters, used codes and new passkeys have to be written, so the user that sekisho runs as "
            "needs the right to write the file and its directory";
    return fail(errc::emergency_unavailable, "emergency.file", std::move(text));
}

class descriptor
{
public:
    explicit descriptor(int number) noexcept : number_(number) {}
    descriptor(descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    descriptor(const descriptor&) = delete;
    descriptor& operator=(const descriptor&) = delete;
    descriptor& operator=(descriptor&&) = delete;
    ~descriptor()
    {
        if (number_ >= 0)
            ::close(number_);
    }
    int number() const noexcept { return number_; }
    bool is_open() const noexcept { return number_ >= 0; }

private:
    int number_;
};

bool write_all(int to, std::string_view text)
{
    while (!text.empty())
    {
        const auto written = ::write(to, text.data(), text.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

class file_register final : public people_register
{
public:
    file_register(std::string name, missing_file when_missing)
        : name_(std::move(name)), when_missing_(when_missing),
          directory_(std::filesystem::path(name_).parent_path().string())
    {
        if (directory_.empty())
            directory_ = ".";
    }

    result<people> read() override
    {
        struct stat about{};
        if (::stat(name_.c_str(), &about) != 0 && errno == ENOENT && when_missing_ == missing_file::is_empty)
            return people();
        const auto text = read_file(name_);
        if (!text)
            return fail(
                errc::emergency_unavailable,
                "emergency.file",
                name_ + ": " + text.error().detail + "; `sekisho emergency invite NAME` writes a first one"
            );
        auto read = people::from_json(*text);
        if (!read)
            return fail(errc::emergency_unavailable, "emergency.file", name_ + ": " + read.error().detail);
        return read;
    }

    result<void> update(const change& what) override
    {
        // The directory, for the file itself is another one after each change.
        const descriptor lock(::open(directory_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        if (!lock.is_open())
            return unavailable(directory_, "cannot be opened", errno);
        while (::flock(lock.number(), LOCK_EX) != 0)
            if (errno != EINTR)
                return unavailable(directory_, "cannot be locked", errno);
        auto here = read();
        if (!here)
            return std::unexpected(here.error());
        const auto done = what(*here);
        if (!done)
            return std::unexpected(done.error());
        if (*done == after::leave_alone)
            return {};
        return write(here->to_json(), lock.number());
    }

private:
    result<void> write(const std::string& text, int directory) const
    {
        auto pattern = name_ + ".XXXXXX";
        const descriptor fresh(::mkostemp(pattern.data(), O_CLOEXEC)); // 0600
        if (!fresh.is_open())
            return unavailable(name_, "cannot be written", errno);
        const auto refuse = [&](int reason)
        {
            ::unlink(pattern.c_str());
            return unavailable(name_, "cannot be written", reason);
        };
        // The command is often run by root, the gate by somebody else. Only root can give a file away, and
        // for everybody else nothing has to change.
        struct stat owner{};
        if (::stat(name_.c_str(), &owner) != 0 && ::fstat(directory, &owner) != 0)
            return refuse(errno);
        if ((owner.st_uid != ::geteuid() || owner.st_gid != ::getegid()) && ::geteuid() == 0 &&
            ::fchown(fresh.number(), owner.st_uid, owner.st_gid) != 0)
            return refuse(errno);
        if (!write_all(fresh.number(), text) || ::fsync(fresh.number()) != 0)
            return refuse(errno);
        if (std::rename(pattern.c_str(), name_.c_str()) != 0)
            return refuse(errno);
        ::fsync(directory); // the new name; when that fails the old file is there after a crash
        return {};
    }

    std::string name_;
    missing_file when_missing_;
    std::string directory_;
};

} // namespace

std::shared_ptr<people_register> emergency_file(std::string name, missing_file when_missing)
{
    return std::make_shared<file_register>(std::move(name), when_missing);
}

} // namespace sekisho::app
