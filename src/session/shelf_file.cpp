// SPDX-License-Identifier: Apache-2.0
#include "session/shelf_file.hpp"

#include "session/codec_parts.hpp"

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <string_view>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>
#include <vector>

namespace sekisho::session
{
namespace
{

constexpr std::string_view step = "session.memory_file";
constexpr std::string_view title = "sekisho shelf 1 "; // then what all seals of this file are bound to
constexpr char version = 'F';
constexpr std::size_t block_size = std::size_t{256} * 1024; // bytes, unless one value is larger
constexpr std::size_t max_block_size = std::size_t{16} * 1024 * 1024;

enum class item : std::uint8_t
{
    end, // of the file
    value,
    member,
    count_,
};

std::unexpected<error> failed(const std::string& file, std::string_view what)
{
    const int number = errno;
    return fail(errc::internal_error, step, file + ": " + std::string(what) + ": " + std::strerror(number));
}

class open_file
{
public:
    explicit open_file(int number) : number_(number) {}
    ~open_file()
    {
        if (number_ >= 0)
            ::close(number_);
    }
    open_file(const open_file&) = delete;
    open_file& operator=(const open_file&) = delete;
    bool is_open() const noexcept { return number_ >= 0; }

    bool write(std::string_view text) const
    {
        while (!text.empty())
        {
            const auto written = ::write(number_, text.data(), text.size());
            if (written < 0 && errno != EINTR)
                return false;
            text.remove_prefix(written > 0 ? static_cast<std::size_t>(written) : 0);
        }
        return true;
    }
    bool flush() const { return ::fsync(number_) == 0; }
    // A file that was there keeps its mode otherwise.
    bool make_private() const { return ::fchmod(number_, S_IRUSR | S_IWUSR) == 0; }

private:
    int number_;
};

// Blocks of one file, sealed one by one and bound to their place in it.
class sealed_writer
{
public:
    sealed_writer(const open_file& to, const crypto::key_ring& keys, crypto::random_source& random)
        : to_(to), keys_(keys), random_(random), name_(random.token(128)),
          is_written_(to.write(std::string(title) + name_ + "\n"))
    {
    }

    writer& next()
    {
        if (plain_.size() >= block_size)
            close_block();
        return plain_;
    }
    // false: not everything is on the disk.
    bool finish()
    {
        next().number(static_cast<std::uint64_t>(item::end));
        close_block();
        return is_written_ && to_.flush();
    }

private:
    void close_block()
    {
        const auto plain = std::exchange(plain_, writer(version)).finish();
        const auto sealed = keys_.seal(plain, name_ + ";" + std::to_string(count_++), random_);
        is_written_ = is_written_ && to_.write(sealed + "\n");
    }

