// SPDX-License-Identifier: Apache-2.0
#include "app/file_watch.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/posix/basic_stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>

#include <array>
#include <cerrno>
#include <filesystem>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace sekisho::app
{
namespace
{

namespace fs = std::filesystem;

constexpr std::uint32_t what_counts = IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE |
                                      IN_ATTRIB | IN_DELETE_SELF | IN_MOVE_SELF;
constexpr int most_links = 40;  // as the kernel has it
constexpr int most_pauses = 10; // a folder in which something happens all the time is looked at nevertheless

std::int64_t nanoseconds(const timespec& time)
{
    return static_cast<std::int64_t>(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

void add_places(const fs::path& file, std::set<std::string>& to, int links)
{
    auto folder = file.root_path();
    const auto inside = file.relative_path();
    for (auto each = inside.begin(); each != inside.end(); ++each)
    {
        const auto here = folder / *each;
        std::error_code failure;
        const auto is_link = fs::is_symlink(fs::symlink_status(here, failure));
        if (is_link || std::next(each) == inside.end())
            to.insert(folder.string());
        if (is_link && links < most_links)
        {
            auto behind = fs::read_symlink(here, failure);
            if (behind.is_relative())
                behind = folder / behind;
            for (auto rest = std::next(each); rest != inside.end(); ++rest)
                behind /= *rest;
            return add_places(behind, to, links + 1);
        }
        folder = here;
    }
}

} // namespace

class file_watch::queue
{
public:
    queue(int events, net::executor on) : descriptor(on, events), timer(on) {}

    net::asio::posix::basic_stream_descriptor<net::executor> descriptor;
    net::asio::basic_waitable_timer<
        std::chrono::steady_clock,
        net::asio::wait_traits<std::chrono::steady_clock>,
        net::executor>
        timer;
    std::array<char, 16 * 1024> buffer{};
    bool is_stopped = false;

    // What has happened meanwhile is only counted: what it means is seen by looking.
    bool drain()
    {
        auto found = false;
        while (::read(descriptor.native_handle(), buffer.data(), buffer.size()) > 0)
            found = true;
        return found;
    }
};

file_state state_of(const std::string& file)
{
    struct stat found = {};
    if (::stat(file.c_str(), &found) != 0 || !S_ISREG(found.st_mode))
        return {};
    return {
        static_cast<std::uint64_t>(found.st_dev),
        static_cast<std::uint64_t>(found.st_ino),
        static_cast<std::uint64_t>(found.st_size),
        nanoseconds(found.st_mtim),
        nanoseconds(found.st_ctim)
    };
}

std::set<std::string> places_of(const std::string& file)
{
    std::error_code failure;
    const auto whole = fs::absolute(file, failure);
    std::set<std::string> places;
    if (failure)
        return places;
    add_places(whole, places, 0);
    places.insert(whole.string()); // one that is mounted alone changes in no folder that is seen here
    return places;
}

file_watch::file_watch(std::unique_ptr<queue> events) : events_(std::move(events)) {}
file_watch::~file_watch() = default;

result<std::unique_ptr<file_watch>> file_watch::open(net::executor on)
{
    const auto events = ::inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (events < 0)
        return fail(errc::internal_error, "inotify", std::system_category().message(errno));
    return std::unique_ptr<file_watch>(new file_watch(std::make_unique<queue>(events, on)));
}

std::vector<std::string> file_watch::use(const std::set<std::string>& files)
{
    std::erase_if(files_, [&](const auto& each) { return !files.contains(each.first); });
    for (const auto& each : files)
        files_.try_emplace(each, state_of(each));
    return watch_places();
}

// Also after each event: what was watched may have moved away, and links may lead elsewhere.
std::vector<std::string> file_watch::watch_places()
{
    const auto handle = events_->descriptor.native_handle();
    std::map<std::string, int> now;
    std::vector<std::string> failed;
    for (const auto& [file, state] : files_)
        for (const auto& place : places_of(file))
        {
            if (now.contains(place))
                continue;
            auto path = fs::path(place);
            auto watched = ::inotify_add_watch(handle, path.c_str(), what_counts);
            // Of a folder that is not there yet, whatever it will be made in.
            for (; watched < 0 && errno == ENOENT && path.has_relative_path();)
            {
                path = path.parent_path();
                watched = ::inotify_add_watch(handle, path.c_str(), what_counts);
            }
            if (watched < 0)
                failed.push_back(place + ": " + std::system_category().message(errno));
            else
                now.emplace(place, watched);
        }
    std::set<int> needed;
    for (const auto& [place, watched] : now)
        needed.insert(watched);
    for (const auto& [place, watched] : places_)
        if (!needed.contains(watched))
            ::inotify_rm_watch(handle, watched); // fails for what is gone, and that is as well
    places_ = std::move(now);
    return failed;
}

std::vector<std::string> file_watch::compare()
{
    std::vector<std::string> changed;
    for (auto& [file, before] : files_)
        if (const auto state = state_of(file); state != before)
        {
            before = state;
            changed.push_back(file);
        }
    return changed;
}

net::task<std::vector<std::string>> file_watch::changed(std::chrono::milliseconds quiet)
{
    while (!events_->is_stopped)
    {
        const auto into = net::asio::buffer(events_->buffer);
        auto [failure, size] = co_await events_->descriptor.async_read_some(into, net::in_tuple);
        if (failure)
            co_return std::vector<std::string>();
        auto goes_on = true;
        for (int pauses = 0; goes_on && pauses < most_pauses; ++pauses)
        {
            events_->timer.expires_after(quiet);
            auto [ended] = co_await events_->timer.async_wait(net::in_tuple);
            if (ended)
                co_return std::vector<std::string>();
            goes_on = events_->drain();
        }
        watch_places();
        auto found = compare();
        if (!found.empty())
            co_return found;
    }
    co_return std::vector<std::string>();
}

void file_watch::stop()
{
    events_->is_stopped = true;
    boost::system::error_code ignored;
    events_->descriptor.cancel(ignored);
    events_->timer.cancel();
}

} // namespace sekisho::app