    const open_file& to_;
    const crypto::key_ring& keys_;
    crypto::random_source& random_;
    std::string name_;
    bool is_written_;
    writer plain_{version};
    std::size_t count_ = 0;
};

struct contents
{
    std::vector<memory_shelf::kept_value> values;
    std::vector<memory_shelf::kept_member> members;
};

std::chrono::milliseconds left_of(time_point end, time_point now) { return end - now; }

time_point end_of(std::chrono::milliseconds life, time_point now)
{
    return now + std::chrono::floor<std::chrono::seconds>(life);
}

// Whether the file's end was in this block.
bool read_block(reader& in, contents& out, time_point now)
{
    while (!in.has_failed() && !in.is_at_end())
    {
        const auto kind =
            static_cast<item>(in.number_below(static_cast<std::uint64_t>(item::count_), "item"));
        if (in.has_failed() || kind == item::end)
            return !in.has_failed();
        auto name = in.text("name");
        if (kind == item::value)
        {
            const auto number = in.number("version");
            auto value = in.text("value");
            out.values.push_back({std::move(name), {number, std::move(value)}, left_of(in.time("end"), now)});
            continue;
        }
        auto member = in.text("member");
        out.members.push_back({std::move(name), std::move(member), left_of(in.time("end"), now)});
    }
    return false;
}

// Error: value_malformed, with where.
result<contents> read_contents(std::istream& from, const crypto::key_ring& keys, time_point now)
{
    const auto malformed = [](std::string detail)
    { return fail(errc::value_malformed, step, std::move(detail)); };
    std::string line;
    if (!std::getline(from, line) || !line.starts_with(title))
        return malformed("not a file of saved sessions");
    const auto name = line.substr(title.size());
    contents out;
    for (std::size_t count = 0; std::getline(from, line); ++count)
    {
        const auto where = "block " + std::to_string(count + 1);
        const auto plain = keys.open(line, name + ";" + std::to_string(count));
        if (!plain)
            return malformed(
                where + " is damaged, or sealed with none of session.secret and its previous ones"
            );
        reader in(*plain, version, max_block_size);
        const bool is_end = read_block(in, out, now);
        if (auto read = in.finish(step); !read)
            return malformed(where + " is " + read.error().detail);
        if (is_end && from.peek() == std::char_traits<char>::eof())
            return out;
        if (is_end)
            return malformed("it goes on after its end");
    }
    return malformed("it is cut off");
}

// How many values.
std::size_t write_items(sealed_writer& out, const memory_shelf& from, time_point now)
{
    const auto values = from.values();
    for (const auto& each : values)
    {
        auto& plain = out.next();
        plain.number(static_cast<std::uint64_t>(item::value));
        plain.text(each.name);
        plain.number(each.what.version);
        plain.text(each.what.value);
        plain.time(end_of(each.life, now));
    }
    for (const auto& each : from.all_members())
    {
        auto& plain = out.next();
        plain.number(static_cast<std::uint64_t>(item::member));
        plain.text(each.set);
        plain.text(each.member);
        plain.time(end_of(each.life, now));
    }
    return values.size();
}

// A name in a directory is on the disk when the directory is.
bool flush_directory_of(const std::string& file)
{
    const auto parent = std::filesystem::path(file).parent_path().string();
    constexpr int flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC;
    const open_file directory(::open(parent.empty() ? "." : parent.c_str(), flags));
    return directory.is_open() && directory.flush();
}

} // namespace

result<std::size_t> save_shelf(
    const memory_shelf& from,
    const std::string& file,
    const crypto::key_ring& keys,
    crypto::random_source& random,
    time_point now
)
{
    const auto next = file + ".new";
    std::size_t count = 0;
    {
        constexpr int flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW;
        const open_file to(::open(next.c_str(), flags, S_IRUSR | S_IWUSR));
        if (!to.is_open() || !to.make_private())
            return failed(next, "cannot be made");
        sealed_writer out(to, keys, random);
        count = write_items(out, from, now);
        if (!out.finish())
            return failed(next, "cannot be written");
    }
    if (std::rename(next.c_str(), file.c_str()) != 0)
        return failed(next, "cannot be moved to " + file);
    if (!flush_directory_of(file))
        return failed(file, "its directory cannot be written");
    return count;
}

result<std::size_t>
load_shelf(memory_shelf& into, const std::string& file, const crypto::key_ring& keys, time_point now)
{
    std::error_code unknown;
    if (!std::filesystem::exists(file, unknown) && !unknown)
        return 0;
    std::ifstream in(file, std::ios::binary);
    if (!in)
        return failed(file, "cannot be read");
    auto read = read_contents(in, keys, now);
    if (!read)
    {
        const auto aside = file + ".unreadable";
        const bool is_aside = std::rename(file.c_str(), aside.c_str()) == 0;
        return fail(
            errc::value_malformed,
            step,
            file + ": " + read.error().detail + "; nothing is taken from it, it " +
                (is_aside ? "is now " + aside : "stays where it is")
        );
    }
    // Used once: after a crash it would bring back sessions that have ended since.
    in.close();
    if (std::remove(file.c_str()) != 0 || !flush_directory_of(file))
        return failed(file, "cannot be removed once it is read, so nothing is taken from it");
    std::size_t count = 0;
    for (auto& each : read->values)
        if (each.life.count() > 0)
        {
            into.restore(std::move(each));
            ++count;
        }
    for (auto& each : read->members)
        into.restore(std::move(each));
    return count;
}

} // namespace sekisho::session
